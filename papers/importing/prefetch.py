"""Prefetching: parse the next digests in a worker process while this process writes.

More than half of the work of an import depends only on the text of a digest and needs no database.
While this process waits for the worker, it parses later digests itself.
"""

import datetime
import pickle
from collections.abc import Iterable
from concurrent.futures import Future
from dataclasses import replace
from functools import lru_cache
from typing import NamedTuple, Self

from papers.digests import formats
from papers.digests.errors import DigestRefused
from papers.digests.formats import Content, ParseResult
from papers.digests.location import locate
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

_Key = tuple[str, str]


class Prefetched(NamedTuple):
    """The parse result of a digest, and other results that depend only on its text."""

    parsed: ParseResult | DigestRefused
    results: Results


class _Submitted(NamedTuple):
    """A digest that the worker shall parse; ``day`` is the same for the digests of one day."""

    content: Content
    day: object
    future: Future[bytes] | None

    @property
    def is_done(self) -> bool:
        return self.future is None or self.future.done()

    @property
    def is_begun(self) -> bool:
        return self.is_done or (self.future is not None and self.future.running())


class Prefetcher:
    """A worker process that parses digests. It starts with the first and ends with the block."""

    def __init__(self) -> None:
        self._pool = Pool(1)
        self._submitted: dict[_Key, _Submitted] = {}
        self._begun: set[object] = set()  # days of which the worker has read digests
        self._own: dict[_Key, Prefetched] = {}  # what this process parsed ahead

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._pool.close()
        precomputed.clear()

    def start(self, contents: Iterable[Content]) -> None:
        for content in contents if self._pool.size else ():
            key, content = _key(content), content.detached()
            future = self._pool.submit(prefetched, content, current_version())
            self._submitted[key] = _Submitted(content, _day(content), future)

    def parse(self, content: Content) -> ParseResult:
        """Like ``formats.parse``, but take the worker's results. May raise DigestRefused."""
        found = self._found(_key(content))
        if found is None:
            return formats.parse(content)
        precomputed.load(found.results)
        if isinstance(found.parsed, DigestRefused):
            raise found.parsed
        return found.parsed

    def _found(self, key: _Key) -> Prefetched | None:
        if own := self._own.pop(key, None):
            return own
        if not (submitted := self._submitted.pop(key, None)):
            return None
        self._begun.add(submitted.day)
        while not submitted.is_done and self._help():
            pass
        pickled = self._pool.result(submitted.future)
        return pickle.loads(pickled) if pickled else None

    def _help(self) -> bool:
        """Parse the last digest of a day that the worker has not begun, if there is one.

        Papers are in several digests of a day, and one process has to read such a paper only once.
        """
        self._begun.update(one.day for one in self._submitted.values() if one.is_begun)
        for key, one in reversed(self._submitted.items()):
            if one.day not in self._begun and one.future and one.future.cancel():
                del self._submitted[key]
                self._own[key] = _parsed(one.content)
                return True
        return False


def prefetched(content: Content, index_version: str) -> bytes:
    """Parse a digest in the worker and return a pickled ``Prefetched``.

    It is unpickled when its turn comes: until then objects would take twice the memory. Raise
    UnfitWorker if the index version of this process is another one.
    """
    require_version(index_version)
    return pickle.dumps(_parsed(content), pickle.HIGHEST_PROTOCOL)


def _parsed(content: Content) -> Prefetched:
    try:
        parsed = formats.parse(content)
    except DigestRefused as refused:
        return Prefetched(refused, {})
    results: Results = {}
    for record in parsed.parsed.distinct:
        results |= _results_of(replace(record, line=0))
    return Prefetched(parsed, results)


@lru_cache(maxsize=500)  # the same paper is in several digests of a day
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
    if not text:
        return ""
    triaged = triage(str(field), text, record.title, record.abstract)
    if triaged.faults and triaged.text:  # then the import asks which of them readers still see
        triage(str(field), triaged.text, record.title, record.abstract)
    return triaged.text


def _day(content: Content) -> object:
    location = locate(content.main.path)
    return (location.source, location.date) if location.date else content.main.shown


def _key(content: Content) -> _Key:
    return content.main.shown, content.hash
