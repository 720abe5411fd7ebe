"""Months as weeks of days, with how many new papers each day brought."""

import calendar
import datetime
from collections.abc import Mapping
from dataclasses import dataclass

# A day's shade in the calendar grows by these numbers of new papers.
_SHADES = (1, 60, 120, 180, 240)


@dataclass(frozen=True)
class Day:
    """One day of a calendar. ``papers`` is None where there was no digest."""

    date: datetime.date
    papers: int | None

    @property
    def shade(self) -> int:
        """0 (no paper) to 5 (many)."""
        return sum((self.papers or 0) >= least for least in _SHADES)


@dataclass(frozen=True)
class Month:
    """One month: its weeks of seven, None where a day belongs to another month."""

    year: int
    month: int
    weeks: list[list[Day | None]]


def months_of(papers_by_day: Mapping[datetime.date, int]) -> list[Month]:
    """The months that have digests, newest first."""
    months = sorted({(day.year, day.month) for day in papers_by_day}, reverse=True)
    return [month_of(year, month, papers_by_day) for year, month in months]


def month_of(year: int, month: int, papers_by_day: Mapping[datetime.date, int]) -> Month:
    weeks = calendar.Calendar().monthdatescalendar(year, month)
    return Month(
        year,
        month,
        [
            [Day(day, papers_by_day.get(day)) if day.month == month else None for day in week]
            for week in weeks
        ],
    )
