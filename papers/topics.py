"""All topics, kept in this process: there are some hundreds at most, and every page names some."""

import hashlib
from collections.abc import Iterable

from papers.kept import kept_with_the_data
from papers.models import Topic


@kept_with_the_data(size=2)
def topics_by_slug() -> dict[str, Topic]:
    """In the order of the shelf: themes first, each kind by slug."""
    return {topic.slug: topic for topic in Topic.objects.all()}


@kept_with_the_data(size=2)
def topics_by_id() -> dict[int, Topic]:
    return {topic.pk: topic for topic in topics_by_slug().values()}


def current_slugs(slugs: Iterable[str]) -> list[str]:
    """Those of these slugs that are topics, each once; a merged one as the one that stayed."""
    asked, by_id = set(slugs), topics_by_id()
    topics = [topic for slug, topic in topics_by_slug().items() if slug in asked]
    stayed = (by_id[topic.merged_into_id] if topic.merged_into_id else topic for topic in topics)
    return list(dict.fromkeys(topic.slug for topic in stayed))


@kept_with_the_data(size=2)
def names_of_topics() -> str:
    """A hash of the names that what is made of a paper may show."""
    names = [(slug, topic.name_en, topic.name_zh) for slug, topic in topics_by_slug().items()]
    return hashlib.sha256(repr(names).encode()).hexdigest()
