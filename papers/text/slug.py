"""Make slugs: words as they are written in addresses."""

import re
import unicodedata

_NOT_IN_SLUGS, _BETWEEN_WORDS = re.compile(r"[^\w\s-]"), re.compile(r"[-\s]+")


def slugify(text: str, *, ascii_only: bool = False) -> str:
    """Return the slug of a text: ``"Tool Use!"`` → ``tool-use``.

    The result is that of Django's ``slugify``, which made the existing public addresses.
    ``ascii_only`` drops accents and all other scripts.
    """
    if not text.isascii():
        text = _ascii(text) if ascii_only else unicodedata.normalize("NFKC", text)
    return _BETWEEN_WORDS.sub("-", _NOT_IN_SLUGS.sub("", text.lower())).strip("-_")


def _ascii(text: str) -> str:
    return unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
