"""A string type for safe HTML: escaped text, or tags that this package has written."""

import html
from typing import Self


class SafeHtml(str):
    """HTML that templates do not escape, because it has ``__html__``, as in Django."""

    __slots__ = ()

    def __html__(self) -> Self:
        return self


def escape(text: str) -> SafeHtml:
    """Return the text with ``&``, ``<``, ``>`` and both quotation marks escaped."""
    return SafeHtml(html.escape(text))
