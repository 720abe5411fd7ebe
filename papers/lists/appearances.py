"""The digests that list a paper, and the papers that the digests of a day list."""

import datetime
from dataclasses import dataclass

from django.db.models import Q

from papers.db.raw_sql import fetch_all
from papers.lists.topics import sources_by_id, topics_by_id
from papers.models import NEWEST_FIRST, Appearance, Digest, Paper, PaperQuerySet, Source, Topic

# Plain SQL, because the page of every paper runs this query.
_OF_PAPER = (
    "SELECT digest_id, position, withdrawn, date, topic_id, source_id "
    f"FROM {Appearance._meta.db_table} AS place JOIN {Digest._meta.db_table} AS digest "
    "ON digest.id = digest_id WHERE paper_id = %s"
)


@dataclass(frozen=True)
class Appeared:
    """A paper's position in one digest."""

    digest: int
    position: int
    withdrawn: bool
    day: datetime.date
    topic: Topic
    source: Source


def appearances_of(paper: Paper) -> list[Appeared]:
    """Return the appearances of a paper, newest first; of one day by topic, then by source.

    Costs one query for any number of digests.
    """
    topics, sources = topics_by_id(), sources_by_id()
    rows = fetch_all(_OF_PAPER, [paper.pk])
    appeared = [
        Appeared(digest, position, withdrawn, day, topics[topic], sources[source])
        for digest, position, withdrawn, day, topic, source in rows
        if topic in topics and source in sources  # else imported after caching
    ]
    return sorted(appeared, key=_place)


def _place(one: Appeared) -> tuple[int, str, str]:
    return -one.day.toordinal(), one.topic.slug, one.source.name


def seen_on(papers: PaperQuerySet, day: datetime.date) -> PaperQuerySet:
    """Return the papers that a digest of this day lists."""
    return papers.filter(_appeared_on(day))


def on_front(
    papers: PaperQuerySet, day: datetime.date, today: datetime.date | None = None
) -> PaperQuerySet:
    """Return the featured papers of a day, in the order that curators set.

    These are featured papers in a digest of this day, and those whose end date is still to come.
    """
    featured = papers.featured(today).filter(_appeared_on(day) | Q(featured_until__isnull=False))
    return featured.order_by("featured_order", *NEWEST_FIRST)


def _appeared_on(day: datetime.date) -> Q:
    appearances = Appearance.objects.standing().filter(digest__date=day)
    return Q(pk__in=appearances.values("paper"))
