"""Calendar months as weeks of days, with the papers of each day and missing digests."""

import calendar
import datetime
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import zip_longest

SHADES = 5
Limits = Sequence[int]
"""The largest number of papers of each shade but the darkest."""

_MONDAY_TO_FRIDAY = range(5)


class State(StrEnum):
    """What the archive has for a day."""

    READ = "read"
    """At least one digest with papers."""

    FAILED = "failed"
    """There are digests, and all are empty."""

    MISSING = "missing"
    """No digest although arXiv announced papers: a weekday between the first and last digest."""

    NONE = "none"
    """No digest, and none was expected."""


@dataclass(frozen=True)
class Count:
    """The papers that the digests of one day brought."""

    papers: int = 0
    chinese: int = 0
    all_empty: bool = False


@dataclass(frozen=True)
class Day:
    """A day of a calendar: its new papers, and those of them with Chinese."""

    date: datetime.date
    state: State
    papers: int = 0
    chinese: int = 0
    shade: int = 0
    """A number from 0 (no paper) to ``SHADES`` (as many as on few other days)."""


@dataclass(frozen=True)
class Span:
    """The first and the last day of the archive, both included."""

    first: datetime.date
    last: datetime.date

    def __contains__(self, day: datetime.date) -> bool:
        return self.first <= day <= self.last


@dataclass(frozen=True)
class Gap:
    """Whole months without a digest; the first days of the first and the last month."""

    first: datetime.date
    last: datetime.date


@dataclass(frozen=True)
class Month:
    """A month as weeks of seven days, None for days of other months.

    ``gap`` is the run of months without digests between this month and the next older one.
    """

    year: int
    month: int
    weeks: tuple[tuple[Day | None, ...], ...]
    gap: Gap | None = None

    @property
    def days(self) -> list[Day]:
        return [day for week in self.weeks for day in week if day]

    @property
    def papers(self) -> int:
        return sum(day.papers for day in self.days)


def is_announced(day: datetime.date) -> bool:
    """Return whether arXiv announces papers for this day; holidays are not considered.

    arXiv announces in the evening from Sunday to Thursday (US Eastern time), which publishers date
    Monday to Friday.
    """
    return day.weekday() in _MONDAY_TO_FRIDAY


def announced_between(first: datetime.date, last: datetime.date) -> int:
    """Return on how many days between these two, both excluded, arXiv announces papers."""
    days = range(first.toordinal() + 1, last.toordinal())
    return sum(is_announced(datetime.date.fromordinal(day)) for day in days)


def quintiles(papers: Iterable[int]) -> Limits:
    """Return the limits that give a fifth of these days each shade."""
    ordered = sorted(papers)
    return [ordered[len(ordered) * n // SHADES] for n in range(1, SHADES)] if ordered else ()


def months_of(
    counts: Mapping[datetime.date, Count], span: Span | None, limits: Limits
) -> list[Month]:
    """Return the months that have digests, newest first."""
    months = sorted({(day.year, day.month) for day in counts}, reverse=True)
    return [
        month_of(
            *(year, month, counts, span, limits),
            gap=_gap_between(older, (year, month)) if older else None,
        )
        for (year, month), older in zip_longest(months, months[1:])
    ]


def month_of(
    year: int,
    month: int,
    counts: Mapping[datetime.date, Count],
    span: Span | None,
    limits: Limits,
    *,
    gap: Gap | None = None,
) -> Month:
    """Return one month with its days, shaded by ``quintiles``."""
    weeks = calendar.Calendar().monthdatescalendar(year, month)
    days = (
        tuple(_day(day, counts, span, limits) if day.month == month else None for day in week)
        for week in weeks
    )
    return Month(year, month, tuple(days), gap)


def _day(
    date: datetime.date,
    counts: Mapping[datetime.date, Count],
    span: Span | None,
    limits: Limits,
) -> Day:
    count = counts.get(date)
    if count:
        state = State.FAILED if count.all_empty else State.READ
        shade = 1 + sum(count.papers > most for most in limits) if count.papers else 0
        return Day(date, state, count.papers, count.chinese, shade)
    expected = span and date in span and is_announced(date)
    return Day(date, State.MISSING if expected else State.NONE)


def _gap_between(older: tuple[int, int], newer: tuple[int, int]) -> Gap | None:
    first, last = _shifted(older, 1), _shifted(newer, -1)
    return Gap(datetime.date(*first, 1), datetime.date(*last, 1)) if first <= last else None


def _shifted(month: tuple[int, int], by: int) -> tuple[int, int]:
    years, month_before = divmod(month[0] * 12 + month[1] - 1 + by, 12)
    return years, month_before + 1
