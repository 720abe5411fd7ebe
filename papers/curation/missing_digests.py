"""Missing digests: days on which a source usually has a digest and has none. Pure functions."""

import datetime
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

WINDOW = datetime.timedelta(days=45)
LEAST_DAYS = 3
USUAL_SHARE = 0.5
SATURDAY = 5


@dataclass(frozen=True)
class MissingDigest:
    """A missing digest. Without a topic, the source has no digest at all on that day."""

    date: datetime.date
    source: str
    topic: str | None


def missing_digests(
    there: Iterable[tuple[str, str, datetime.date]],
) -> list[MissingDigest]:
    """Return the missing digests, newest first, from source, topic and day of recent digests.

    A source is expected on each weekday between its first and its last day, including arXiv's
    holidays. A topic is expected on each day of its source after its own first day, if it has a
    digest on at least half of the source's days.
    """
    by_source: dict[str, dict[datetime.date, set[str]]] = defaultdict(lambda: defaultdict(set))
    for source, topic, day in there:
        by_source[source][day].add(topic)
    found = [one for source, days in by_source.items() for one in _missing_of(source, dict(days))]
    return sorted(found, key=lambda one: (-one.date.toordinal(), one.source, one.topic or ""))


def _missing_of(source: str, days: dict[datetime.date, set[str]]) -> Iterable[MissingDigest]:
    for day in _weekdays(min(days), max(days)):
        if day not in days:
            yield MissingDigest(day, source, None)
    if len(days) < LEAST_DAYS:
        return
    for topic in sorted(set().union(*days.values())):
        having = [day for day, topics in days.items() if topic in topics]
        if len(having) < USUAL_SHARE * len(days):
            continue
        for day, topics in days.items():
            if topic not in topics and day > min(having):
                yield MissingDigest(day, source, topic)


def _weekdays(first: datetime.date, last: datetime.date) -> Iterable[datetime.date]:
    for ordinal in range(first.toordinal(), last.toordinal() + 1):
        day = datetime.date.fromordinal(ordinal)
        if day.weekday() < SATURDAY:
            yield day
