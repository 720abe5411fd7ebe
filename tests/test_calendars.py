"""Months as weeks of days."""

import calendar
import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from papers.calendars import Day, Month, month_of, months_of

JANUARY_29 = datetime.date(2025, 1, 29)
COUNTS = st.dictionaries(
    st.dates(datetime.date(1991, 1, 1), datetime.date(2099, 12, 31)),
    st.integers(0, 999),
    max_size=8,
)


def days_of(month: Month) -> list[Day]:
    return [day for week in month.weeks for day in week if day]


@given(COUNTS)
def test_each_day_of_a_month_stands_in_it_once(papers_by_day):
    for month in months_of(papers_by_day):
        dates = [day.date for day in days_of(month)]
        length = calendar.monthrange(month.year, month.month)[1]
        assert dates == [
            datetime.date(month.year, month.month, day) for day in range(1, length + 1)
        ]
        assert all(len(week) == 7 for week in month.weeks)


@given(COUNTS)
def test_each_digest_day_is_in_one_month_with_its_number(papers_by_day):
    days = [day for month in months_of(papers_by_day) for day in days_of(month)]
    assert {day.date: day.papers for day in days if day.papers is not None} == papers_by_day
    assert len(days) == len({day.date for day in days})


@given(COUNTS)
def test_months_come_newest_first_and_only_where_there_is_a_digest(papers_by_day):
    months = [(month.year, month.month) for month in months_of(papers_by_day)]
    assert months == sorted({(day.year, day.month) for day in papers_by_day}, reverse=True)


def test_a_week_begins_on_monday():
    month = month_of(2025, 1, {JANUARY_29: 17})
    assert month.weeks[0][:2] == [None, None]
    assert month.weeks[0][2].date == datetime.date(2025, 1, 1)
    assert month.weeks[4][2] == Day(JANUARY_29, 17)


def test_a_day_without_a_digest_is_not_a_day_without_papers():
    month = month_of(2025, 1, {JANUARY_29: 0})
    assert month.weeks[4][2].papers == 0
    assert month.weeks[4][3].papers is None


@pytest.mark.parametrize(
    ("papers", "shade"),
    [
        (None, 0),
        (0, 0),
        (1, 1),
        (59, 1),
        (60, 2),
        (120, 3),
        (180, 4),
        (239, 4),
        (240, 5),
        (9999, 5),
    ],
)
def test_a_day_is_shaded_by_its_papers(papers, shade):
    assert Day(JANUARY_29, papers).shade == shade


def test_without_a_digest_there_is_no_month():
    assert months_of({}) == []
