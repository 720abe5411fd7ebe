"""Parse the ``.jsonl`` twin of a digest: text in, the same records as from its markdown out.

Publishers write it in three dialects: one Python dict per line, one JSON object per line, or one
JSON array of objects (``docs/digest-format.md``). Nothing is evaluated as code: a line is passed to
``ast.literal_eval`` only after a check of all characters outside of its strings.
"""

import ast
import codecs
import json
import re
import warnings
from collections.abc import Iterator
from itertools import accumulate, islice
from typing import NamedTuple

from papers.digests.errors import Problem
from papers.digests.limits import LONGEST_LINE, MAX_RECORDS
from papers.digests.markdown import too_many_records
from papers.digests.records import ParsedDigest, Record
from papers.digests.validate import RawRecord, validate
from papers.text.arxiv_ids import named_arxiv_id
from papers.text.sanitize import newlines, readable

# Strings of either dialect. An unclosed string ends with its line, so that it hides no record.
# Triple quotes are not supported: Python would find another end of the string than this pattern.
_STRING = re.compile(
    r"""(?P<triple>'''|\"\"\")"""
    r"""|'[^'\\\n]*+(?:\\[^\n][^'\\\n]*+)*+'?"""
    r"""|"[^"\\\n]*+(?:\\[^\n][^"\\\n]*+)*+"?"""
)
_BRACKET_OR_STRING = re.compile(rf"[\[\]{{}}]|{_STRING.pattern}")
# Characters of a literal outside of its strings: no names and no operators.
_PLAIN = re.compile(r"(?:[S\s{}\[\](),:]|None|True|False|-?[0-9]++(?:\.[0-9]++)?+)*+")
_OPENING, _CLOSING = frozenset("[{"), frozenset("]}")
_BETWEEN_ITEMS = "[], \t\n"
_DEEPEST = 20
_WIDEST_INDENT = 80  # characters
_MAX_PIECES = 1_000_000  # brackets and strings of an array: 20,000 records have half as many
_MAX_OUTSIDE = 100_000  # characters outside of strings, as each may become an object in memory

_TEXT_KEYS = ("arxiv_id", "link", "title", "abstract", "title_zh", "abstract_zh")


class Item(NamedTuple):
    """The source of one record, unparsed, and the line where it begins."""

    line: int
    source: str


class _Unreadable(ValueError):
    """An item is not a record in any dialect. The message is a sentence without its subject."""


def parse(text: str) -> ParsedDigest:
    """Return the records of a twin in order. Damaged items become problems; nothing is raised."""
    records: list[Record] = []
    problems: list[Problem] = []
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # about invalid escapes in string literals
        for number, item in enumerate(_items(text)):
            if number == MAX_RECORDS:
                problems.append(too_many_records(item.line))
                break
            if record := _record(item, problems):
                records.append(record)
    return ParsedDigest(tuple(records), tuple(problems))


def is_twin(text: str) -> bool:
    """Return whether a digest without a file name is in this format, from its first characters."""
    start = text[:1000].lstrip()
    return start.startswith("{") or bool(re.match(r"\[\s*[{\]]", start))


def at_most(content: bytes) -> int:
    """Return an upper bound of the number of records in this twin, without parsing it."""
    content = content.removeprefix(codecs.BOM_UTF8).strip()
    if content.startswith(b"["):
        return content.count(b"{")
    return content.count(b"\n") + content.count(b"\r") + 1 if content else 0


# --- From the text to the items


def _items(text: str) -> Iterator[Item]:
    if text.lstrip().startswith("["):
        items = _array_items(text)
        yield from (item for item in items if item.source.strip(_BETWEEN_ITEMS))
        return
    for number, line in enumerate(text.split("\n"), start=1):
        if line and not line.isspace():
            yield Item(number, line)


def _array_items(text: str) -> Iterator[Item]:
    """Yield the items of an array: its objects, found by their brackets, and anything else.

    An object that is never closed ends before the next object that begins a line with the same
    indentation.
    """
    depth, start, line, counted = 0, 0, 1, 0
    for match in islice(_BRACKET_OR_STRING.finditer(text), _MAX_PIECES):
        bracket, place = match[0], match.start()
        begins_next = bracket == "{" and depth > 0 and _stand_alike(text, start, place)
        if bracket == "{" and (depth == 0 or begins_next):
            yield Item(line, text[start:place])
            line += text.count("\n", counted, place)
            start = counted = place
            depth = 1
        elif bracket in _OPENING and depth:
            depth += 1
        elif bracket in _CLOSING and depth:
            depth -= 1
            if depth == 0:
                yield Item(line, text[start : match.end()])
                start = match.end()
    yield Item(line, text[start:])


def _stand_alike(text: str, one: int, other: int) -> bool:
    """Return whether both positions are the first of their lines, with the same indentation."""
    before = [text[max(0, place - _DEEPEST * 4) : place] for place in (one, other)]
    indents = [
        indent for _, newline, indent in (each.rpartition("\n") for each in before) if newline
    ]
    return len(indents) == 2 and indents[0] == indents[1] and not indents[0].strip()


# --- From an item to a record


def _record(item: Item, problems: list[Problem]) -> Record | None:
    try:
        values = _values(item.source)
    except _Unreadable as reason:
        problems.append(Problem("bad-line", f"This record {reason}.", item.line))
        return None
    given = _given(item.line, values, problems)
    return validate(given, problems) if given else None


def _values(source: str) -> dict[str, object]:
    """Return the fields of an item in either dialect. Raise _Unreadable if it is in neither."""
    if len(source) > LONGEST_LINE:
        raise _Unreadable(f"has {len(source):,} characters; at most {LONGEST_LINE:,} are read")
    outside = _outside_of_strings(source)
    if len(outside) > _MAX_OUTSIDE or _depth(outside) > _DEEPEST:
        raise _Unreadable("has more in it than a record has")
    values = _json(source)
    if values is None and _PLAIN.fullmatch(outside):
        values = _literal(source)
    if not isinstance(values, dict):
        raise _Unreadable("is neither a JSON object nor a Python dict, or it was cut off")
    return values


def _outside_of_strings(source: str) -> str:
    """Return the source with an S for each string, and a ? for each triple quote."""
    return _STRING.sub(lambda match: "?" if match["triple"] else "S", source)


def _depth(outside: str) -> int:
    steps = ((one in "{[(") - (one in ")]}") for one in outside)
    return max(accumulate(steps), default=0)


def _json(source: str) -> object:
    try:
        return json.loads(source)
    except (ValueError, RecursionError):
        return None


def _literal(source: str) -> object:
    try:
        return ast.literal_eval(source.strip())
    except (ValueError, SyntaxError, TypeError, RecursionError, MemoryError):
        return None


def _given(line: int, values: dict[str, object], problems: list[Problem]) -> RawRecord | None:
    """Return the raw record of these fields. Return None and add a problem if no paper is named."""
    texts = {key: _text(values.get(key)) for key in _TEXT_KEYS}
    arxiv_id = named_arxiv_id(texts["arxiv_id"]) or named_arxiv_id(texts["link"])
    if not arxiv_id:
        message = f"No arXiv id in the record “{readable(texts['title'].strip()[:80])}”."
        problems.append(Problem("no-link", message, line))
        return None
    problems += [
        Problem("wrong-type", f"“{key}” of paper {arxiv_id} {must_be}; left out.", line, arxiv_id)
        for key, must_be in _wrong_types(values)
    ]
    return RawRecord(
        line,
        arxiv_id,
        texts["title"],
        _authors(values.get("authors")),
        texts["abstract"],
        texts["title_zh"],
        texts["abstract_zh"],
    )


def _text(value: object) -> str:
    return newlines(value) if isinstance(value, str) else ""


def _authors(value: object) -> str | list[str] | None:
    if isinstance(value, list):
        return [newlines(name) for name in value if isinstance(name, str)]
    return newlines(value) if isinstance(value, str) else None


def _wrong_types(values: dict[str, object]) -> Iterator[tuple[str, str]]:
    """Yield the keys whose values have a wrong type, each with a name of the expected type."""
    for key in _TEXT_KEYS:
        if not isinstance(values.get(key), str | None):
            yield key, "must be text"
    authors = values.get("authors")
    names = authors if isinstance(authors, list) else [authors or ""]
    if not all(isinstance(name, str) for name in names):
        yield "authors", "must be text or a list of names"
