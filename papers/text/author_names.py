"""Author names: the list as printed, and the key of the entity behind a name."""

import hashlib
import re
import unicodedata
from collections.abc import Iterator

from django.utils.text import slugify

_SUFFIXES = frozenset(
    suffix + point
    for suffix in ("jr", "sr", "ii", "iii", "iv", "phd", "ph.d", "md", "m.d")
    for point in ("", ".")
)
_HIDDEN_COMMA = "\x00"  # no text that has passed the door holds one
_SLUG_LENGTH = 80
_NOT_IN_SLUGS, _BETWEEN_WORDS = re.compile(r"[^\w\s-]"), re.compile(r"[-\s]+")


def split_authors(line: str) -> tuple[str, ...]:
    """The names of a comma-separated list, as printed and in order.

    Commas inside parentheses and before a suffix do not divide:
    ``"Q. Li (MIT, CSAIL), A. Roe, Jr."`` is two names.
    """
    parts = _outer_parts(" ".join(line.split()))
    names = [name for part in parts if (name := part.strip())]
    return tuple(names if _SUFFIXES.isdisjoint(map(str.lower, names)) else _with_suffixes(names))


def _with_suffixes(parts: list[str]) -> list[str]:
    """The names, each with the suffix that stands behind it."""
    names: list[str] = []
    for part in parts:
        if names and part.lower() in _SUFFIXES:
            names[-1] = f"{names[-1]}, {part}"
        else:
            names.append(part)
    return names


def _outer_parts(line: str) -> list[str]:
    """The text between the commas that stand outside of parentheses."""
    if not ("(" in line or "（" in line):  # as nearly always
        return line.split(",")
    characters, covered = list(line), -1
    for start, end in sorted(_closed_parentheses(line)):
        if start > covered:
            characters[start:end] = line[start:end].replace(",", _HIDDEN_COMMA)
            covered = end
    return [part.replace(_HIDDEN_COMMA, ",") for part in "".join(characters).split(",")]


def _closed_parentheses(line: str) -> Iterator[tuple[int, int]]:
    """Where parentheses open and close; one left open must not swallow the names behind it."""
    opened = []
    for place, character in enumerate(line):
        if character in "(（":
            opened.append(place)
        elif character in ")）" and opened:
            yield opened.pop(), place


def normalised(name: str) -> str:
    """What makes two printed names the same author: NFKC, case and spaces folded."""
    return " ".join(unicodedata.normalize("NFKC", name).casefold().split())


def better_spelling(one: str, other: str) -> str:
    """Of two printed names of one author the one to show, the same in whatever order they come:
    ``Yi Ma`` rather than ``YI MA`` or ``yi ma``."""
    return max(one, other, key=lambda name: (name not in (name.upper(), name.lower()), name))


def author_key(name: str) -> str:
    """The public key of the author printed so: ``"Yi Ma"`` → ``yi-ma-`` and six hex digits."""
    plain = normalised(name)
    digest = hashlib.sha256(plain.encode()).hexdigest()[:6]
    slug = _slug(plain)[:_SLUG_LENGTH].strip("-")
    return f"{slug}-{digest}" if slug else digest


def _slug(plain: str) -> str:
    """As Django's ``slugify`` has it, quicker where there is nothing but ASCII."""
    if not plain.isascii():
        return slugify(plain)
    return _BETWEEN_WORDS.sub("-", _NOT_IN_SLUGS.sub("", plain)).strip("-_")
