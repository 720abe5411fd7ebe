"""The previous and the next paper in the list that a reader came from.

The list is an address of this site, ``?list=/topics/rag/?zh=ok``: a digest, a day, the front page,
or a list in order of days. In all other cases, and if the list does not hold the paper, it is the
newest digest with the paper. The cost is a few queries for a list of any length.
"""

import datetime
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from django.http import QueryDict
from django.urls import Resolver404, resolve, reverse

from papers.db.version_cache import cached_per_version
from papers.lists.appearances import Appeared
from papers.lists.authors import by_author
from papers.lists.cursor import Cursor
from papers.lists.filters import PaperFilter
from papers.lists.sections import contents_of, newest_day
from papers.lists.topics import on_topics
from papers.models import (
    NEWEST_FIRST,
    OLDEST_FIRST,
    Appearance,
    Paper,
    PaperQuerySet,
    Topic,
)

LONGEST_ADDRESS = 1000
MOST_COUNTED = 1000
"""In a longer list the position of a paper is not counted."""


# Plain SQL, because the page of each paper begins with it and the ORM takes thrice as long.
_TITLES = "SELECT id, arxiv_id, title_en, title_zh, card FROM papers_paper"


@dataclass(frozen=True)
class Neighbours:
    """The neighbours of a paper in a list.

    ``day`` is set for digests and days, ``topic`` for digests only. ``query`` is the query string
    that keeps the list in links to the neighbours. ``position`` counts from 1; it is 0 if unknown.
    """

    address: str
    previous: Paper | None
    next: Paper | None
    query: str = ""
    topic: Topic | None = None
    day: datetime.date | None = None
    position: int = 0
    total: int = 0


def neighbours_of(paper: Paper, appeared: Sequence[Appeared], address: str) -> Neighbours | None:
    """Return the neighbours in the list at this address, or else in the paper's newest digest."""
    return _through(paper, appeared, address) or _through_digest(appeared, "")


def _through(paper: Paper, appeared: Sequence[Appeared], address: str) -> Neighbours | None:
    path, _, query = address.partition("?")
    if len(address) > LONGEST_ADDRESS:
        return None
    try:
        found = resolve(path)
    except Resolver404:
        return None
    kept = f"?{urlencode({'list': address})}"
    match found.url_name:
        case "digest":
            source = QueryDict(query).get("source", "")
            return _through_digest(_in_digest(appeared, source, **found.kwargs), kept)
        case "day":
            return _through_day(paper, found.kwargs["day"], address, kept)
        case "front":
            return _through_day(paper, newest_day(), address, kept)
        case "papers" | "topic" | "author":
            return _through_list(paper, found.url_name, found.kwargs, address, kept)
    return None


def _through_day(
    paper: Paper, day: datetime.date | None, address: str, kept: str
) -> Neighbours | None:
    order = contents_of(day).papers if day else []
    if paper.pk not in order:
        return None
    place = order.index(paper.pk)
    return Neighbours(
        address, *_around(order, place), kept, day=day, position=place + 1, total=len(order)
    )


def _around(order: Sequence[int], place: int) -> tuple[Paper | None, Paper | None]:
    """Return the papers before and after this place in a list of ids."""
    before, after = order[max(place - 1, 0) : place], order[place + 1 : place + 2]
    ids = [*before, *after]
    sql = f"{_TITLES} WHERE id IN ({', '.join(['%s'] * len(ids))})"
    papers = {one.pk: one for one in Paper.objects.raw(sql, ids)} if ids else {}
    previous, following = (
        next((papers[pk] for pk in ids if pk in papers), None) for ids in (before, after)
    )
    return previous, following


def _through_list(
    paper: Paper, kind: str, kwargs: dict[str, str], address: str, kept: str
) -> Neighbours | None:
    query = QueryDict(address.partition("?")[2])
    if query.get("q"):
        return None  # ordered by relevance, so the paper's position is not known
    papers = Paper.objects.published().newest_first()
    if kind == "topic":
        papers = on_topics(papers, [kwargs["slug"]])
    elif kind == "author":
        papers = by_author(papers, kwargs["key"])
    filtered = PaperFilter(query, queryset=papers).qs
    order = tuple(filtered.query.order_by)
    if order not in (NEWEST_FIRST, OLDEST_FIRST) or not filtered.filter(pk=paper.pk).exists():
        return None
    here = Cursor.behind(paper)
    newer, older = here.newer(filtered), here.older(filtered)
    ways = (_first(newer, OLDEST_FIRST), _first(older, NEWEST_FIRST))
    numbers = (_number(newer), _number(older))
    if order == OLDEST_FIRST:
        ways, numbers = ways[::-1], numbers[::-1]
    if max(numbers) > MOST_COUNTED:
        return Neighbours(address, *ways, kept)
    return Neighbours(address, *ways, kept, position=numbers[0] + 1, total=sum(numbers) + 1)


def _number(papers: PaperQuerySet) -> int:
    """Return how many papers these are, or a number above ``MOST_COUNTED``."""
    return papers.order_by()[: MOST_COUNTED + 1].count()


def _first(papers: PaperQuerySet, order: tuple[str, ...]) -> Paper | None:
    return papers.order_by(*order).defer("abstract_en", "abstract_zh").first()


def _in_digest(
    appeared: Iterable[Appeared], source: str, day: datetime.date, slug: str
) -> list[Appeared]:
    here = [one for one in appeared if one.day == day and one.topic.slug == slug]
    return [one for one in here if one.source.slug == source] if source else here


def _through_digest(appeared: Iterable[Appeared], kept: str) -> Neighbours | None:
    """Return the neighbours in the first of these digests that still lists the paper."""
    place = next((one for one in appeared if not one.withdrawn), None)
    if place is None:
        return None
    order = _order_of(place.digest)
    here = bisect_left(order, (place.position,))
    previous, following = _around([pk for _, pk in order], here)
    return Neighbours(
        address=f"{reverse('digest', args=[place.day, place.topic.slug])}"
        f"?source={place.source.slug}",
        previous=previous,
        next=following,
        query=kept,
        topic=place.topic,
        day=place.day,
        position=here + 1,
        total=len(order),
    )


@cached_per_version(size=100)
def _order_of(digest: int) -> list[tuple[int, int]]:
    """Return (position, paper id) of the visible papers of a digest, in order."""
    places = Appearance.objects.visible().filter(digest=digest)
    return list(places.order_by("position").values_list("position", "paper"))
