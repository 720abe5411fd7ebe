"""Compare all papers with one another, and store the neighbours of each."""

import datetime
from array import array
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import count, islice
from typing import TypeVar

from django.db import transaction
from django.utils import timezone

from papers.db.bulk import analyze
from papers.db.data_version import mark_data_changed
from papers.db.import_lock import import_lock
from papers.models import Paper, PaperWords, Related
from papers.related.index import VectorIndex
from papers.related.stored import (
    NEIGHBOURS,
    Row,
    insert_related,
    insert_vectors,
    store_words,
    texts,
)
from papers.related.vectors import Words, count_words

T = TypeVar("T")
Progress = Callable[[Sequence[T], str], Iterable[T]]
MAX_COUNT = 255  # of a word in one paper; one byte each


def plainly(items: Sequence[T], description: str) -> Iterable[T]:
    """Show no progress."""
    return items


def relate_all_papers(progress: Progress = plainly, wait: float = 0.0) -> int:
    """Replace all neighbours, at once; return the number of papers compared.

    The result depends on the papers alone, not on the order in which they were imported. Imports go
    on while papers are compared; the writing waits for one for ``wait`` seconds, then raises
    ImportRunning. A paper that changed meanwhile counts as new.
    """
    started = timezone.now()
    papers = list(Paper.objects.order_by("arxiv_id").values_list("pk", flat=True))
    words, index = _index_of(papers, progress)
    nearest = _Neighbours(papers)
    for place in progress(range(len(index)), "Comparing"):
        nearest.add(index, place)
    with import_lock(wait), transaction.atomic():
        _replace(words, index, nearest, started)
        mark_data_changed()
    analyze()
    return len(papers)


class _CountedTexts:
    """How often each text has each word, as numbers in little memory."""

    def __init__(self) -> None:
        self._numbers: defaultdict[str, int] = defaultdict(count().__next__)
        self._texts: list[tuple[array, bytes]] = []
        self.papers_with: Counter[str] = Counter()

    def add(self, counts: Counter[str]) -> None:
        words = array("I", map(self._numbers.__getitem__, counts))
        self._texts.append((words, bytes(min(n, MAX_COUNT) for n in counts.values())))
        self.papers_with.update(counts.keys())

    def take(self) -> Iterator[dict[str, int]]:
        """Yield the counts of the texts in order, and forget them."""
        names = list(self._numbers)
        self._texts.reverse()
        while self._texts:
            words, counts = self._texts.pop()
            yield dict(zip(map(names.__getitem__, words), counts, strict=True))


def _index_of(papers: list[int], progress: Progress) -> tuple[Words, VectorIndex]:
    """Return the words of these papers, and their vectors in this order.

    A paper removed meanwhile keeps its place, with a vector of no words.
    """
    counted = _CountedTexts()
    found = texts(papers)
    text = next(found, None)
    for paper in progress(papers, "Reading"):
        if text and text.paper == paper:
            counted.add(count_words(text.title, text.abstract))
            text = next(found, None)
        else:
            counted.add(Counter())
    words = Words.of(len(papers), counted.papers_with)
    index = VectorIndex()
    for counts in counted.take():
        index.add(words.vector(counts))
    return words, index


class _Neighbours:
    """The neighbours of many papers in little memory: ``NEIGHBOURS`` places and scores each."""

    def __init__(self, papers: list[int]) -> None:
        self.papers = papers
        self._places, self._scores = array("I"), array("H")

    def add(self, index: VectorIndex, place: int) -> None:
        nearest = index.nearest(place)[:NEIGHBOURS]
        for score, other in (*nearest, *[(0, 0)] * (NEIGHBOURS - len(nearest))):
            self._places.append(other)
            self._scores.append(score)

    def rows(self) -> Iterator[Row]:
        pairs = zip(self._places, self._scores, strict=True)
        for paper in self.papers:
            for other, score in islice(pairs, NEIGHBOURS):
                if score:
                    yield Row(paper, self.papers[other], score)


def _replace(
    words: Words, index: VectorIndex, nearest: _Neighbours, started: datetime.datetime
) -> None:
    here = set(Paper.objects.values_list("pk", flat=True))
    changed = Paper.objects.filter(modified__gte=started)
    known = here.difference(changed.values_list("pk", flat=True))
    Related.objects.all().delete()
    PaperWords.objects.all().delete()
    store_words(words)
    insert_vectors(
        (paper, index.vector(place)) for place, paper in enumerate(nearest.papers) if paper in known
    )
    insert_related(row for row in nearest.rows() if row.paper in here and row.other in here)
