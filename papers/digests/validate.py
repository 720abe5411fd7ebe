"""Turn the raw fields of one paper, from either format, into a record.

All untrusted text is cleaned and cut to its limit here, and the required fields are checked.
"""

from typing import NamedTuple

from papers.digests.errors import Problem
from papers.digests.limits import LONGEST_ABSTRACT, LONGEST_NAME, LONGEST_TITLE, MAX_AUTHORS
from papers.digests.records import Record
from papers.text.author_names import plain_name, split_authors
from papers.text.mojibake import mended
from papers.text.sanitize import clean, is_clean

SEPARATORS = frozenset({"-", "--", "---"})  # a rule, or its beginning if the file was cut off


class RawRecord(NamedTuple):
    """The raw fields of one paper. ``authors`` is None if the field is missing.

    ``arxiv_id`` is a valid id without version. ``line`` is the line where the record begins,
    counted from 1.
    """

    line: int
    arxiv_id: str
    title: str
    authors: str | list[str] | None
    abstract: str
    title_zh: str
    abstract_zh: str

    def problem(self, code: str, message: str) -> Problem:
        return Problem(code, message, self.line, self.arxiv_id)


def validate(given: RawRecord, problems: list[Problem]) -> Record | None:
    """Return the record, or None if it has no title. Add what was wrong to ``problems``."""
    arxiv_id = given.arxiv_id
    title = _text(given, "title", mended(given.title), LONGEST_TITLE, problems)
    if not title:
        problems.append(given.problem("no-title", f"Paper {arxiv_id} has no title; left out."))
        return None
    if given.authors is None:
        message = f"Paper {arxiv_id} has no line of authors; imported without authors."
        problems.append(given.problem("no-authors", message))
    abstract = _text(given, "abstract", mended(given.abstract), LONGEST_ABSTRACT, problems)
    if not abstract:
        message = f"Paper {arxiv_id} has no abstract; imported without."
        problems.append(given.problem("no-abstract", message))
    return Record(
        arxiv_id,
        " ".join(title.split()),
        _authors(given, problems),
        abstract,
        _text(given, "Chinese title", given.title_zh, LONGEST_TITLE, problems),
        _text(given, "Chinese abstract", given.abstract_zh, LONGEST_ABSTRACT, problems),
        given.line,
    )


def _text(given: RawRecord, name: str, text: str, most: int, problems: list[Problem]) -> str:
    """Return the text cleaned, cut to ``most`` characters, without white space at line ends."""
    text = text.strip()
    if len(text) > most:
        message = (
            f"The {name} of paper {given.arxiv_id} has {len(text):,} characters; "
            f"the first {most:,} were taken."
        )
        problems.append(given.problem("cut", message))
        text = text[:most]
    if is_clean(text) and text not in SEPARATORS:
        return text
    return _lines(clean(text))


def _lines(text: str) -> str:
    """Return the lines without white space at their ends, and without the record's last rule."""
    lines = [line.rstrip() for line in text.split("\n")]
    if lines[-1] in SEPARATORS:
        lines.pop()
    return "\n".join(lines).rstrip()


def _authors(given: RawRecord, problems: list[Problem]) -> tuple[str, ...]:
    """Return the names in order. A list has one name per item; a line is split at its commas."""
    if given.authors is None or isinstance(given.authors, str):
        names = split_authors(clean(mended(given.authors or "")))
    else:
        listed = (" ".join(clean(mended(one)).split()) for one in given.authors)
        names = tuple(name for one in listed if (name := plain_name(one)))
    if len(names) > MAX_AUTHORS:
        message = (
            f"Paper {given.arxiv_id} has {len(names):,} authors; "
            f"the first {MAX_AUTHORS:,} were taken."
        )
        problems.append(given.problem("cut", message))
        names = names[:MAX_AUTHORS]
    if names and max(map(len, names)) > LONGEST_NAME:
        names = tuple(_name(given, name, problems) for name in names)
    return names


def _name(given: RawRecord, name: str, problems: list[Problem]) -> str:
    if len(name) > LONGEST_NAME:
        message = (
            f"An author of paper {given.arxiv_id} has a name of {len(name):,} characters; "
            f"the first {LONGEST_NAME} were taken."
        )
        problems.append(given.problem("cut", message))
    return name[:LONGEST_NAME].rstrip()
