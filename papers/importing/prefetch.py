"""The next digests are parsed by a second process while this one writes those before them.

What a digest's text alone decides is half of an import (``papers.importing.prefetch``), and needs
no database. Where the second process cannot be had, or dies, all is worked out here.
"""

import datetime
import logging
from collections.abc import Iterable
from concurrent.futures import Future
from dataclasses import replace
from functools import lru_cache
from types import TracebackType
from typing import NamedTuple

from papers.digests import formats
from papers.digests.errors import DigestRefused
from papers.digests.formats import Content, ParseResult
from papers.digests.records import Record
from papers.importing.card_data import rendered
from papers.importing.evidence import triage
from papers.models import Paper, Translation
from papers.parallel import LOST, SideProcess, cores
from papers.search.documents import Material, title_words
from papers.text import precomputed
from papers.text.precomputed import Answers


class Worked(NamedTuple):
    """What came of a digest, and what else its text decides."""

    reading: ParseResult | DigestRefused
    answers: Answers


def worked(content: Content) -> Worked:
    try:
        reading = formats.parse(content)
    except DigestRefused as refused:
        return Worked(refused, {})
    answers: Answers = {}
    for record in reading.parsed.distinct:
        answers |= _foreseen(replace(record, line=0))
    return Worked(reading, answers)


@lru_cache(maxsize=1000)  # the same paper stands in several digests of a day
def _foreseen(record: Record) -> Answers:
    """What is asked where nobody says anything else of the paper than this record does."""
    with precomputed.collecting() as answers:
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
        _material(paper).document()
    return answers


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


logger = logging.getLogger(__name__)


class Ahead:
    """The second process: begins with the first digest that it is given, ends with the block."""

    def __init__(self) -> None:
        self._process: SideProcess | None = None
        self._is_of_use = cores() > 1
        self._asked: dict[tuple[str, str], Future[Worked]] = {}  # by the file and its hash

    def __enter__(self) -> "Ahead":
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._end()
        precomputed.clear()

    def start(self, contents: Iterable[Content]) -> None:
        """Has these parsed meanwhile, where two things can be done at once."""
        for content in contents if self._is_of_use else ():
            try:
                process = self._process = self._process or SideProcess()
            except OSError as error:
                self._give_up(error)
                return
            self._asked[_name(content)] = process.ask(worked, content.detached())

    def parse(self, content: Content) -> ParseResult:
        """As ``forms.parse`` does, and learns what else was found out."""
        asked = self._asked.pop(_name(content), None)
        found = asked and self._answer(asked)
        if not found:
            return formats.parse(content)
        precomputed.load(found.answers)
        if isinstance(found.reading, DigestRefused):
            raise found.reading
        return found.reading

    def _answer(self, asked: Future[Worked]) -> Worked | None:
        try:
            return asked.result()
        except LOST as error:
            self._give_up(error)
            return None

    def _give_up(self, error: Exception) -> None:
        """Once: what it was asked is worked out here, and so is all that comes."""
        logger.warning("The import's second process is gone; going on without it. %s", error)
        self._is_of_use = False
        self._asked.clear()
        self._end()

    def _end(self) -> None:
        if self._process:
            self._process.end()
            self._process = None


def _name(content: Content) -> tuple[str, str]:
    return content.main.shown, content.hash
