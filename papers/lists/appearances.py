"""Where a paper appeared, as its page shows it: one query, whatever the number of digests."""

import datetime
from dataclasses import dataclass

from papers.lists.topics import sources_by_id, topics_by_id
from papers.models import Paper, Source, Topic


@dataclass(frozen=True)
class Appeared:
    """A paper's place in a digest."""

    digest: int
    position: int
    withdrawn: bool
    day: datetime.date
    topic: Topic
    source: Source


def appearances_of(paper: Paper) -> list[Appeared]:
    """The newest first; of a day by topic, then by source."""
    topics, sources = topics_by_id(), sources_by_id()
    rows = paper.appearances.values_list(
        *("digest", "position", "withdrawn", "digest__date"),
        *("digest__topic_id", "digest__source_id"),
    )
    appeared = [
        Appeared(digest, position, withdrawn, day, topics[topic], sources[source])
        for digest, position, withdrawn, day, topic, source in rows
        if topic in topics and source in sources  # else an import just brought them
    ]
    return sorted(appeared, key=_place)


def _place(one: Appeared) -> tuple[int, str, str]:
    return -one.day.toordinal(), one.topic.slug, one.source.name
