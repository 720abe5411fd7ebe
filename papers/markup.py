"""Foreign text as paragraphs and as plain text. Pure; templates escape what comes out of here."""


def paragraphs(text: str) -> list[str]:
    """The paragraphs of an abstract: arXiv divides them by one newline, translations by several."""
    return [line.strip() for line in text.split("\n") if line.strip()]


def pairs(english: str, chinese: str) -> list[tuple[list[str], list[str]]]:
    """The two texts as rows to set side by side: a row for each paragraph where their numbers say
    that they correspond, else one row with all of either."""
    left, right = paragraphs(english), paragraphs(chinese)
    if len(left) == len(right):
        return [([one], [other]) for one, other in zip(left, right, strict=True)]
    return [(left, right)]
