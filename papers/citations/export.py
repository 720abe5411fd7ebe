"""A list of papers of any length as one file, in memory that does not grow with it."""

from collections.abc import Iterator

from papers.citations.reference import Reference, reference_of, topic_names
from papers.lists.cursor import Cursor
from papers.models import Paper, PaperQuerySet

BATCH = 500


def references(papers: PaperQuerySet) -> Iterator[Reference]:
    """The references of these papers, which are in order, newest first.

    Read in batches, each its own short query behind the last one's place: a download that takes an
    hour holds no lock on SQLite and no transaction on PostgreSQL, and an import meanwhile neither
    waits nor leads to a paper twice.
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
