"""Text folded for comparison: case, width and accents."""

import re
import unicodedata

_MARKS = re.compile("[\u0300-\u036f]+")


def fold(text: str) -> str:
    """Lower case, full width as half width, no accents."""
    if text.isascii():
        return text.lower()
    spread = _MARKS.sub("", unicodedata.normalize("NFKD", text))
    return unicodedata.normalize("NFC", spread).lower()
