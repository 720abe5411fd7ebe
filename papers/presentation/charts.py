"""Bar charts: papers per week, shares per month. Numbers and SVG paths. No database."""

import datetime
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

DAY, WEEK = datetime.timedelta(days=1), datetime.timedelta(weeks=1)
LEAST_WEEKS, MOST_WEEKS = 13, 104  # weeks shown; fewer bars would look like blocks
SPARK_WEEKS = SPARK_DAYS = 30
LEAST_MONTHS = 12
HEIGHT = 40
STEP, BAR = 4, 3  # width of a week and of its bar, in units of the SVG


class DailyNumbers(Protocol):
    """Numbers of papers by day, as ``papers.lists.counts`` has them."""

    @property
    def days(self) -> tuple[datetime.date, ...]: ...

    def by_day(self, first: datetime.date, last: datetime.date) -> dict[datetime.date, int]: ...


@dataclass(frozen=True)
class Chart:
    """A bar chart of ``width`` by ``height`` SVG units; each bar is a week from Monday."""

    first: datetime.date
    last: datetime.date
    busiest: datetime.date
    most: int
    total: int
    width: int
    height: int
    path: str


@dataclass(frozen=True)
class Sparkline:
    """The last weeks or days as small bars; ``newest`` is the bar of the last one."""

    width: int
    height: int
    path: str
    newest: str


@dataclass(frozen=True)
class ShareChart:
    """A chart of shares: each bar is a month; ``ground`` has bars of the full height behind."""

    first: datetime.date
    last: datetime.date
    width: int
    height: int
    path: str
    ground: str


def monday_of(day: datetime.date) -> datetime.date:
    """Return the Monday of this day's week."""
    return day - datetime.timedelta(days=day.weekday())


def weekly(numbers: Iterable[tuple[datetime.date, int]]) -> Chart | None:
    """Return the chart of these (day, number of papers); None if fewer than two weeks have papers.

    It ends with the newest week that has papers and shows at least ``LEAST_WEEKS`` and at most
    ``MOST_WEEKS`` weeks.
    """
    weeks: dict[datetime.date, int] = {}
    for day, number in numbers:
        if number:
            weeks[monday_of(day)] = weeks.get(monday_of(day), 0) + number
    if len(weeks) < 2:
        return None
    last = max(weeks)
    first = min(min(weeks), last - (LEAST_WEEKS - 1) * WEEK)
    first = max(first, last - (MOST_WEEKS - 1) * WEEK)
    shown = [weeks.get(first + n * WEEK, 0) for n in range((last - first) // WEEK + 1)]
    most = max(shown)
    return Chart(
        first=first,
        last=last,
        busiest=first + shown.index(most) * WEEK,
        most=most,
        total=sum(shown),
        width=len(shown) * STEP,
        height=HEIGHT,
        path="".join(_bar(n, number / most) for n, number in enumerate(shown) if number),
    )


def recent(daily: DailyNumbers) -> Chart | None:
    """Return the chart of the newest weeks of these numbers."""
    if not daily.days:
        return None
    newest = daily.days[-1]
    return weekly(daily.by_day(newest - MOST_WEEKS * WEEK, newest).items())


def sparkline(numbers: Mapping[datetime.date, int], last: datetime.date) -> Sparkline:
    """Return the bars of the ``SPARK_WEEKS`` weeks that end with ``last``, a Monday."""
    return _sparkline([numbers.get(last - n * WEEK, 0) for n in reversed(range(SPARK_WEEKS))])


def daily_sparkline(numbers: Mapping[datetime.date, int], last: datetime.date) -> Sparkline:
    """Return the bars of the ``SPARK_DAYS`` days that end with ``last``."""
    return _sparkline([numbers.get(last - n * DAY, 0) for n in reversed(range(SPARK_DAYS))])


def _sparkline(shown: Sequence[int]) -> Sparkline:
    most = max(*shown, 1)
    bars = [_bar(n, number / most) if number else "" for n, number in enumerate(shown)]
    return Sparkline(len(shown) * STEP, HEIGHT, "".join(bars[:-1]), bars[-1])


def monthly_shares(shares: Iterable[tuple[datetime.date, float]]) -> ShareChart | None:
    """Return the chart of these (first day of a month, share from 0 to 1); None without any.

    It shows at least ``LEAST_MONTHS`` months; one that is not among them has no bar.
    """
    months = {month.year * 12 + month.month: (month, share) for month, share in shares}
    if not months:
        return None
    last = max(months)
    first = min(*months, last - LEAST_MONTHS + 1)
    return ShareChart(
        first=datetime.date((first - 1) // 12, (first - 1) % 12 + 1, 1),
        last=months[last][0],
        width=(last - first + 1) * STEP,
        height=HEIGHT,
        path="".join(_bar(at - first, share) for at, (_, share) in months.items() if share),
        ground="".join(_bar(at - first, 1.0) for at in months),
    )


def _bar(place: int, share: float) -> str:
    """Return the path of one bar, high enough to be visible for a single paper."""
    height = max(1.5, round(share * HEIGHT, 1))
    return f"M{place * STEP} {HEIGHT}v-{height:g}h{BAR}v{height:g}z"
