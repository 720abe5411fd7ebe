"""A digest in whichever form it is given: bytes in, records out.

A markdown file and its twin are the same digest. The markdown wins, unless it cannot be read or
holds fewer records.
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

VERSION = "4"  # part of a digest's hash: better parsers read old files again


@dataclass(frozen=True)
class Content:
    """The bytes of a digest, of which ``main`` is the file it is called by.

    ``refused`` says why that one could not be read, where only its twin could be.
    """

    main: DigestFile
    content: bytes
    twin: bytes | None = None
    refused: DigestRefused | None = None

    @cached_property
    def hash(self) -> str:
        """Changes whenever what is read from this content may."""
        hashed = hashlib.sha256(self.content)
        if self.twin is not None:
            hashed.update(b"\x00")  # which no digest holds
            hashed.update(self.twin)
        return f"{VERSION}:{hashed.hexdigest()}"

    def detached(self) -> "Content":
        """The same for another process, which cannot read the file again."""
        return replace(self, main=self.main.detached())


@dataclass(frozen=True)
class ParseResult:
    """What was read, and from which of the two files.

    ``is_blank`` is the digest of a quiet day, ``is_table`` a table of links to digests.
    """

    file: DigestFile
    parsed: ParsedDigest
    is_blank: bool
    is_table: bool


def read(file: DigestFile) -> Content:
    """The content of a digest. Raises DigestRefused where neither form of it can be had."""
    if file.twin is None:
        return Content(file, file.read())
    try:
        content = file.read()
    except DigestRefused as refused:
        return Content(file, b"", _read_twin(file.twin, refused), refused)
    try:
        return Content(file, content, file.twin.read())
    except DigestRefused:  # it is not needed: the markdown is there
        return Content(file, content)


def _read_twin(twin: DigestFile, refused: DigestRefused) -> bytes:
    try:
        return twin.read()
    except DigestRefused:
        raise refused from None


def parse(given: Content) -> ParseResult:
    """The records of the better form. Raises DigestRefused where neither can be read."""
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
    if main.is_table:  # which is no digest, and so not a worse one
        return other
    return _instead(other, f"holds fewer papers ({len(main.parsed.records):,})")


def _within_texts(main: ParsedDigest, twin: ParsedDigest) -> str:
    """A paper that is a record in the markdown, and by its twin a part of another one's text.

    Only the twin can tell: in markdown a text may look like the beginning of the next record.
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
    """The twin, with the problem that its markdown is."""
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
