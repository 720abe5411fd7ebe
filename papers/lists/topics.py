"""All topics, kept in this process: there are some hundreds at most, and every page names some."""

import hashlib
from collections.abc import Iterable

from django.db.models import Exists, OuterRef, QuerySet

from papers.db.version_cache import cached_per_version
from papers.lists import counts
from papers.models import PaperQuerySet, PaperTopic, Source, Topic

PAGE_LIMIT = 400
"""Papers that a list is asked for at once, at most."""


@cached_per_version(size=2)
def topics_by_slug() -> dict[str, Topic]:
    """In the order of the shelf: themes first, each kind by slug."""
    return {topic.slug: topic for topic in Topic.objects.all()}


@cached_per_version(size=2)
def topics_by_id() -> dict[int, Topic]:
    return {topic.pk: topic for topic in topics_by_slug().values()}


def current_slugs(slugs: Iterable[str]) -> list[str]:
    """Those of these slugs that are topics, each once; a merged one as the one that stayed."""
    asked, by_id = set(slugs), topics_by_id()
    topics = [topic for slug, topic in topics_by_slug().items() if slug in asked]
    stayed = (by_id[topic.merged_into_id] if topic.merged_into_id else topic for topic in topics)
    return list(dict.fromkeys(topic.slug for topic in stayed))


def on_topics(papers: PaperQuerySet, slugs: Iterable[str]) -> PaperQuerySet:
    """Those of these papers that are on any of the topics.

    A rare topic names its papers. On a frequent one the papers are looked at in their order until
    there are enough for a page: to name them all would take a second for a million.
    """
    topics = _known(slugs)
    links = _links(topics)
    if _are_frequent(topics):
        return papers.filter(Exists(links.filter(paper=OuterRef("pk"))))
    return papers.filter(pk__in=links.values("paper"))


def _are_frequent(topics: list[Topic]) -> bool:
    """Whether fewer papers are looked at until a page is full than the topics have."""
    number = sum(topic.paper_count for topic in topics)
    return number * number > PAGE_LIMIT * counts.daily().up_to(None)


def not_on_topics(papers: PaperQuerySet, slugs: Iterable[str]) -> PaperQuerySet:
    """Those of these papers that are on none of the topics."""
    return papers.exclude(Exists(_links(_known(slugs)).filter(paper=OuterRef("pk"))))


def _known(slugs: Iterable[str]) -> list[Topic]:
    known = topics_by_slug()
    return [known[slug] for slug in slugs if slug in known]


def _links(topics: list[Topic]) -> QuerySet[PaperTopic]:
    return PaperTopic.objects.filter(topic__in=[topic.pk for topic in topics])


@cached_per_version(size=2)
def names_of_topics() -> str:
    """A hash of the names that what is made of a paper may show."""
    names = [(slug, topic.name_en, topic.name_zh) for slug, topic in topics_by_slug().items()]
    return hashlib.sha256(repr(names).encode()).hexdigest()


@cached_per_version(size=2)
def sources_by_id() -> dict[int, Source]:
    return Source.objects.in_bulk()
