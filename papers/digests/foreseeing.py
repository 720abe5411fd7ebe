"""What a digest's text alone decides: the program that ``papers.digests.ahead`` runs.

Digests come in, pickled; for each there goes out how this process would index, a reading, or why
it was refused, and the answers to what the import will ask of its records: what is wrong with a
translation, the words to index, the HTML of formulas. No database is opened.
"""

import datetime
import pickle
import sys
from dataclasses import replace
from functools import lru_cache
from typing import BinaryIO

import django

from papers import foreseen
from papers.foreseen import Answers

django.setup()

from papers.cards import stored_html  # noqa: E402
from papers.digests import forms  # noqa: E402
from papers.digests.errors import DigestRefused  # noqa: E402
from papers.digests.evidence import triage  # noqa: E402
from papers.digests.records import Record  # noqa: E402
from papers.models import Paper, Translation  # noqa: E402
from papers.search.documents import Material, title_words  # noqa: E402
from papers.search.index import current_version  # noqa: E402


def main(digests: BinaryIO, results: BinaryIO) -> None:
    """Answers until no more digests come: whoever asked is done, or dead."""
    while True:
        try:
            content = pickle.load(digests)
        except EOFError:
            return
        pickle.dump((current_version(), *worked(content)), results)
        results.flush()


def worked(content: forms.Content) -> tuple[forms.Reading | DigestRefused, Answers]:
    try:
        reading = forms.parse(content)
    except DigestRefused as refused:
        return refused, {}
    answers: Answers = {}
    for record in reading.parsed.distinct:
        answers |= _foreseen(replace(record, line=0))
    return reading, answers


@lru_cache(maxsize=1000)  # the same paper stands in several digests of a day
def _foreseen(record: Record) -> Answers:
    """What is asked where nobody says anything else of the paper than this record does."""
    with foreseen.noting() as answers:
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


if __name__ == "__main__":
    out, sys.stdout = sys.stdout.buffer, sys.stderr  # nothing else may be printed there
    main(sys.stdin.buffer, out)
