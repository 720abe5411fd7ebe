"""Months as weeks of days: how many new papers each day brought, and what is not there."""

import calendar
import datetime
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from itertools import zip_longest

# A day's shade in the calendar grows by these numbers of new papers.
_SHADES = (1, 60, 120, 180, 240)
_MONDAY_TO_FRIDAY = range(5)


class State(StrEnum):
    """What a day is to the archive."""

    READ = "read"
    """At least one digest with papers."""

    FAILED = "failed"
    """Digests came, and all were empty."""

    MISSING = "missing"
    """No digest within the archive's span, on a weekday on which arXiv announces."""

    NONE = "none"
    """No digest, and none was to be expected."""


@dataclass(frozen=True)
class Count:
    """What the digests of one day brought."""

    papers: int = 0
    chinese: int = 0
    all_empty: bool = False


@dataclass(frozen=True)
class Day:
    """One day of a calendar; ``papers`` are new on it, ``chinese`` those of them with Chinese."""

    date: datetime.date
    state: State
    papers: int = 0
    chinese: int = 0

    @property
    def shade(self) -> int:
        """0 (no paper) to 5 (many)."""
        return sum(self.papers >= least for least in _SHADES)


@dataclass(frozen=True)
class Span:
    """The first and the last day of the archive."""

    first: datetime.date
    last: datetime.date

    def __contains__(self, day: datetime.date) -> bool:
        return self.first <= day <= self.last


@dataclass(frozen=True)
class Gap:
    """Whole months without a digest, in order."""

    first: datetime.date
    last: datetime.date


@dataclass(frozen=True)
class Month:
    """One month: its weeks of seven, None where a day belongs to another month; and the months
    without a digest between it and the next older one, if any."""

    year: int
    month: int
    weeks: list[list[Day | None]]
    gap: Gap | None = None

    @property
    def days(self) -> list[Day]:
        return [day for week in self.weeks for day in week if day]

    @property
    def papers(self) -> int:
        return sum(day.papers for day in self.days)


def is_announced(day: datetime.date) -> bool:
    """Whether arXiv announces papers for this day, were it no holiday in the United States: it does
    so on the evenings of Sunday to Thursday there, which publishers date Monday to Friday."""
    return day.weekday() in _MONDAY_TO_FRIDAY


def announced_between(first: datetime.date, last: datetime.date) -> int:
    """On how many days between these two, without them, arXiv announces."""
    days = range(first.toordinal() + 1, last.toordinal())
    return sum(is_announced(datetime.date.fromordinal(day)) for day in days)


def months_of(counts: Mapping[datetime.date, Count], span: Span | None) -> list[Month]:
    """The months that have digests, newest first."""
    months = sorted({(day.year, day.month) for day in counts}, reverse=True)
    return [
        month_of(year, month, counts, span, _gap_between(older, (year, month)) if older else None)
        for (year, month), older in zip_longest(months, months[1:])
    ]


def month_of(
    year: int,
    month: int,
    counts: Mapping[datetime.date, Count],
    span: Span | None,
    gap: Gap | None = None,
) -> Month:
    weeks = calendar.Calendar().monthdatescalendar(year, month)
    days = [
        [_day(day, counts, span) if day.month == month else None for day in week] for week in weeks
    ]
    return Month(year, month, days, gap)


def _day(date: datetime.date, counts: Mapping[datetime.date, Count], span: Span | None) -> Day:
    count = counts.get(date)
    if count:
        state = State.FAILED if count.all_empty else State.READ
        return Day(date, state, count.papers, count.chinese)
    expected = span and date in span and is_announced(date)
    return Day(date, State.MISSING if expected else State.NONE)


def _gap_between(older: tuple[int, int], newer: tuple[int, int]) -> Gap | None:
    first, last = _shifted(older, 1), _shifted(newer, -1)
    return Gap(datetime.date(*first, 1), datetime.date(*last, 1)) if first <= last else None


def _shifted(month: tuple[int, int], by: int) -> tuple[int, int]:
    years, month_before = divmod(month[0] * 12 + month[1] - 1 + by, 12)
    return years, month_before + 1
