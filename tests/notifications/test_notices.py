"""A matter is told once, when it begins; a lasting one again after a week."""

import datetime

import pytest

from papers.models import Notice
from papers.notifications.notices import Matter, tell

pytestmark = [pytest.mark.django_db, pytest.mark.alike]

MONDAY = datetime.date(2025, 1, 27)
SILENT = Matter("silent:lamps", "a publisher is silent", "lamps: no digest")
NEW_DAY = Matter("day:2025-01-27", "the day is in", "27 January 2025", is_event=True)


def after(days: int) -> datetime.date:
    return MONDAY + datetime.timedelta(days=days)


@pytest.fixture
def told_on():
    """Return a function that tells matters on a day and returns how many messages that took."""

    def told_on(day: int, *matters: Matter) -> int:
        sent: list[str] = []
        tell(matters, after(day), lambda title, text: sent.append(title))
        return len(sent)

    return told_on


def test_what_lasts_is_told_once_and_again_after_a_week(told_on):
    assert [told_on(day, SILENT) for day in range(15)] == [1, *6 * [0], 1, *6 * [0], 1]


def test_twice_on_a_day_is_once(told_on):
    assert [told_on(0, SILENT, NEW_DAY), told_on(0, SILENT, NEW_DAY)] == [2, 0]


def test_what_ended_and_begins_again_is_told_again_but_not_on_the_same_day(told_on):
    assert [told_on(0, SILENT), told_on(0), told_on(0, SILENT)] == [1, 0, 0]
    assert [told_on(1, SILENT), told_on(1), told_on(2, SILENT)] == [0, 0, 1]


def test_an_event_is_told_once_for_ever(told_on):
    assert [told_on(day, NEW_DAY) for day in (1, 2, 30, 400, 800)] == [1, 0, 0, 0, 0]


def test_what_was_told_more_than_a_year_ago_is_forgotten(told_on):
    told_on(0, NEW_DAY, SILENT)
    told_on(400)
    assert not Notice.objects.exists()


def test_what_could_not_be_sent_is_told_by_the_next_run(told_on):
    def broken(title: str, text: str) -> None:
        raise OSError("no network")

    with pytest.raises(OSError, match="no network"):
        tell([SILENT], MONDAY, broken)
    assert not Notice.objects.exists()
    assert told_on(0, SILENT) == 1


def test_a_source_of_any_name_can_be_told_of(told_on):
    long = Matter("silent:" + "灯" * 5000, "a publisher is silent", "…")
    assert [told_on(0, long), told_on(1, long)] == [1, 0]
