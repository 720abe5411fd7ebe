"""Digests that are held back because they change the English text of another source's papers.

A publisher sometimes corrects a title. But a digest that differs from the original source of many
papers is probably a mistake or an attack. Such a digest is held back: its texts are stored as
evidence and not shown until a curator accepts it. Which digests are held back depends on everything
that was imported, and not on the order of import.
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
"""Number of papers that a digest may change without being held back."""

LARGEST_SHARE = 10
"""A digest that changes at most one in this many of its papers is not held back either."""

ESTABLISHED = 10
"""Number of digests that make a source a known one. A known source counts as the origin of a paper
before a new source, even if the new source gives earlier days."""

# The English fields of a paper, and the fields of an appearance with a different text.
_ENGLISH = {
    "title_en": "title_given",
    "abstract_en": "abstract_given",
    "authors_text": "authors_given",
}
_DIFFERS = Q(*((f"{given}__isnull", False) for given in _ENGLISH.values()), _connector=Q.OR)


class Turned(NamedTuple):
    """Digests that are newly held back or newly released, and all their papers, as ids."""

    digests: set[int]
    papers: set[int]


class Place(NamedTuple):
    """The English text of a paper in one digest."""

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
    """Count again how many papers the digests of these papers change; hold back or release them.

    Call it after the evidence is written and before the papers are reconciled.
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
    """Return the disputed papers of sources that may have become known, or new again.

    ``change`` is the largest change of a source's number of digests. A paper is disputed if its
    digests differ in English.
    """
    found: set[int] = set()
    for source in set(sources):
        most = ESTABLISHED + change
        if Digest.objects.filter(source=source).order_by()[:most].count() < most:
            of_source = Appearance.objects.filter(digest__source=source)
            found |= set(of_source.filter(_DIFFERS).values_list("paper_id", flat=True))
    return found


def problem_of(digest: Digest) -> Problem | None:
    """Return the problem to report for a digest that changes papers of another source.

    None if it changes none, or if its changes were accepted.
    """
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
    """Return the digests whose count may change because of these papers."""
    of_papers = Appearance.objects.filter(paper__in=in_values(papers))
    disputed = set(of_papers.filter(_DIFFERS).values_list("paper_id", flat=True))
    counted = Q(digest__changed_count__gt=0)
    if disputed:
        counted |= Q(paper__in=in_values(disputed))
    return set(of_papers.filter(counted).values_list("digest_id", flat=True))


def _judge(digests: list[int]) -> set[int]:
    """Write the counts of these digests; return those newly held back or released."""
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
    """Return how many papers each of these digests changes."""
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
    """Yield all places of the disputed papers in these digests."""
    appearances = Appearance.objects.standing().filter(paper=OuterRef("paper"))
    disputed = (
        Appearance.objects.standing()
        .filter(Exists(appearances.filter(_DIFFERS)), digest__in=digests)
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
    """Return the places of a paper that differ from every text of the source it comes from.

    A paper comes from the source with the lowest rank. Between equal ranks a known source comes
    first, then the source that gave the paper first.
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
