"""The papers of a day by topic, in the order of the day's page."""

import datetime
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from papers.db.bulk import in_values
from papers.db.version_cache import cached_per_version
from papers.models import Appearance, Digest, Paper, Topic, ZhState


@dataclass(frozen=True)
class Section:
    """The papers of a day on one topic.

    ``papers`` leaves out papers that an earlier section of the day has; ``total`` counts all papers
    of the topic's digests.
    """

    topic: Topic
    papers: list[int]
    total: int


@dataclass(frozen=True)
class Contents:
    """What a day's page lists.

    Themes come before categories. ``empty_topics`` are those whose digests are all empty.
    """

    sections: list[Section]
    empty_topics: list[Topic]
    has_chinese: bool

    @property
    def papers(self) -> list[int]:
        """The ids of all papers, each once, in the order of the page."""
        return [pk for section in self.sections for pk in section.papers]


@cached_per_version(size=1)
def newest_day() -> datetime.date | None:
    """Return the newest day with papers, which the front page shows."""
    with_papers = Digest.objects.filter(record_count__gt=0, held=False).order_by("-date")
    return with_papers.values_list("date", flat=True).first()


@cached_per_version(size=50)
def contents_of(day: datetime.date) -> Contents:
    """Return the papers of a day, by topic."""
    digests = list(Digest.objects.filter(date=day).select_related("topic").order_by("topic"))
    topics = list(dict.fromkeys(one.topic for one in digests))
    places = Appearance.objects.visible().filter(digest__in=digests)
    by_topic: dict[int, dict[int, None]] = defaultdict(dict)
    for topic, paper in places.order_by("digest", "position").values_list(
        "digest__topic_id", "paper_id"
    ):
        by_topic[topic][paper] = None
    sections: list[Section] = []
    listed: set[int] = set()
    for topic in topics:
        fresh = [pk for pk in by_topic[topic.pk] if pk not in listed]
        listed |= by_topic[topic.pk].keys()
        if by_topic[topic.pk]:
            sections.append(Section(topic, fresh, len(by_topic[topic.pk])))
    empty = [topic for topic in topics if not by_topic[topic.pk]]
    return Contents(sections, empty, _has_chinese(listed))


def _has_chinese(ids: Iterable[int]) -> bool:
    papers = Paper.objects.filter(pk__in=in_values(ids))
    return papers.exclude(zh_state=ZhState.MISSING).exists()
