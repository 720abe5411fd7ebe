"""Compare new papers with all others: they get neighbours, and join the lists of theirs."""

from collections import defaultdict
from collections.abc import Iterable

from django.db import transaction
from django.db.models import Count, Min

from papers.db.bulk import chunks, in_values, select_rows
from papers.db.data_version import mark_data_changed
from papers.db.import_lock import import_lock
from papers.models import Paper, Related
from papers.related.build import Progress, plainly, relate_all_papers
from papers.related.index import VectorIndex
from papers.related.stored import (
    NEIGHBOURS,
    Row,
    insert_related,
    insert_vectors,
    stored_vectors,
    stored_words,
    texts,
)
from papers.related.vectors import Words, count_words

AT_ONCE = 200  # papers in one transaction, written in less than a second
GROWTH = 1.1
"""All papers are compared when there are so many times more than when the words were counted:
words that came up since are not known."""


def relate_new_papers(progress: Progress = plainly, wait: float = 0.0) -> int:
    """Compare new papers, and those whose English changed, with all; return how many they are.

    Compare all papers if none was compared yet, or if they have grown by a tenth since. Raise
    ImportRunning if an import does not end within ``wait`` seconds.
    """
    words = stored_words()
    if words is None or Paper.objects.count() > words.papers * GROWTH:
        return relate_all_papers(progress, wait)
    with import_lock(wait):
        new = Paper.objects.filter(words=None).order_by("arxiv_id")
        papers = list(new.values_list("pk", flat=True))
        if papers:
            compared = _Compared(words)
            for chunk in progress(list(chunks(papers, AT_ONCE)), "Comparing"):
                compared.relate(chunk)
    return len(papers)


class _Compared:
    """All compared papers with their vectors."""

    def __init__(self, words: Words) -> None:
        self._words = words
        self._index = VectorIndex()
        self._papers: list[int] = []  # by place
        for paper, vector in stored_vectors():
            self._index.add(vector)
            self._papers.append(paper)

    @transaction.atomic
    def relate(self, papers: list[int]) -> None:
        """Compare these papers, and store their neighbours and their places in others' lists."""
        # Lock the rows so that a curator's edit cannot come between reading and writing.
        list(Paper.objects.select_for_update().filter(pk__in=in_values(papers)).only("pk"))
        first = len(self._papers)
        for text in texts(papers):
            self._index.add(self._words.vector(count_words(text.title, text.abstract)))
            self._papers.append(text.paper)
        places = range(first, len(self._papers))
        insert_vectors((self._papers[place], self._index.vector(place)) for place in places)
        self._replace_neighbours(places)
        mark_data_changed()

    def _replace_neighbours(self, places: range) -> None:
        new = {self._papers[place] for place in places}
        for name in ("paper__in", "other__in"):
            Related.objects.filter(**{name: in_values(new)}).delete()
        own, of_others = [], []
        for place in places:
            nearest = self._index.nearest(place)
            paper = self._papers[place]
            own += [
                Row(paper, self._papers[near.place], near.score) for near in nearest[:NEIGHBOURS]
            ]
            of_others += [Row(self._papers[near.place], paper, near.score) for near in nearest]
        insert_related(own)
        _join([row for row in of_others if row.paper not in new])


def _join(rows: list[Row]) -> None:
    """Add rows to the lists of papers compared before, where they are nearer than the last one."""
    last = _last_scores({row.paper for row in rows})
    joining = [row for row in rows if row.score > last.get(row.paper, 0)]
    insert_related(joining)
    _cut({row.paper for row in joining})


def _last_scores(papers: Iterable[int]) -> dict[int, int]:
    """Return the lowest score of each of these papers that has ``NEIGHBOURS`` neighbours."""
    lists = Related.objects.filter(paper__in=in_values(papers)).values_list("paper_id")
    counted = lists.annotate(number=Count("pk"), last=Min("score"))
    full = counted.filter(number__gte=NEIGHBOURS)
    return {paper: last for paper, _, last in full}


def _cut(papers: Iterable[int]) -> None:
    """Delete what is beyond the nearest ``NEIGHBOURS`` of these papers."""
    rows = select_rows(Related, ("paper_id", "score", "id"), "paper_id", papers)
    lists: defaultdict[int, list[tuple[int, int]]] = defaultdict(list)
    for paper, score, pk in rows:
        lists[paper].append((-score, pk))
    beyond = [pk for near in lists.values() for _, pk in sorted(near)[NEIGHBOURS:]]
    Related.objects.filter(pk__in=in_values(beyond)).delete()
