"""Prefetching: parse the next digests in a worker process while this process writes.

Half of the work of an import depends only on the text of a digest and needs no database.
"""

import datetime
from collections.abc import Iterable
from concurrent.futures import Future
from dataclasses import replace
from functools import lru_cache
from typing import NamedTuple, Self

from papers.digests import formats
from papers.digests.errors import DigestRefused
from papers.digests.formats import Content, ParseResult
from papers.digests.records import Record
from papers.glossary.shipped import shipped_hash
from papers.glossary.term_weeks import terms_of
from papers.importing.card_data import rendered
from papers.importing.evidence import triage
from papers.models import Paper, Translation
from papers.parallel import Pool
from papers.search.documents import Material, title_words
from papers.search.index_version import current_version, require_version
from papers.text import precomputed
from papers.text.precomputed import Results


class Prefetched(NamedTuple):
    """The parse result of a digest, and other results that depend only on its text."""

    parsed: ParseResult | DigestRefused
    results: Results


class Prefetcher:
    """A worker process that parses digests. It starts with the first and ends with the block."""

    def __init__(self) -> None:
        self._pool = Pool(1)
        self._submitted: dict[tuple[str, str], Future[Prefetched] | None] = {}

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._pool.close()
        precomputed.clear()

    def start(self, contents: Iterable[Content]) -> None:
        for content in contents if self._pool.size else ():
            future = self._pool.submit(prefetched, content.detached(), current_version())
            self._submitted[_key(content)] = future

    def parse(self, content: Content) -> ParseResult:
        """Like ``formats.parse``, but take the worker's results. May raise DigestRefused."""
        found = self._pool.result(self._submitted.pop(_key(content), None))
        if found is None:
            return formats.parse(content)
        precomputed.load(found.results)
        if isinstance(found.parsed, DigestRefused):
            raise found.parsed
        return found.parsed


def prefetched(content: Content, index_version: str) -> Prefetched:
    """Parse a digest in the worker. Raise UnfitWorker if its index version is another one."""
    require_version(index_version)
    try:
        parsed = formats.parse(content)
    except DigestRefused as refused:
        return Prefetched(refused, {})
    results: Results = {}
    for record in parsed.parsed.distinct:
        results |= _results_of(replace(record, line=0))
    return Prefetched(parsed, results)


@lru_cache(maxsize=1000)  # the same paper is in several digests of a day
def _results_of(record: Record) -> Results:
    """Return what the import computes for a paper that occurs in this record only."""
    with precomputed.collecting() as results:
        paper = Paper(
            arxiv_id=record.arxiv_id,
            title_en=record.title,
            abstract_en=record.abstract,
            authors_text=", ".join(record.authors),
            title_zh=_cleaned(Translation.Field.TITLE, record.title_zh, record),
            abstract_zh=_cleaned(Translation.Field.ABSTRACT, record.abstract_zh, record),
        )
        rendered(paper)
        title_words(paper.title_en, paper.title_zh)
        terms_of(paper.title_en, paper.abstract_en, shipped_hash())
        _material(paper).document()
    return results


def _material(paper: Paper) -> Material:
    return Material(
        paper_id=0,
        arxiv_id=paper.arxiv_id,
        first_seen=datetime.date.min,
        title_en=paper.title_en,
        abstract_en=paper.abstract_en,
        authors=paper.authors_text,
        title_zh=paper.title_zh,
        abstract_zh=paper.abstract_zh,
        zh_state=paper.zh_state,
        topics=(),
        others=(),
    )


def _cleaned(field: str, text: str, record: Record) -> str:
    return triage(str(field), text, record.title, record.abstract).text if text else ""


def _key(content: Content) -> tuple[str, str]:
    return content.main.shown, content.hash
