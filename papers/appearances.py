"""Where a paper appeared, as its page shows it: one query, whatever the number of digests."""

import datetime
from dataclasses import dataclass

from papers.models import Paper, Topic
from papers.topics import topics_by_slug


@dataclass(frozen=True)
class Appeared:
    """A paper's place in a digest."""

    digest: int
    position: int
    withdrawn: bool
    day: datetime.date
    topic: Topic
    source_slug: str
    source_name: str


def appearances_of(paper: Paper) -> list[Appeared]:
    """The newest first."""
    topics = topics_by_slug()
    rows = paper.appearances.order_by(
        "-digest__date", "digest__topic__slug", "digest__source__name"
    ).values_list(
        *("digest", "position", "withdrawn", "digest__date", "digest__topic__slug"),
        *("digest__source__slug", "digest__source__name"),
    )
    return [
        Appeared(digest, position, withdrawn, day, topics[topic], *source)
        for digest, position, withdrawn, day, topic, *source in rows
    ]
