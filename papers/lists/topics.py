"""All topics, cached in this process: there are a few hundred, and every page names some."""

import hashlib
from collections.abc import Iterable

from django.db.models import Exists, OuterRef, QuerySet

from papers.db.version_cache import cached_per_version
from papers.lists import counts
from papers.models import PaperQuerySet, PaperTopic, Source, Topic

PAGE_LIMIT = 400
"""The largest number of papers that a list requests at once."""


@cached_per_version(size=2)
def topics_by_slug() -> dict[str, Topic]:
    """Return the topics by slug: themes first, each kind ordered by slug."""
    return {topic.slug: topic for topic in Topic.objects.all()}


@cached_per_version(size=2)
def topics_by_id() -> dict[int, Topic]:
    """Return the topics by id."""
    return {topic.pk: topic for topic in topics_by_slug().values()}


def current_slugs(slugs: Iterable[str]) -> list[str]:
    """Return the slugs of known topics, each once; merged topics give that of their successor."""
    asked, by_id = set(slugs), topics_by_id()
    topics = [topic for slug, topic in topics_by_slug().items() if slug in asked]
    stayed = (by_id[topic.merged_into_id] if topic.merged_into_id else topic for topic in topics)
    return list(dict.fromkeys(topic.slug for topic in stayed))


def on_topics(papers: PaperQuerySet, slugs: Iterable[str]) -> PaperQuerySet:
    """Return those of these papers that are on any of the topics.

    For rare topics the subquery lists their papers. For frequent ones the papers are scanned in
    order until a page is full, since listing a million ids would take a second.
    """
    topics = _known(slugs)
    links = _links(topics)
    if _are_frequent(topics):
        return papers.filter(Exists(links.filter(paper=OuterRef("pk"))))
    return papers.filter(pk__in=links.values("paper"))


def _are_frequent(topics: list[Topic]) -> bool:
    """Return whether scanning papers until a page is full is faster than listing the topics'
    papers.
    """
    number = sum(topic.paper_count for topic in topics)
    return number * number > PAGE_LIMIT * counts.daily().up_to(None)


def not_on_topics(papers: PaperQuerySet, slugs: Iterable[str]) -> PaperQuerySet:
    """Return those of these papers that are on none of the topics."""
    return papers.exclude(Exists(_links(_known(slugs)).filter(paper=OuterRef("pk"))))


def _known(slugs: Iterable[str]) -> list[Topic]:
    known = topics_by_slug()
    return [known[slug] for slug in slugs if slug in known]


def _links(topics: list[Topic]) -> QuerySet[PaperTopic]:
    return PaperTopic.objects.filter(topic__in=[topic.pk for topic in topics])


@cached_per_version(size=2)
def names_of_topics() -> str:
    """Return a hash of all topic names, part of the key of cached fragments."""
    names = [(slug, topic.name_en, topic.name_zh) for slug, topic in topics_by_slug().items()]
    return hashlib.sha256(repr(names).encode()).hexdigest()


@cached_per_version(size=2)
def sources_by_id() -> dict[int, Source]:
    """Return the sources by id."""
    return Source.objects.in_bulk()
