"""Parse a markdown digest: text in, records and problems out. No database and no Django.

A record is a title line, then labelled fields, usually in this order
(``docs/digest-format.md``)::

    # English title

    **Title (ZH)**: 中文标题

    **Authors**: A. One, B. Two

    **Link**: [PDF](https://arxiv.org/pdf/2501.17161)

    **Abstract**: English abstract

    **Abstract (ZH)**: 中文摘要

    ---

The texts are untrusted and may contain anything, including rules, headings and labels. Therefore a
record begins only where a title line follows a rule, and within a record the other fields are found
from the link. Text that looks like a record inside an abstract is reported as a problem, so that
one paper's abstract cannot define another paper.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from papers.digests.errors import Problem
from papers.digests.limits import LONGEST_LINE, MAX_RECORDS
from papers.digests.records import ParsedDigest, Record
from papers.digests.validate import RawRecord, validate
from papers.text.arxiv_ids import linked_arxiv_id
from papers.text.sanitize import readable

TITLE_ZH, AUTHORS, LINK = "**Title (ZH)**:", "**Authors**:", "**Link**:"
ABSTRACT, ABSTRACT_ZH = "**Abstract**:", "**Abstract (ZH)**:"
HEADING, RULE = "# ", "---"

_ORDER = {TITLE_ZH: 1, AUTHORS: 2, LINK: 3, ABSTRACT: 4, ABSTRACT_ZH: 5}
_HEAD_LABELS = (TITLE_ZH, AUTHORS, LINK)
_LONGEST_LABEL = max(map(len, _ORDER))


# A line that may divide a digest: its index and its kind (a heading, a rule, or one of the labels).
Mark = tuple[int, str]


@dataclass(frozen=True)
class Block:
    """The lines of one record, from ``start`` up to but not including ``end``, and their marks."""

    start: int
    end: int
    marks: list[Mark]


def parse(text: str) -> ParsedDigest:
    """Return the records of a digest in order. Damaged ones become problems; nothing is raised."""
    records: list[Record] = []
    problems: list[Problem] = []
    lines = _lines(text, problems)
    for number, block in enumerate(_blocks(lines)):
        if number == MAX_RECORDS:
            problems.append(too_many_records(block.start + 1))
            break
        given = _given(lines, block, problems)
        if given and (record := validate(given, problems)):
            records.append(record)
    return ParsedDigest(tuple(records), tuple(problems))


def is_index_table(text: str) -> bool:
    """Return whether the text is a table of links to digests; publishers put one in each folder."""
    return any(line.startswith("|") and "](" in line for line in text.split("\n"))


def too_many_records(line: int) -> Problem:
    """Return the problem of a digest with too many records, at the first line that is left out."""
    message = f"More than {MAX_RECORDS:,} records; those from here on were left out."
    return Problem("too-many", message, line)


def _lines(text: str, problems: list[Problem]) -> list[str]:
    lines = text.split("\n")
    if len(text) > LONGEST_LINE:
        for number, line in enumerate(lines):
            if len(line) > LONGEST_LINE:
                lines[number] = line[:LONGEST_LINE]
                message = f"This line has {len(line):,} characters; {LONGEST_LINE:,} were read."
                problems.append(Problem("cut", message, number + 1))
    return lines


# --- Where records begin


def _blocks(lines: list[str]) -> Iterator[Block]:
    marks = _marks(lines)
    starts = list(_starts(lines, marks))
    for start, end in pairwise([*starts, len(marks)]):
        last_line = marks[end][0] if end < len(marks) else len(lines)
        yield Block(marks[start][0], last_line, marks[start:end])


def _marks(lines: list[str]) -> list[Mark]:
    marks = []
    for place, line in enumerate(lines):
        start = line[:2]
        if not start:
            continue
        if start == "**":
            label = line[: line.find(":", 0, _LONGEST_LABEL) + 1]
            if label in _ORDER:
                marks.append((place, label))
        elif start == "# " or line == "#":
            marks.append((place, HEADING))
        elif start == "--" and line.rstrip() == RULE:
            marks.append((place, RULE))
    return marks


def _starts(lines: list[str], marks: list[Mark]) -> Iterator[int]:
    """Yield the indexes of the marks at which records begin.

    A heading without a rule before it, or without a field after it, belongs to the text before it.
    So does a rule before a label that the record still lacks. Before the first record there is no
    text, so there a heading before a label is a title even without a rule.
    """
    heading, last = None, len(_ORDER)  # a heading without a field so far, the last label's order
    begun = False  # whether the first record has begun
    for index, (place, kind) in enumerate(marks):
        if kind == HEADING:
            is_title = not begun and heading is None and _is_before_label(lines, place)
            if is_title or _is_after_rule(lines, place):
                heading = index
        elif kind in _HEAD_LABELS:
            order = _ORDER[kind]
            if heading is not None:
                yield heading
                heading, last, begun = None, order, True
            elif order <= last and _is_after_rule(lines, place):
                yield index
                last, begun = order, True
            else:
                last = max(last, order)
        elif kind != RULE:
            last = len(_ORDER)
    if heading is not None:  # the file was cut off within this record
        yield heading


def _is_before_label(lines: list[str], place: int) -> bool:
    return _neighbour(lines, place, step=1).startswith(_HEAD_LABELS)


def _is_after_rule(lines: list[str], place: int) -> bool:
    return _neighbour(lines, place, step=-1) == RULE


def _neighbour(lines: list[str], place: int, step: int) -> str:
    """Return the nearest line that is not blank, before or after; a rule beyond the file's ends."""
    place += step
    while 0 <= place < len(lines):
        if line := lines[place].strip():
            return line
        place += step
    return RULE


# --- Fields of a record


def _given(lines: list[str], block: Block, problems: list[Problem]) -> RawRecord | None:
    """Return the raw record of a block. Return None and add a problem if no paper is named."""
    links = [
        (place, arxiv_id)
        for place, kind in block.marks
        if kind == LINK and (arxiv_id := linked_arxiv_id(lines[place][len(LINK) :]))
    ]
    if not links:
        quoted = lines[block.start].removeprefix("#").strip()[:80]
        message = f"No arXiv link in the record “{readable(quoted)}”."
        problems.append(Problem("no-link", message, block.start + 1))
        return None
    end = _end(lines, block) if len(links) == 1 else _end_of_first(block, links, problems)
    place, arxiv_id = links[0]
    title, fields = _texts(lines, block.start, end, _places(block, place, end))
    return RawRecord(
        block.start + 1,
        arxiv_id,
        title,
        fields.get(AUTHORS),
        fields.get(ABSTRACT, ""),
        fields.get(TITLE_ZH, ""),
        fields.get(ABSTRACT_ZH, ""),
    )


def _end(lines: list[str], block: Block) -> int:
    """Return the line where the record's texts end, before its rule.

    (``validate`` would remove the rule too. Without it the text is mostly one line, which is
    cleaned faster.)
    """
    place, kind = block.marks[-1]
    is_last = kind == RULE and not "".join(lines[place + 1 : block.end]).strip()
    return place if is_last else block.end


def _end_of_first(block: Block, links: list[tuple[int, str]], problems: list[Problem]) -> int:
    """Return the line where the first of several papers ends, before text like another record.

    The other record lost its title line or the rule before it, or it is part of a text.
    """
    link_at, arxiv_id = links[0]
    other_id = next((other for _, other in links if other != arxiv_id), None)
    if other_id is None:
        return block.end
    after = [mark for mark in block.marks if mark[0] > link_at]
    index = next(index for index, (_, kind) in enumerate(after) if kind in _HEAD_LABELS)
    has_title = index > 0 and after[index - 1][1] == HEADING
    end = after[index - has_title][0]
    problems.append(_no_record(other_id, arxiv_id, end + 1, has_title))
    return end


def _no_record(other_id: str, arxiv_id: str, line: int, has_title: bool) -> Problem:
    if has_title:
        message = (
            f"Within the text of paper {arxiv_id} stands what looks like a record of {other_id}, "
            "without a rule before it; it was left out."
        )
        return Problem("within-text", message, line, other_id)
    message = f"Paper {other_id} begins here without a title line; it was left out."
    return Problem("no-title", message, line, other_id)


def _places(block: Block, link_at: int, end: int) -> dict[str, int]:
    """Return the lines where the fields begin, found from the link.

    The fields may be in an unusual order. Within the abstracts, labels are text.
    """
    places = {LINK: link_at}
    for place, kind in block.marks:
        if place >= end:
            break
        in_abstracts = ABSTRACT in places or ABSTRACT_ZH in places
        if kind == AUTHORS and (place < link_at or not (in_abstracts or AUTHORS in places)):
            places[AUTHORS] = place
        elif kind == TITLE_ZH and not (in_abstracts or TITLE_ZH in places):
            places[TITLE_ZH] = place
        elif place < link_at:
            continue
        elif kind == ABSTRACT and ABSTRACT not in places:
            places[ABSTRACT] = place
        elif kind == ABSTRACT_ZH and _is_better(place, places):
            places[ABSTRACT_ZH] = place
    return places


def _is_better(place: int, places: dict[str, int]) -> bool:
    """Return whether this label begins the Chinese abstract.

    That is the first such label, or, if that one is before the English abstract, the first after
    it.
    """
    if ABSTRACT_ZH not in places:
        return True
    return places[ABSTRACT_ZH] < places.get(ABSTRACT, 0) < place


def _texts(
    lines: list[str], start: int, end: int, places: dict[str, int]
) -> tuple[str, dict[str, str]]:
    """Return the title and the fields by label. Each field ends where the next one begins."""
    fields = {}
    for label, place in sorted(places.items(), key=lambda one: -one[1]):
        fields[label] = "\n".join(lines[place:end])[len(label) :]
        end = place
    return "\n".join(lines[start:end]).removeprefix("#"), fields
