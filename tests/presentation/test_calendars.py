"""Months as weeks of days, and the state of a day in the archive."""

import calendar
import datetime

from hypothesis import given
from hypothesis import strategies as st

from papers.presentation.calendars import (
    Count,
    Day,
    Gap,
    Month,
    Span,
    State,
    announced_between,
    month_of,
    months_of,
    quintiles,
)


def january(day: int) -> datetime.date:
    return datetime.date(2025, 1, day)


COUNTS = st.dictionaries(
    st.dates(datetime.date(1991, 1, 1), datetime.date(2099, 12, 31)),
    st.builds(Count, papers=st.integers(0, 999)),
    max_size=8,
)


def span_of(counts: dict[datetime.date, Count]) -> Span | None:
    return Span(min(counts), max(counts)) if counts else None


def months(counts: dict[datetime.date, Count]) -> list[Month]:
    return months_of(counts, span_of(counts), quintiles(one.papers for one in counts.values()))


@given(COUNTS)
def test_each_day_of_a_month_stands_in_it_once(counts):
    for month in months(counts):
        dates = [day.date for day in month.days]
        length = calendar.monthrange(month.year, month.month)[1]
        assert dates == [
            datetime.date(month.year, month.month, day) for day in range(1, length + 1)
        ]
        assert all(len(week) == 7 for week in month.weeks)


@given(COUNTS)
def test_each_digest_day_is_in_one_month_with_its_number(counts):
    days = [day for month in months(counts) for day in month.days]
    read = {day.date: day.papers for day in days if day.state == State.READ}
    assert read == {day: count.papers for day, count in counts.items()}
    assert len(days) == len({day.date for day in days})
    assert sum(month.papers for month in months(counts)) == sum(read.values())


@given(COUNTS)
def test_months_come_newest_first_and_only_where_there_is_a_digest(counts):
    shown = [(month.year, month.month) for month in months(counts)]
    assert shown == sorted({(day.year, day.month) for day in counts}, reverse=True)


@given(COUNTS)
def test_months_and_the_gaps_between_them_leave_no_month_out(counts):
    shown = months(counts)
    for newer, older in zip(shown, shown[1:], strict=False):
        first, last = month_number(older) + 1, month_number(newer) - 1
        if newer.gap:
            assert (gap_number(newer.gap.first), gap_number(newer.gap.last)) == (first, last)
        else:
            assert first > last
    assert not shown or shown[-1].gap is None


def month_number(month: Month) -> int:
    return month.year * 12 + month.month


def gap_number(day: datetime.date) -> int:
    return day.year * 12 + day.month


def test_a_gap_has_its_first_and_last_month():
    counts = {datetime.date(2026, 3, 2): Count(1), datetime.date(2025, 3, 11): Count(1)}
    (newer, older) = months(counts)
    assert newer.gap == Gap(datetime.date(2025, 4, 1), datetime.date(2026, 2, 1))


def test_a_week_begins_on_monday():
    month = month_of(2025, 1, {january(29): Count(17, 12)}, None, [16])
    assert month.weeks[0][:2] == (None, None)
    assert month.weeks[0][2].date == january(1)
    assert month.weeks[4][2] == Day(january(29), State.READ, 17, 12, 2)


def test_a_day_whose_digests_are_all_empty_failed_and_one_of_repeats_did_not():
    counts = {january(28): Count(0, 0, all_empty=True), january(29): Count(0)}
    states = {day.date: day.state for day in month_of(2025, 1, counts, span_of(counts), ()).days}
    assert (states[january(28)], states[january(29)]) == (State.FAILED, State.READ)


def test_a_weekday_without_a_digest_is_missing_only_within_the_archive():
    counts = {january(9): Count(1), january(15): Count(1)}  # a Thursday and a Wednesday
    states = {
        day.date.day: day.state for day in month_of(2025, 1, counts, span_of(counts), ()).days
    }
    missing = [day for day, state in states.items() if state == State.MISSING]
    assert missing == [10, 13, 14]  # not the weekend, nor what is before and after


def test_without_papers_since_friday_nothing_is_late_on_monday():
    friday, monday = january(24), january(27)
    assert announced_between(friday, monday) == 0
    assert announced_between(friday, january(29)) == 2


def test_a_fifth_of_the_days_has_each_shade():
    counts = {january(day): Count(10 * day) for day in range(1, 31)}
    (month,) = months(counts)
    shades = [day.shade for day in month.days if day.state == State.READ]
    assert shades == sorted(shades)
    assert {shade: shades.count(shade) for shade in shades} == {1: 7, 2: 6, 3: 6, 4: 6, 5: 5}


def test_days_alike_have_the_lightest_shade_and_a_day_without_papers_none():
    counts = {january(28): Count(9), january(29): Count(9), january(30): Count(0)}
    (month,) = months_of(counts, span_of(counts), quintiles([9, 9]))
    assert [day.shade for day in month.days[27:30]] == [1, 1, 0]


def test_without_a_digest_there_is_no_month():
    assert months({}) == []
