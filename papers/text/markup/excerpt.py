"""Cut the beginning of a text between words, and split a text into paragraphs."""

from typing import TypeVar


def beginning(text: str, length: int) -> str:
    """Return the first ``length`` characters of a text, cut between words, and an ellipsis.

    Return the whole text, without the ellipsis, if it is not longer.
    """
    return text if len(text) <= length else f"{_words(text, length)}…"


def _words(text: str, length: int) -> str:
    """Return the first words. Chinese has no spaces and may be cut anywhere."""
    start, following = text[:length], text[length : length + 1]
    if following.isascii() and not following.isspace():
        start = start.rpartition(" ")[0] or ("" if start.isascii() else start)
    return start.rstrip()


T = TypeVar("T")


def paragraphs(text: str) -> list[str]:
    """Return the paragraphs of an abstract, which one or more newlines separate."""
    return [line.strip() for line in text.split("\n") if line.strip()]


def pairs(left: list[T], right: list[T]) -> list[tuple[list[T], list[T]]]:
    """Return the paragraphs of two texts as rows to show side by side.

    If both have equally many, they correspond, and each pair is a row. If not, there is one row
    with all paragraphs of both texts.
    """
    if len(left) == len(right):
        return [([one], [other]) for one, other in zip(left, right, strict=True)]
    return [(left, right)]
