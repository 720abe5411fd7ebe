"""Stored counts of published papers by day, so that no page has to count papers.

A day is always recounted as a whole, from the rows that lists read. The counts cannot drift, and
the cost depends on the papers of that day only.
"""

import datetime
from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import accumulate, pairwise

from django.db.models import Count, OuterRef, QuerySet, Subquery, Sum
from django.db.models.functions import Coalesce

from papers.db import data_version
from papers.db.bulk import chunks, insert_rows
from papers.db.version_cache import cached_per_version
from papers.models import Author, Authorship, DailyCount, Paper, PaperTopic, Topic

EXACT_UNION_LIMIT = 10_000  # papers; unions of topics up to this size are counted exactly

Row = tuple[int | None, str, datetime.date, int]


@dataclass(frozen=True)
class CumulativeCounts:
    """The days that have papers, oldest first, and the running total of papers up to each day.

    If ``is_whole`` is false, the list has more papers than were counted.
    """

    days: tuple[datetime.date, ...]
    totals: tuple[int, ...]
    is_whole: bool = True

    @classmethod
    def of(
        cls, numbers: Iterable[tuple[datetime.date, int]], is_whole: bool = True
    ) -> "CumulativeCounts":
        rows = list(numbers)
        return cls(tuple(day for day, _ in rows), tuple(accumulate(n for _, n in rows)), is_whole)

    def up_to(self, day: datetime.date | None) -> int:
        """Return the number of papers up to this day, included; None counts all."""
        place = len(self.days) if day is None else bisect_right(self.days, day)
        return self.totals[place - 1] if place else 0

    def before(self, day: datetime.date | None) -> int:
        """Return the number of papers before this day; None counts none."""
        place = 0 if day is None else bisect_left(self.days, day)
        return self.totals[place - 1] if place else 0

    def between(self, first: datetime.date | None, last: datetime.date | None) -> int:
        """Return the number of papers between two days, both included; None leaves an end open."""
        return max(self.up_to(last) - self.before(first), 0)

    def place_of(self, number: int) -> int:
        """Return the index in ``days`` of the day with the paper of this number (from 1)."""
        return bisect_left(self.totals, number)

    def by_day(self, first: datetime.date, last: datetime.date) -> dict[datetime.date, int]:
        """Return the number of papers by day, for the days between these two that have any."""
        days = slice(bisect_left(self.days, first), bisect_right(self.days, last))
        totals = [self.before(first), *self.totals[days]]
        numbers = (up_to - before for before, up_to in pairwise(totals))
        return dict(zip(self.days[days], numbers, strict=True))


# ---- writing


def recount(days: Iterable[datetime.date]) -> None:
    """Recount these days.

    Call it at the end of the transaction of every write that changes which papers lists show.
    """
    days = sorted(set(days))
    if days:
        # this locks a row, so that only one transaction recounts at a time
        data_version.mark_data_changed()
    for chunk in chunks(days):
        DailyCount.objects.filter(day__in=chunk).delete()
        insert_rows(DailyCount, ("topic_id", "zh_state", "day", "papers"), counted(chunk))


def counted(days: list[datetime.date]) -> list[Row]:
    """Return the rows that these days should have."""
    links = PaperTopic.objects.filter(first_seen__in=days).order_by()
    of_topics = links.values_list("topic_id", "zh_state", "first_seen").annotate(Count("pk"))
    papers = Paper.objects.published().filter(first_seen__in=days).order_by()
    of_all = papers.values_list("zh_state", "first_seen").annotate(Count("pk"))
    return [*of_topics, *((None, *row) for row in of_all)]


# ---- reading


@cached_per_version(size=500)
def daily(topic: int | None = None, zh_state: str = "") -> CumulativeCounts:
    """Return the counts of one topic or of all papers, in one state of the Chinese or in any."""
    rows = DailyCount.objects.filter(topic=topic)
    if zh_state:
        rows = rows.filter(zh_state=zh_state)
    return CumulativeCounts.of(rows.order_by("day").values_list("day").annotate(Sum("papers")))


@cached_per_version(size=100)
def daily_of_any(
    topics: tuple[int, ...], zh_state: str = "", oldest_first: bool = False
) -> CumulativeCounts:
    """Return the counts of papers on any of these topics, each paper counted once.

    Above ``EXACT_UNION_LIMIT`` papers only the first days of the list are counted.
    """
    each = [daily(topic, zh_state) for topic in topics]
    links = PaperTopic.objects.filter(topic__in=topics, first_seen__isnull=False)
    is_whole = sum(one.up_to(None) for one in each) <= EXACT_UNION_LIMIT
    if not is_whole:
        most = max(each, key=lambda one: one.up_to(None))
        links = _first_of(links, most, oldest_first)
    if zh_state:
        links = links.filter(zh_state=zh_state)
    numbers = links.order_by("first_seen").values_list("first_seen")
    return CumulativeCounts.of(numbers.annotate(Count("paper", distinct=True)), is_whole)


def _first_of(links: QuerySet, most: CumulativeCounts, oldest_first: bool) -> QuerySet:
    """Keep the first days of the list, as many as give the largest topic enough papers."""
    all_of_it = most.up_to(None)
    if oldest_first:
        last = most.days[most.place_of(min(EXACT_UNION_LIMIT, all_of_it))]
        return links.filter(first_seen__lte=last)
    first = most.days[most.place_of(max(all_of_it - EXACT_UNION_LIMIT + 1, 1))]
    return links.filter(first_seen__gte=first)


@cached_per_version(size=500)
def by_topic(
    first: datetime.date | None, last: datetime.date | None, zh_state: str = ""
) -> dict[int | None, int]:
    """Return the number of papers of each topic between two days, both included.

    The key None is the number of all papers.
    """
    rows = DailyCount.objects.filter(zh_state=zh_state) if zh_state else DailyCount.objects.all()
    if first:
        rows = rows.filter(day__gte=first)
    if last:
        rows = rows.filter(day__lte=last)
    return dict(rows.order_by().values_list("topic").annotate(Sum("papers")))


# ---- checking


def differences() -> list[str]:
    """Return a line for each stored count that differs from a fresh count."""
    fields = ("topic_id", "zh_state", "day", "papers")
    found: list[str] = []
    for days in chunks(days_of_all()):
        kept = set(DailyCount.objects.filter(day__in=days).values_list(*fields))
        for row in kept ^ set(counted(days)):
            topic, state, day, papers = row
            which = "stored" if row in kept else "counted"
            found.append(f"{day}, topic {topic or 'any'}, {state}: {papers} {which}")
    return sorted(found)


def days_of_all() -> list[datetime.date]:
    """Return every day that has papers or stored counts."""
    of_papers = Paper.objects.order_by().values_list("first_seen", flat=True).distinct()
    links = PaperTopic.objects.exclude(first_seen=None).order_by()
    of_links = links.values_list("first_seen", flat=True).distinct()
    kept = DailyCount.objects.order_by().values_list("day", flat=True).distinct()
    return sorted({*of_papers, *(day for day in of_links if day), *kept})


def recount_authors(ids: Iterable[int]) -> None:
    """Recount the published papers of these authors."""
    links = Authorship.objects.filter(author=OuterRef("pk"), paper__hidden=False)
    for chunk in chunks(ids):
        _recount(Author.objects.filter(pk__in=chunk), links, "author")


def recount_topics(ids: Iterable[int]) -> None:
    """Recount the published papers of these topics."""
    links = PaperTopic.objects.filter(topic=OuterRef("pk"), paper__hidden=False)
    for chunk in chunks(ids):
        _recount(Topic.objects.filter(pk__in=chunk), links, "topic")


def _recount(rows: QuerySet, links: QuerySet, owner: str) -> None:
    numbers = links.order_by().values(owner).annotate(number=Count("paper", distinct=True))
    rows.update(paper_count=Coalesce(Subquery(numbers.values("number")), 0))
