"""Where a text is divided: into paragraphs, and into rows of two languages side by side."""

from typing import TypeVar

T = TypeVar("T")


def paragraphs(text: str) -> list[str]:
    """The paragraphs of an abstract: arXiv divides them by one newline, translations by several."""
    return [line.strip() for line in text.split("\n") if line.strip()]


def pairs(left: list[T], right: list[T]) -> list[tuple[list[T], list[T]]]:
    """The paragraphs of two texts as rows to set side by side: a row for each where their numbers
    say that they correspond, else one row with all of either."""
    if len(left) == len(right):
        return [([one], [other]) for one, other in zip(left, right, strict=True)]
    return [(left, right)]
