"""Read a digest in either format, markdown or ``.jsonl``: bytes in, records out.

A markdown file and its twin are the same digest. The markdown file is used unless it cannot be read
or has fewer records.
"""

import hashlib
from collections import Counter
from dataclasses import dataclass, replace
from functools import cached_property

from papers.digests import jsonl, markdown
from papers.digests.decoding import decode
from papers.digests.errors import DigestRefused, Problem
from papers.digests.files import DigestFile
from papers.digests.records import ParsedDigest
from papers.text.arxiv_ids import linked_arxiv_id

VERSION = "4"  # part of a digest's hash: raise it with the parsers to read old files again


@dataclass(frozen=True)
class Content:
    """The bytes of a digest: ``main`` from the file that names it, and those of its twin.

    ``refused`` is the error of the main file if only its twin could be read.
    """

    main: DigestFile
    content: bytes
    twin: bytes | None = None
    refused: DigestRefused | None = None

    @cached_property
    def hash(self) -> str:
        """A hash that changes with the content, and with the version of the parsers."""
        hashed = hashlib.sha256(self.content)
        if self.twin is not None:
            hashed.update(b"\x00")  # a separator: no digest contains this byte
            hashed.update(self.twin)
        return f"{VERSION}:{hashed.hexdigest()}"

    def detached(self) -> "Content":
        """Return a copy for another process, which cannot read the file again."""
        return replace(self, main=self.main.detached())


@dataclass(frozen=True)
class ParseResult:
    """The records that were read, and the file that they are from.

    ``is_blank``: the digest has no papers on that day. ``is_table``: the file is a table of links
    to digests.
    """

    file: DigestFile
    parsed: ParsedDigest
    is_blank: bool
    is_table: bool


def read(file: DigestFile) -> Content:
    """Return the content of a digest. Raise DigestRefused if neither of its files can be read."""
    if file.twin is None:
        return Content(file, file.read())
    try:
        content = file.read()
    except DigestRefused as refused:
        return Content(file, b"", _read_twin(file.twin, refused), refused)
    try:
        return Content(file, content, file.twin.read())
    except DigestRefused:  # the twin is not needed: the markdown file is there
        return Content(file, content)


def _read_twin(twin: DigestFile, refused: DigestRefused) -> bytes:
    try:
        return twin.read()
    except DigestRefused:
        raise refused from None


def parse(given: Content) -> ParseResult:
    """Return the records of the better file. Raise DigestRefused if neither can be parsed."""
    if given.twin is None or given.main.twin is None:
        return _parse(given.main, given.content)
    main = given.refused or _parse_or_refuse(given.main, given.content)
    if (
        isinstance(main, ParseResult)
        and jsonl.at_most(given.twin) <= len(main.parsed.records)
        and markdown.LINK.encode() not in given.twin
    ):
        return main
    return _better(main, _parse_or_refuse(given.main.twin, given.twin))


def _better(main: ParseResult | DigestRefused, other: ParseResult | DigestRefused) -> ParseResult:
    if isinstance(main, DigestRefused):
        if isinstance(other, DigestRefused) or not other.parsed.records:
            raise main
        return _instead(other, f"could not be read ({main.problem.message.rstrip('.')})")
    if isinstance(other, DigestRefused):
        return main
    if within := _within_texts(main.parsed, other.parsed):
        return _instead(other, f"has within a text what looks like a record of paper {within}")
    if len(other.parsed.records) <= len(main.parsed.records):
        return main
    if main.is_table:  # a table is not a digest, so there is nothing to compare
        return other
    return _instead(other, f"holds fewer papers ({len(main.parsed.records):,})")


def _within_texts(main: ParsedDigest, twin: ParsedDigest) -> str:
    """Return the id of a paper that is a record in the markdown but text of another in the twin.

    In markdown, text of an abstract may look like the next record. Only the twin shows which it is.
    """
    if twin.problems:
        return ""
    extra = Counter(one.arxiv_id for one in main.records)
    extra.update(one.arxiv_id for one in main.problems if one.code == "within-text")
    extra.subtract(one.arxiv_id for one in twin.records)
    quoted = {
        linked_arxiv_id(line[len(markdown.LINK) :])
        for one in twin.records
        for text in (one.title_zh, one.abstract, one.abstract_zh)
        for line in text.split("\n")
        if line.startswith(markdown.LINK)
    }
    return next((paper for paper, number in extra.items() if number > 0 and paper in quoted), "")


def _instead(twin: ParseResult, what: str) -> ParseResult:
    """Return the result of the twin, with a problem about its markdown file added."""
    problem = Problem("twin-read", f"The markdown beside it {what}; this twin was read instead.")
    parsed = ParsedDigest(twin.parsed.records, (problem, *twin.parsed.problems))
    return replace(twin, parsed=parsed)


def _parse_or_refuse(file: DigestFile, content: bytes) -> ParseResult | DigestRefused:
    try:
        return _parse(file, content)
    except DigestRefused as refused:
        return refused


def _parse(file: DigestFile, content: bytes) -> ParseResult:
    text = decode(content)
    if file.is_twin or not file.is_markdown and jsonl.is_twin(text):
        is_blank = not text.strip("[] \t\n")
        return ParseResult(file, jsonl.parse(text), is_blank, is_table=False)
    return ParseResult(file, markdown.parse(text), not text.strip(), markdown.is_index_table(text))
