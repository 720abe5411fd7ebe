"""Days with digests, for the front page, the calendar and the page of a day."""

import datetime
from bisect import bisect_left, bisect_right
from collections.abc import Sequence

from django.db.models import Max

from papers.db.version_cache import cached_per_version
from papers.lists import counts
from papers.models import Digest, ZhState
from papers.presentation import calendars
from papers.presentation.calendars import Span

YEAR = datetime.timedelta(days=365)


def counts_by_day(
    first: datetime.date, last: datetime.date
) -> dict[datetime.date, calendars.Count]:
    """Return what the digests of each day from ``first`` to ``last`` brought.

    That is the number of published papers first seen on the day, how many of them have Chinese, and
    whether all digests were empty.
    """
    days = Digest.objects.filter(date__range=(first, last)).order_by().values_list("date")
    papers = counts.daily().by_day(first, last)
    lacking = counts.daily(None, ZhState.MISSING).by_day(first, last)
    numbers = {day: (number, number - lacking.get(day, 0)) for day, number in papers.items()}
    return {
        day: calendars.Count(*numbers.get(day, (0, 0)), all_empty=not records)
        for day, records in days.annotate(records=Max("record_count"))
    }


@cached_per_version(size=1)
def days_of_the_archive() -> tuple[datetime.date, ...]:
    """Return the days that have digests, oldest first."""
    return tuple(Digest.objects.order_by("date").values_list("date", flat=True).distinct())


def archive_span() -> Span | None:
    """Return the first and the last day with a digest; None without digests."""
    days = days_of_the_archive()
    return Span(days[0], days[-1]) if days else None


def shades_until(last: datetime.date) -> calendars.Limits:
    """Return the limits of the shades for days of the year that ends with this one."""
    return calendars.quintiles(counts.daily().by_day(last - YEAR, last).values())


@cached_per_version(size=100)
def month_around(day: datetime.date, span: Span | None) -> calendars.Month:
    """Return the calendar month of this day."""
    first = day.replace(day=1)
    last = (first + datetime.timedelta(days=31)).replace(day=1) - datetime.timedelta(days=1)
    numbers = counts_by_day(first, last)
    return calendars.month_of(day.year, day.month, numbers, span, shades_until(last))


def neighbours(day: datetime.date) -> dict[str, datetime.date | None]:
    """Return the nearest days with digests before and after this one."""
    before, after = around(day)
    return {
        "previous_day": before[-1] if before else None,
        "next_day": after[0] if after else None,
    }


def around(day: datetime.date) -> tuple[Sequence[datetime.date], Sequence[datetime.date]]:
    """Return the days with digests before this one and after it, both oldest first."""
    days = days_of_the_archive()
    return days[: bisect_left(days, day)], days[bisect_right(days, day) :]
