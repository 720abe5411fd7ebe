"""The previous and the next paper of the list that a reader came from.

The list is an address of this site, ``?list=/topics/rag/?zh=ok``: a digest, or papers in the order
of days. Of a day it is the paper's digest there. Without one, or where it is none of these or does
not hold the paper, it is the newest digest that the paper stands in. Every list costs a few
queries, however long it is.
"""

import datetime
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
    """The trail through the list at this address, else through the paper's newest digest."""
    return _through(paper, address) or _through_newest_digest(paper)


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
            day, slug = found.kwargs["day"], found.kwargs["slug"]
            source = QueryDict(query).get("source", "")
            return _through_digest(paper, Q(date=day, topic__slug=slug), source, kept)
        case "day":
            return _through_digest(paper, Q(date=found.kwargs["day"]), "", kept)
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


def _through_newest_digest(paper: Paper) -> Trail | None:
    digests = Q(appearances__paper=paper, appearances__withdrawn=False)
    return _through_digest(paper, digests, "", "")


def _through_digest(paper: Paper, which: Q, source: str, kept: str) -> Trail | None:
    places = Appearance.objects.standing().filter(
        paper=paper, digest__in=Digest.objects.filter(which)
    )
    if source:
        places = places.filter(digest__source__slug=source)
    place = (
        places.select_related("digest__topic", "digest__source")
        .order_by("-digest__date", "digest__topic__slug", "digest__source__name")
        .first()
    )
    if place is None:
        return None
    digest = place.digest
    others = Appearance.objects.standing().filter(digest=digest, paper__hidden=False)
    others = others.select_related("paper").defer("paper__abstract_en", "paper__abstract_zh")
    before = others.filter(position__lt=place.position).order_by("-position").first()
    after = others.filter(position__gt=place.position).order_by("position").first()
    return Trail(
        address=f"{reverse('digest', args=[digest.date, digest.topic.slug])}"
        f"?source={digest.source.slug}",
        previous=before.paper if before else None,
        next=after.paper if after else None,
        query=kept,
        topic=digest.topic,
        day=digest.date,
    )
