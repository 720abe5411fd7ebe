"""Strings that are HTML: escaped text, or tags that this package has written."""

import html
from typing import Self


class SafeHtml(str):
    """HTML that a template prints as it is: Django and others ask for ``__html__``."""

    __slots__ = ()

    def __html__(self) -> Self:
        return self


def escape(text: str) -> SafeHtml:
    """The text with ``&``, ``<``, ``>`` and both quotation marks written as HTML."""
    return SafeHtml(html.escape(text))
