"""Parsing dates as people write them."""

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from papers.text.dates import day_in_chinese, day_in_english, month_name, short_day, weekday_heads

WEDNESDAY, SUNDAY = datetime.date(2025, 1, 29), datetime.date(2024, 12, 1)


def test_a_day_is_written_with_its_weekday():
    assert day_in_english(WEDNESDAY) == ("Wednesday", "29 January 2025")
    assert day_in_english(SUNDAY) == ("Sunday", "1 December 2024")
    assert day_in_chinese(WEDNESDAY) == ("星期三", "2025年1月29日")
    assert day_in_chinese(SUNDAY) == ("星期日", "2024年12月1日")


def test_a_week_begins_with_monday():
    assert weekday_heads(chinese=False)[0] == ("M", "Monday")
    assert weekday_heads(chinese=True)[6] == ("日", "星期日")


@pytest.mark.parametrize(
    ("day", "english", "chinese"),
    [
        (WEDNESDAY, "29 Jan 2025", "2025年1月29日"),
        (datetime.date(2025, 5, 3), "3 May 2025", "2025年5月3日"),
        (datetime.date(2025, 9, 30), "30 Sep 2025", "2025年9月30日"),
    ],
)
def test_a_short_day_has_no_weekday(day, english, chinese):
    assert short_day(day, chinese=False) == english
    assert short_day(day, chinese=True) == chinese


def test_a_month_has_its_year():
    assert month_name(2025, 1, chinese=False) == "January 2025"
    assert month_name(2025, 12, chinese=True) == "2025年12月"


@given(st.dates(min_value=datetime.date(1991, 1, 1)))
def test_every_day_is_written_as_the_calendar_has_it(day):
    assert day_in_english(day) == (f"{day:%A}", f"{day.day} {day:%B %Y}")
    assert day_in_chinese(day)[1] == short_day(day, chinese=True)
