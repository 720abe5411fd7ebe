"""Lists of paper ids in which the last page is as fast as the first.

The stored counts give the length of a list and the day on which a page starts. The papers of a page
are then a short range of an index. Only lists without stored counts use an offset.
"""

import datetime
from abc import abstractmethod
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple, overload

from django.db.models import Exists, OuterRef, QuerySet

from papers.db.raw_sql import fetch_all
from papers.lists import counts
from papers.lists.counts import CumulativeCounts
from papers.lists.filters import PaperFilter
from papers.lists.topics import topics_by_slug
from papers.models import NEWEST_FIRST, OLDEST_FIRST, PUBLISHED, Author, Authorship, PaperTopic

COUNT_LIMIT = 10_000  # papers that are counted and paged in lists without stored counts


class Ids(Sequence[int]):
    """The ids of a list's papers, in order; with ``is_more`` the list was cut."""

    is_more = False

    @overload
    def __getitem__(self, place: int) -> int: ...

    @overload
    def __getitem__(self, place: slice) -> list[int]: ...

    def __getitem__(self, place: int | slice) -> int | list[int]:
        if isinstance(place, slice):
            start, stop, _ = place.indices(len(self))
            return self._between(start, stop) if start < stop else []
        return self._between(*slice(place, place + 1).indices(len(self))[:2])[0]

    @abstractmethod
    def _between(self, start: int, stop: int) -> list[int]:
        """Return the ids from index ``start`` up to ``stop``, excluded."""


@dataclass(frozen=True)
class ListRequest:
    """The filters of a list, without the words of a query."""

    topics: tuple[str, ...] = ()
    author: str = ""
    first: datetime.date | None = None
    last: datetime.date | None = None
    zh_state: str = ""
    oldest_first: bool = False

    @property
    def order(self) -> tuple[str, ...]:
        return OLDEST_FIRST if self.oldest_first else NEWEST_FIRST

    @property
    def is_narrowed(self) -> bool:
        return bool(self.first or self.last or self.zh_state)


class ByDay(Ids):
    """A list with stored counts: all papers, or those of one or several topics."""

    def __init__(self, asked: ListRequest, daily: CumulativeCounts, rows: "Rows") -> None:
        self._asked, self._daily, self._rows = asked, daily, rows
        self.is_more = not daily.is_whole

    def __len__(self) -> int:
        return self._daily.between(self._asked.first, self._asked.last)

    def _between(self, start: int, stop: int) -> list[int]:
        begin, end = (self._daily.place_of(self._number(rank)) for rank in (start, stop - 1))
        skipped = self._skipped(begin, self._number(start))
        rows = self._rows.where(*self._days(min(begin, end), max(begin, end)))
        return rows.ids(self._asked.oldest_first, skipped, stop - start)

    def _number(self, rank: int) -> int:
        """Return the number of the paper at this rank (from 0); the oldest paper is number 1."""
        if self._asked.oldest_first:
            return self._daily.before(self._asked.first) + rank + 1
        return self._daily.up_to(self._asked.last) - rank

    def _skipped(self, place: int, number: int) -> int:
        """Return how many papers of this day are on earlier pages."""
        totals = self._daily.totals
        if self._asked.oldest_first:
            return number - 1 - (totals[place - 1] if place else 0)
        return totals[place] - number

    def _days(self, first: int, last: int) -> tuple[str, list[str]]:
        """Return the condition that a row is of these days, and its parameters."""
        days = [day.isoformat() for day in self._daily.days[first : last + 1]]
        if self._asked.zh_state:  # each of these days has a paper; skip the days between
            return f"first_seen IN ({_marks(days)})", days
        return "first_seen >= %s AND first_seen <= %s", [days[0], days[-1]]


class Rows(NamedTuple):
    """Rows that have ``first_seen`` and ``arxiv_id``, as SQL that selects the papers' ids.

    Every list runs this query, and Django's ORM takes three times as long to build it as the
    database to answer it.
    """

    select: str
    params: list[Any]

    def where(self, condition: str, params: list[Any]) -> "Rows":
        return Rows(f"{self.select} AND {condition}", [*self.params, *params])

    def ids(self, oldest_first: bool, skipped: int, number: int) -> list[int]:
        """Return ``number`` of the ids in the order of the list, without the first ``skipped``."""
        way = "ASC" if oldest_first else "DESC"
        sql = f"{self.select} ORDER BY first_seen {way}, arxiv_id {way} LIMIT %s OFFSET %s"
        return [pk for pk, *_ in fetch_all(sql, [*self.params, number, skipped])]


def _marks(values: Sequence) -> str:
    return ", ".join(["%s"] * len(values))


class ByOffset(Ids):
    """A list without stored counts: counted up to a limit and paged by offset."""

    def __init__(self, rows: QuerySet) -> None:
        self._rows = rows
        self._number = rows.order_by()[: COUNT_LIMIT + 1].count()
        self.is_more = self._number > COUNT_LIMIT

    def __len__(self) -> int:
        return min(self._number, COUNT_LIMIT)

    def _between(self, start: int, stop: int) -> list[int]:
        return list(self._rows[start:stop].values_list("pk", flat=True))


class OfAuthor(Ids):
    """All papers of one author, or those on some topics: some thousands at most."""

    def __init__(self, asked: ListRequest) -> None:
        author = Author.objects.filter(key=asked.author).only("paper_count").first()
        self._number = author.paper_count if author else 0
        links = Authorship.objects.filter(author=author, first_seen__isnull=False)
        if asked.topics:  # the authorships are read in their order, and no paper is
            on_them = PaperTopic.objects.filter(topic__in=_topic_ids(asked))
            links = links.filter(Exists(on_them.filter(paper=OuterRef("paper"))))
            self._number = links.count()
        self._rows = links.order_by(*asked.order).values_list("paper_id", flat=True)

    def __len__(self) -> int:
        return self._number

    def _between(self, start: int, stop: int) -> list[int]:
        return list(self._rows[start:stop])


def listing(filtered: PaperFilter, topic: str = "", author: str = "") -> Ids:
    """Return the list that the filters select, on the page of a topic or an author within it."""
    asked = asked_of(filtered, topic, author)
    if asked is None:
        return ByOffset(filtered.qs)
    if asked.author:
        return OfAuthor(asked)
    return of_days(asked)


def of_days(asked: ListRequest) -> Ids:
    """Return a list with stored counts."""
    rows = _of_topics(_topic_ids(asked)) if asked.topics else _OF_ALL
    if asked.zh_state:
        rows = rows.where("zh_state = %s", [asked.zh_state])
    return ByDay(asked, daily_counts(asked), rows)


_OF_ALL = Rows(f"SELECT id FROM papers_paper WHERE {PUBLISHED}", [])


def _of_topics(ids: tuple[int, ...]) -> Rows:
    """Return the links of these topics, which exist; a paper of several of them counts once."""
    columns = "paper_id" if len(ids) == 1 else "DISTINCT paper_id, first_seen, arxiv_id"
    sql = f"SELECT {columns} FROM papers_papertopic WHERE first_seen IS NOT NULL"
    return Rows(f"{sql} AND topic_id IN ({_marks(ids)})", [*ids])


def number_of(asked: ListRequest) -> int:
    """Return the number of papers of a list, from stored counts alone."""
    return daily_counts(asked).between(asked.first, asked.last)


def daily_counts(asked: ListRequest) -> CumulativeCounts:
    """Return the stored counts of a list by day, for all days."""
    if not asked.topics:
        return counts.daily(None, asked.zh_state)
    ids = _topic_ids(asked)
    if len(ids) == 1:
        return counts.daily(ids[0], asked.zh_state)
    return counts.daily_of_any(ids, asked.zh_state, asked.oldest_first)


def _topic_ids(asked: ListRequest) -> tuple[int, ...]:
    known = topics_by_slug()
    return tuple(known[slug].pk for slug in asked.topics if slug in known)


def asked_of(filtered: PaperFilter, topic: str = "", author: str = "") -> ListRequest | None:
    """Return the filters as a ListRequest; None if only an offset query can answer them."""
    filtered.form.is_valid()  # parses the address; errors are in not_understood
    said = filtered.form.cleaned_data
    if said.get("q") or said.get("id"):
        return None
    if (topic and said.get("topic")) or (author and said.get("author")):
        return None
    asked = ListRequest(
        topics=(topic,) if topic else tuple(said.get("topic") or ()),
        author=author or said.get("author") or "",
        first=said.get("from"),
        last=said.get("to"),
        zh_state=said.get("zh") or "",
        oldest_first=said.get("sort") == "oldest",
    )
    return None if asked.author and asked.is_narrowed else asked
