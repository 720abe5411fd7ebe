"""Words as they stand in addresses."""

import re
import unicodedata

_NOT_IN_SLUGS, _BETWEEN_WORDS = re.compile(r"[^\w\s-]"), re.compile(r"[-\s]+")


def slugify(text: str, *, ascii_only: bool = False) -> str:
    """``"Tool Use!"`` → ``tool-use``. The same as Django's ``slugify``, since addresses that are
    known to others were made by it; ``ascii_only`` drops accents and all other scripts."""
    if not text.isascii():
        text = _ascii(text) if ascii_only else unicodedata.normalize("NFKC", text)
    return _BETWEEN_WORDS.sub("-", _NOT_IN_SLUGS.sub("", text.lower())).strip("-_")


def _ascii(text: str) -> str:
    return unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
