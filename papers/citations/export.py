"""Export of a list of papers of any length, with constant memory."""

from collections.abc import Iterator

from papers.citations.reference import Reference, reference_of, topic_names
from papers.lists.cursor import Cursor
from papers.models import Paper, PaperQuerySet

BATCH = 500


def references(papers: PaperQuerySet) -> Iterator[Reference]:
    """Yield the references of these papers, which must be sorted newest first.

    The papers are read in batches, each with a short query after the last paper (keyset
    pagination). So a download that takes an hour holds no lock on SQLite and no transaction on
    PostgreSQL. An import during the download does not wait, and no paper comes twice.
    """
    names = topic_names()
    for paper in _in_batches(papers):
        yield reference_of(paper, names)


def _in_batches(papers: PaperQuerySet) -> Iterator[Paper]:
    batch = list(papers[:BATCH])
    while batch:
        yield from batch
        if len(batch) < BATCH:
            return
        batch = list(Cursor.behind(batch[-1]).older(papers)[:BATCH])
