"""How long a publisher has been silent, in the days on which it publishes."""

import datetime
from dataclasses import dataclass

from django.conf import settings
from django.db.models import Max
from django.utils import timezone

from papers.models import Source
from papers.publishers.follow import followed


@dataclass(frozen=True)
class Silence:
    """A source, its newest digest's day (None: no digest yet), and its working days since then."""

    source: Source
    last: datetime.date | None
    days: int

    @property
    def is_too_long(self) -> bool:
        return self.days >= settings.SILENT_AFTER


def silences(today: datetime.date) -> list[Silence]:
    """Return the silence of each followed source."""
    sources = followed().select_related("checkout").annotate(last=Max("digests__date"))
    return [
        Silence(source, source.last, working_days(_start(source, today), today, source.weekdays))
        for source in sources
    ]


def _start(source: Source, today: datetime.date) -> datetime.date:
    """Return the day from which silence counts: the last digest's, or that of the first look."""
    last: datetime.date | None = getattr(source, "last", None)
    if last:
        return last
    checkout = getattr(source, "checkout", None)
    return timezone.localdate(checkout.since) if checkout else today


def working_days(after: datetime.date, until: datetime.date, weekdays: str) -> int:
    """Return how many days after ``after``, up to ``until``, are on these weekdays (1 = Monday)."""
    number = max(0, (until - after).days)
    days = (after + datetime.timedelta(days=one) for one in range(1, number % 7 + 1))
    return number // 7 * len(set(weekdays)) + sum(str(day.isoweekday()) in weekdays for day in days)
