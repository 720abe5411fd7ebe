"""Author names: the list as printed, and the key of the entity behind a name."""

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
# What is no name in a list, and what stands behind names: Ada Example^{1,2}, Ada Example*
_MARKS = re.compile(r"[\d\s*†‡§¶∗^{}$\\]+")
_FOOTNOTE = re.compile(r"(?<=[a-z.])\s?(?:\$?\^\{?[\d,*†‡§¶∗]{1,8}\}?\$?|[*†‡§¶∗]{1,3})\Z")
_NUMBER = re.compile(r"(?<= )([A-Z][a-z'’-]+)\d{1,2}\Z")
_LEAST_NUMBERED = 2  # of one list: a single number belongs to a team
_ACCENT_GROUP = re.compile(r"\{([^{}\\]{1,3})\}")  # {é}
_ODD = re.compile(r"[\d*†‡§¶∗^\\]")  # in a line that is more than names
_HIDDEN_COMMA = "\x00"  # no text that has passed the door holds one
_SLUG_LENGTH = 80


def split_authors(line: str) -> tuple[str, ...]:
    """The names of a comma-separated list, as printed and in order.

    Commas inside parentheses and before a suffix do not divide:
    ``"Q. Li (MIT, CSAIL), A. Roe, Jr."`` is two names.
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
    """The name without what the list around it left: the ``and`` before the last one, LaTeX's
    commands, marks of footnotes. Empty where nothing else is there."""
    if name.startswith("and ") and name[4:5].isupper():
        name = name[4:]
    name = "" if _MARKS.fullmatch(name) else _FOOTNOTE.sub("", name)
    return _ACCENT_GROUP.sub(r"\1", plain_text(name)) if "\\" in name else name


def _with_suffixes(parts: list[str]) -> list[str]:
    """The names, each with the suffix that stands behind it: ``Jo Roe, Jr.``, and ``Roe, Jo, III``
    with the family name first."""
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
    slug = slugify(plain, ascii_only=True)[:_SLUG_LENGTH].strip("-")
    return f"{slug}-{digest}" if slug else digest
