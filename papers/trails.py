"""The previous and the next paper of the list that a reader came from.

The list is an address of this site, ``?list=/topics/rag/?zh=ok``: a digest, or papers in the order
of days. Of a day it is the paper's digest there. Without one, or where it is none of these or does
not hold the paper, it is the newest digest that the paper stands in. Every list costs a few
queries, however long it is.
"""

import datetime
from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import urlencode

from django.db.models import Q
from django.http import QueryDict
from django.urls import Resolver404, resolve, reverse

from papers.filters import PaperFilter
from papers.models import (
    NEWEST_FIRST,
    OLDEST_FIRST,
    Appearance,
    AppearanceQuerySet,
    Digest,
    Paper,
    PaperQuerySet,
    Topic,
)

LONGEST_ADDRESS = 1000


@dataclass(frozen=True)
class Trail:
    """The neighbours of a paper in a list. ``topic`` and ``day`` name a digest; other lists only
    have their address. ``query`` keeps the list on the way to the neighbours."""

    address: str
    previous: Paper | None
    next: Paper | None
    query: str = ""
    topic: Topic | None = None
    day: datetime.date | None = None


def trail_of(paper: Paper, address: str) -> Trail | None:
    """The trail through the list at this address, else through the paper's newest digest.

    The paper's appearances are prefetched, newest first.
    """
    return _through(paper, address) or _through_digest(paper, lambda digest: True, "")


def _through(paper: Paper, address: str) -> Trail | None:
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
            meant = (found.kwargs["day"], found.kwargs["slug"])
            source = QueryDict(query).get("source", "")
            return _through_digest(
                paper,
                lambda digest: (
                    (digest.date, digest.topic.slug) == meant
                    and (not source or digest.source.slug == source)
                ),
                kept,
            )
        case "day":
            return _through_digest(paper, lambda digest: digest.date == found.kwargs["day"], kept)
        case "papers" | "topic" | "author":
            return _through_list(paper, found.url_name, found.kwargs, address, kept)
    return None


def _through_list(
    paper: Paper, kind: str, kwargs: dict[str, str], address: str, kept: str
) -> Trail | None:
    query = QueryDict(address.partition("?")[2])
    if query.get("q"):
        return None  # ranked by relevance: a paper's place in it cannot be asked for
    papers = Paper.objects.published().newest_first()
    if kind == "topic":
        papers = papers.on_topics([kwargs["slug"]])
    elif kind == "author":
        papers = papers.by_author(kwargs["key"])
    filtered = PaperFilter(query, queryset=papers).qs
    order = tuple(filtered.query.order_by)
    if order not in (NEWEST_FIRST, OLDEST_FIRST) or not filtered.filter(pk=paper.pk).exists():
        return None
    newer, older = _newer(filtered, paper), _older(filtered, paper)
    previous, following = (newer, older) if order == NEWEST_FIRST else (older, newer)
    return Trail(address, previous, following, kept)


def _newer(papers: PaperQuerySet, paper: Paper) -> Paper | None:
    same_day = Q(first_seen=paper.first_seen, arxiv_id__gt=paper.arxiv_id)
    return _first(papers.filter(same_day | Q(first_seen__gt=paper.first_seen)), OLDEST_FIRST)


def _older(papers: PaperQuerySet, paper: Paper) -> Paper | None:
    same_day = Q(first_seen=paper.first_seen, arxiv_id__lt=paper.arxiv_id)
    return _first(papers.filter(same_day | Q(first_seen__lt=paper.first_seen)), NEWEST_FIRST)


def _first(papers: PaperQuerySet, order: tuple[str, ...]) -> Paper | None:
    return papers.order_by(*order).defer("abstract_en", "abstract_zh").first()


def _through_digest(paper: Paper, is_meant: Callable[[Digest], bool], kept: str) -> Trail | None:
    """Through the first of the paper's digests, newest first, that is meant."""
    for place in paper.appearances.all():
        digest = place.digest
        if place.withdrawn or not is_meant(digest):
            continue
        others = Appearance.objects.standing().filter(digest=digest, paper__hidden=False)
        return Trail(
            address=f"{reverse('digest', args=[digest.date, digest.topic.slug])}"
            f"?source={digest.source.slug}",
            previous=_paper_of(others.filter(position__lt=place.position).order_by("-position")),
            next=_paper_of(others.filter(position__gt=place.position).order_by("position")),
            query=kept,
            topic=digest.topic,
            day=digest.date,
        )
    return None


def _paper_of(places: AppearanceQuerySet) -> Paper | None:
    shown = ("paper__arxiv_id", "paper__title_en", "paper__title_zh", "paper__card")
    place = places.select_related("paper").only(*shown).first()
    return place.paper if place else None
