"""Digests that change what readers see of papers that another source gave.

A publisher now and then corrects a title, but a digest that says otherwise of many papers than the
source that they come from is a mistake, or worse. Such a digest is held back: what it says is kept
as evidence and shown nowhere, until a curator accepts it. Which digests these are follows from all
that was imported, and not from the order of import.
"""

import datetime
from collections import defaultdict
from collections.abc import Iterable
from typing import NamedTuple

from django.db.models import Count, Exists, OuterRef, Q
from django.db.models.functions import Coalesce

from papers.db.bulk import chunks, in_values, update_rows
from papers.digests.errors import Problem
from papers.models import Appearance, Digest

MAX_CHANGED = 10
"""Papers that a digest may change without being held back."""

LARGEST_SHARE = 10
"""So may a digest of which fewer papers than one in this many are changed."""

ESTABLISHED = 10
"""Digests that make a source a known one: it comes before a newcomer, whatever days that gives."""

# The fields of a paper, and where an appearance says something else.
_ENGLISH = {
    "title_en": "title_given",
    "abstract_en": "abstract_given",
    "authors_text": "authors_given",
}
_SAYS_OTHERWISE = Q(*((f"{given}__isnull", False) for given in _ENGLISH.values()), _connector=Q.OR)


class Turned(NamedTuple):
    """Digests that are held back now and were not, or the other way round, and all their papers."""

    digests: set[int]
    papers: set[int]


class Place(NamedTuple):
    """What a digest says of a paper in English."""

    paper: int
    digest: int
    day: datetime.date
    source: int
    source_name: str
    rank: int
    title: str
    abstract: str
    authors: str


def judge(papers: Iterable[int]) -> Turned:
    """Counts again what the digests of these papers change, and holds back or lets go.

    Call it after the evidence was written and before the papers are settled.
    """
    concerned: set[int] = set()
    for chunk in chunks(papers):
        concerned |= _concerned(chunk)
    turned: set[int] = set()
    for some in chunks(sorted(concerned), 100):
        turned |= _judge(some)
    if not turned:
        return Turned(set(), set())
    of_turned = Appearance.objects.filter(digest__in=in_values(turned))
    return Turned(turned, set(of_turned.values_list("paper_id", flat=True)))


def papers_of_newcomers(sources: Iterable[int], change: int) -> set[int]:
    """The disputed papers of those sources that may have become known ones, or newcomers again, as
    their number of digests changed by at most ``change``."""
    found: set[int] = set()
    for source in set(sources):
        most = ESTABLISHED + change
        if Digest.objects.filter(source=source).order_by()[:most].count() < most:
            of_source = Appearance.objects.filter(digest__source=source)
            found |= set(of_source.filter(_SAYS_OTHERWISE).values_list("paper_id", flat=True))
    return found


def problem_of(digest: Digest) -> Problem | None:
    """What is said of a digest that changes papers of others; None of one whose changes a curator
    accepted, and of all other digests."""
    if not digest.changed_count or digest.changes_accepted:
        return None
    message = f"Papers whose English differs from another source: {digest.changed_count:,}."
    if not digest.held:
        return Problem("changes-others", message)
    return Problem(
        "held-back",
        f"{message} The digest is stored, but its texts are not shown until a curator accepts it "
        "in the admin or it is imported with --accept-changes.",
    )


def _concerned(papers: list[int]) -> set[int]:
    """The digests of which one of these papers may change the count."""
    of_papers = Appearance.objects.filter(paper__in=in_values(papers))
    disputed = set(of_papers.filter(_SAYS_OTHERWISE).values_list("paper_id", flat=True))
    counted = Q(digest__changed_count__gt=0)
    if disputed:
        counted |= Q(paper__in=in_values(disputed))
    return set(of_papers.filter(counted).values_list("digest_id", flat=True))


def _judge(digests: list[int]) -> set[int]:
    """Writes the counts of these digests; returns those that were turned."""
    changed = _changed(digests)
    standing = Count("appearances", filter=Q(appearances__withdrawn=False))
    turned = set()
    rows = []
    for digest in Digest.objects.filter(pk__in=digests).annotate(standing=standing):
        number = changed[digest.pk]
        many = number > MAX_CHANGED and number * LARGEST_SHARE > digest.standing
        held = many and not digest.changes_accepted
        if (number, held) != (digest.changed_count, digest.held):
            rows.append((number, held, digest.pk))
        if held != digest.held:
            turned.add(digest.pk)
    update_rows(Digest, ("changed_count", "held"), rows)
    return turned


def _changed(digests: list[int]) -> dict[int, int]:
    """How many papers each of these digests changes."""
    numbers: dict[int, int] = defaultdict(int)
    by_paper: dict[int, list[Place]] = defaultdict(list)
    for place in _places(digests):
        by_paper[place.paper].append(place)
    known = _known_sources({place.source for places in by_paper.values() for place in places})
    for places in by_paper.values():
        for place in _changing(places, known):
            numbers[place.digest] += 1
    return numbers


def _places(digests: list[int]) -> Iterable[Place]:
    """All places of the papers in these digests that are not told of in one way."""
    told = Appearance.objects.standing().filter(paper=OuterRef("paper"))
    disputed = (
        Appearance.objects.standing()
        .filter(Exists(told.filter(_SAYS_OTHERWISE)), digest__in=digests)
        .values("paper")
    )
    rows = Appearance.objects.standing().filter(paper__in=disputed)
    for row in rows.values_list(
        *("paper_id", "digest_id", "digest__date"),
        *("digest__source_id", "digest__source__name", "digest__source__rank"),
        *(Coalesce(given, f"paper__{shown}") for shown, given in _ENGLISH.items()),
    ):
        yield Place(*row)


def _known_sources(sources: set[int]) -> set[int]:
    return {
        source
        for source in sources
        if Digest.objects.filter(source=source).order_by()[:ESTABLISHED].count() == ESTABLISHED
    }


def _changing(places: list[Place], known: set[int]) -> list[Place]:
    """Those of a paper's places that say otherwise than the source that it comes from ever did.

    That is the source of the lowest rank; of several one that is known; then the one that gave the
    paper first.
    """
    first = min(
        places, key=lambda one: (one.rank, one.source not in known, one.day, one.source_name)
    )
    own = [place for place in places if place.source == first.source]
    return [
        place
        for place in places
        if place.source != first.source
        and not (
            place.title in {one.title for one in own}
            and place.abstract in {one.abstract for one in own}
            and place.authors in {one.authors for one in own}
        )
    ]
