"""Papers per week, and shares per month, as bars."""

import datetime
import re

from hypothesis import given
from hypothesis import strategies as st

from papers.presentation.charts import (
    HEIGHT,
    LEAST_MONTHS,
    LEAST_WEEKS,
    MOST_WEEKS,
    STEP,
    WEEK,
    monday_of,
    monthly_shares,
    weekly,
)

MONDAY = datetime.date(2025, 1, 27)
NUMBERS = st.lists(
    st.tuples(
        st.dates(datetime.date(2020, 1, 1), datetime.date(2029, 12, 31)), st.integers(0, 9999)
    ),
    max_size=40,
)


def days_later(days: int) -> datetime.date:
    return MONDAY + datetime.timedelta(days=days)


def test_days_of_one_week_are_one_bar():
    chart = weekly([(MONDAY, 2), (days_later(6), 3), (days_later(7), 10)])
    assert (chart.total, chart.most, chart.busiest) == (15, 10, days_later(7))
    assert chart.path == "M44 40v-20h3v20zM48 40v-40h3v40z"


def test_a_week_without_papers_keeps_its_place():
    chart = weekly([(MONDAY, 1), (days_later(7 * 19), 1)])
    assert chart.width == 20 * STEP
    assert chart.path.count("M") == 2


def test_few_weeks_are_shown_in_a_quarter_of_a_year():
    chart = weekly([(MONDAY, 1), (days_later(7), 1)])
    assert (chart.first, chart.last) == (days_later(-77), days_later(7))
    assert chart.width == LEAST_WEEKS * STEP


def test_one_week_is_no_chart():
    assert weekly([]) is None
    assert weekly([(MONDAY, 5), (days_later(1), 5)]) is None
    assert weekly([(MONDAY, 5), (days_later(30), 0)]) is None


@given(NUMBERS)
def test_a_chart_shows_at_most_two_years_of_mondays_within_its_box(numbers):
    chart = weekly(numbers)
    if chart is None:
        return
    assert chart.first.weekday() == chart.last.weekday() == chart.busiest.weekday() == 0
    assert chart.last == max(monday_of(day) for day, number in numbers if number)
    assert chart.width == ((chart.last - chart.first) // WEEK + 1) * STEP <= MOST_WEEKS * STEP
    shown = [number for day, number in numbers if monday_of(day) >= chart.first]
    assert chart.total == sum(shown)
    heights = [float(height) for height in re.findall(r"v-([\d.]+)", chart.path)]
    assert all(0 < height <= HEIGHT for height in heights)
    assert max(heights) == HEIGHT


def test_a_month_has_a_bar_as_high_as_its_share_and_a_missing_month_has_none():
    months = [datetime.date(2025, 3, 1), datetime.date(2025, 12, 1), datetime.date(2026, 3, 1)]
    chart = monthly_shares(zip(months, [1.0, 0.25, 0.0], strict=True))
    assert chart is not None
    assert (chart.first, chart.last, chart.width) == (months[0], months[-1], 13 * STEP)
    assert chart.path == f"M0 {HEIGHT}v-40h3v40zM{9 * STEP} {HEIGHT}v-10h3v10z"
    assert re.findall(r"M(\d+)", chart.ground) == ["0", str(9 * STEP), str(12 * STEP)]


@given(st.dates(datetime.date(2020, 1, 1), datetime.date(2029, 12, 31)))
def test_a_year_is_shown_before_the_only_month(day):
    chart = monthly_shares([(day.replace(day=1), 0.5)])
    assert chart is not None
    assert chart.width == LEAST_MONTHS * STEP
    assert chart.last == day.replace(day=1)
    assert 330 < (chart.last - chart.first).days < 340


def test_without_months_there_is_no_chart_of_shares():
    assert monthly_shares([]) is None
