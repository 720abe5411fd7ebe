"""Split and normalise author names as printed, and compute the public key of an author."""

import hashlib
import re
import unicodedata
from collections.abc import Iterator

from papers.text.markup import plain_text
from papers.text.slug import slugify

_SUFFIXES = frozenset(
    suffix + point
    for suffix in ("jr", "sr", "ii", "iii", "iv", "phd", "ph.d", "md", "m.d")
    for point in ("", ".")
)
# Items that are not names, and footnote marks after names: Ada Example^{1,2}, Ada Example*
_MARKS = re.compile(r"[\d\s*†‡§¶∗^{}$\\]+")
_FOOTNOTE = re.compile(r"(?<=[a-z.])\s?(?:\$?\^\{?[\d,*†‡§¶∗]{1,8}\}?\$?|[*†‡§¶∗]{1,3})\Z")
_NUMBER = re.compile(r"(?<= )([A-Z][a-z'’-]+)\d{1,2}\Z")
_LEAST_NUMBERED = 2  # names with a number in one list: a single one is the name of a team
_ACCENT_GROUP = re.compile(r"\{([^{}\\]{1,3})\}")  # {é}
_ODD = re.compile(r"[\d*†‡§¶∗^\\]")  # signs that a line has more than names
_HIDDEN_COMMA = "\x00"  # never in a text that ``sanitize.clean`` returned
_SLUG_LENGTH = 80


def split_authors(line: str) -> tuple[str, ...]:
    """Return the names of a comma-separated list, as printed and in order.

    Commas inside parentheses and before a suffix do not separate names:
    ``"Q. Li (MIT, CSAIL), A. Roe, Jr."`` has two names.
    """
    line = " ".join(line.split())
    names = [name for part in _outer_parts(line) if (name := part.strip())]
    if _ODD.search(line) or line.startswith("and ") or ", and " in line or ",and " in line:
        names = _plain_names(names)
    return tuple(names if _SUFFIXES.isdisjoint(map(str.lower, names)) else _with_suffixes(names))


def _plain_names(parts: list[str]) -> list[str]:
    names = [name for part in parts if (name := plain_name(part))]
    if sum(map(bool, map(_NUMBER.search, names))) >= _LEAST_NUMBERED:
        names = [_NUMBER.sub(r"\1", name) for name in names]
    return names


def plain_name(name: str) -> str:
    """Return the name without remains of the list: ``and``, LaTeX commands and footnote marks.

    Return an empty string if nothing else is left.
    """
    if name.startswith("and ") and name[4:5].isupper():
        name = name[4:]
    name = "" if _MARKS.fullmatch(name) else _FOOTNOTE.sub("", name)
    return _ACCENT_GROUP.sub(r"\1", plain_text(name)) if "\\" in name else name


def _with_suffixes(parts: list[str]) -> list[str]:
    """Return the names, each joined with its suffix: ``Jo Roe, Jr.``.

    A name with a suffix may have the family name first: ``Roe, Jo, III``.
    """
    names: list[str] = []
    for part in parts:
        if names and part.lower() in _SUFFIXES:
            if len(names) > 1 and " " not in names[-1] and _is_family_name(names[-2]):
                names[-2:] = [f"{names[-2]}, {names[-1]}"]
            names[-1] = f"{names[-1]}, {part}"
        else:
            names.append(part)
    return names


def _is_family_name(name: str) -> bool:
    return " " not in name and "," not in name and name.lower() not in _SUFFIXES


def _outer_parts(line: str) -> list[str]:
    """Return the parts of the line between commas outside of parentheses."""
    if not ("(" in line or "（" in line):  # nearly always
        return line.split(",")
    characters, covered = list(line), -1
    for start, end in sorted(_closed_parentheses(line)):
        if start > covered:
            characters[start:end] = line[start:end].replace(",", _HIDDEN_COMMA)
            covered = end
    return [part.replace(_HIDDEN_COMMA, ",") for part in "".join(characters).split(",")]


def _closed_parentheses(line: str) -> Iterator[tuple[int, int]]:
    """Yield the positions of each pair of parentheses.

    An unclosed one is ignored, so that it does not absorb the names after it.
    """
    opened = []
    for place, character in enumerate(line):
        if character in "(（":
            opened.append(place)
        elif character in ")）" and opened:
            yield opened.pop(), place


def normalised(name: str) -> str:
    """Return the name in NFKC with case and spaces folded; it identifies the author."""
    return " ".join(unicodedata.normalize("NFKC", name).casefold().split())


def better_spelling(one: str, other: str) -> str:
    """Return which of two spellings of one author's name to show: ``Yi Ma``, not ``YI MA``.

    The result does not depend on the order of the arguments.
    """
    return max(one, other, key=lambda name: (name not in (name.upper(), name.lower()), name))


def author_key(name: str) -> str:
    """Return the public key of the author with this name.

    It is a slug and the first six hex digits of the SHA-256 of the normalised name:
    ``"Yi Ma"`` → ``yi-ma-38efe6``.
    """
    plain = normalised(name)
    digest = hashlib.sha256(plain.encode()).hexdigest()[:6]
    slug = slugify(plain, ascii_only=True)[:_SLUG_LENGTH].strip("-")
    return f"{slug}-{digest}" if slug else digest
