"""Fold case, width and accents of text for comparison."""

import re
import unicodedata

_MARKS = re.compile("[\u0300-\u036f]+")


def fold(text: str) -> str:
    """Return the text in lower case and half width, without accents."""
    if text.isascii():
        return text.lower()
    spread = _MARKS.sub("", unicodedata.normalize("NFKD", text))
    return unicodedata.normalize("NFC", spread).lower()
