"""What a digest's text alone decides: what ``papers.importing.prefetch`` has worked out.

Of each digest a reading, or why it was refused, and the answers to what the import will ask of its
records: what is wrong with a translation, the words to index, the HTML of formulas. No database.
"""

import datetime
from dataclasses import replace
from functools import lru_cache
from typing import NamedTuple

from papers.digests import formats
from papers.digests.errors import DigestRefused
from papers.digests.formats import Content, Reading
from papers.digests.records import Record
from papers.importing.card_data import stored_html
from papers.importing.evidence import triage
from papers.models import Paper, Translation
from papers.search.documents import Material, title_words
from papers.text import precomputed
from papers.text.precomputed import Answers


class Worked(NamedTuple):
    """What came of a digest, and what else its text decides."""

    reading: Reading | DigestRefused
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
    with precomputed.noting() as answers:
        paper = Paper(
            arxiv_id=record.arxiv_id,
            title_en=record.title,
            abstract_en=record.abstract,
            authors_text=", ".join(record.authors),
            title_zh=_cleaned(Translation.Field.TITLE, record.title_zh, record),
            abstract_zh=_cleaned(Translation.Field.ABSTRACT, record.abstract_zh, record),
        )
        stored_html(paper)
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
