"""Days and time zones: publishers' days, the site's today, midnight, leap days, summer time."""

import datetime
import re
from pathlib import Path
from zoneinfo import ZoneInfo

import feedparser
import pytest
import time_machine

from papers.importing.run import Options, run_import
from papers.models import Paper
from tests.support import record_text

pytestmark = pytest.mark.django_db

SHANGHAI, NEW_YORK, CAIRO = "Asia/Shanghai", "America/New_York", "Africa/Cairo"
ORDINARY, LEAP_DAY = "2025-01-29", "2024-02-29"
SPRING, AUTUMN = "2025-03-09", "2025-11-02"  # in New York the clocks change on these days
NO_MIDNIGHT = "2025-04-25"  # in Cairo this day begins at one o'clock


def at(zone: str, day: str, hour: int = 0, minute: int = 0) -> datetime.datetime:
    date = datetime.date.fromisoformat(day)
    return datetime.datetime.combine(date, datetime.time(hour, minute), ZoneInfo(zone))


def bring(folder: Path, *days: str) -> list[str]:
    """Imports a digest of each day; the codes of what was refused."""
    for number, day in enumerate(days):
        place = folder / "publisher" / day / "topic"
        place.mkdir(parents=True, exist_ok=True)
        text = record_text(arxiv_id=f"2401.9700{number}", title=f"Of {day}")
        (place / "RAG_related_papers.md").write_text(text, "utf-8")
    return [problem.code for _, problem in run_import([str(folder)], Options()).problems]


@pytest.fixture(params=[SHANGHAI, NEW_YORK, CAIRO])
def zone(request, settings) -> str:
    settings.TIME_ZONE = request.param
    return request.param


@pytest.mark.parametrize("day", [ORDINARY, LEAP_DAY, SPRING, AUTUMN, NO_MIDNIGHT])
def test_a_digest_has_the_publishers_day_in_every_zone(client, tmp_path, zone, day):
    with time_machine.travel(at(zone, "2025-12-01", 12), tick=False):
        assert bring(tmp_path, day) == []
        assert str(Paper.objects.get().first_seen) == day
        assert client.get(f"/days/{day}/").status_code == 200
        calendar = client.get("/days/").content.decode()
        assert set(re.findall(r"/days/([0-9-]+)/", calendar)) == {day}
        listed = client.get(f"/papers/?from={day}&to={day}").content.decode()
        assert f"Of {day}" in listed


@pytest.mark.parametrize("day", [ORDINARY, LEAP_DAY, SPRING, AUTUMN, NO_MIDNIGHT])
def test_a_feed_dates_an_entry_by_that_day(client, tmp_path, zone, day):
    with time_machine.travel(at(zone, "2025-12-01", 12), tick=False):
        bring(tmp_path, day)
        for address in ("/papers/feed.atom", "/papers/feed.rss"):
            (entry,) = feedparser.parse(client.get(address).content).entries
            published = datetime.datetime(*entry.published_parsed[:6], tzinfo=datetime.UTC)
            assert str(published.astimezone(ZoneInfo(zone)).date()) == day


@pytest.mark.parametrize("today", [ORDINARY, LEAP_DAY, SPRING, AUTUMN, NO_MIDNIGHT, "2024-12-31"])
def test_a_digest_of_tomorrow_is_taken_and_one_of_the_day_after_is_refused(tmp_path, zone, today):
    """Publishers in the east are a day ahead. Asked in the first and the last minute of the day."""
    date = datetime.date.fromisoformat(today)
    tomorrow, after = (str(date + datetime.timedelta(days=n)) for n in (1, 2))
    for minute in (at(zone, tomorrow) - datetime.timedelta(minutes=1), at(zone, today, 1, 30)):
        with time_machine.travel(minute, tick=False):
            assert bring(tmp_path / minute.strftime("%H%M") / "a", tomorrow) == []
            assert bring(tmp_path / minute.strftime("%H%M") / "b", after) == ["future"]
    with time_machine.travel(at(zone, tomorrow, 1, 1), tick=False):
        assert bring(tmp_path / "c", after) == []


@pytest.mark.parametrize("day", [ORDINARY, LEAP_DAY, SPRING, AUTUMN])
def test_a_page_is_made_anew_at_the_sites_midnight_and_at_no_other(client, tmp_path, zone, day):
    bring(tmp_path, "2024-01-02")

    def validator(moment: datetime.datetime) -> str:
        with time_machine.travel(moment, tick=False):
            return client.get("/").headers["ETag"]

    midnight = at(zone, day)
    minute = datetime.timedelta(minutes=1)
    assert validator(midnight - minute) != validator(midnight)
    tomorrow = at(zone, str(datetime.date.fromisoformat(day) + datetime.timedelta(days=1)))
    hours = {validator(midnight + datetime.timedelta(hours=n)) for n in range(23)}
    assert hours == {validator(midnight), validator(tomorrow - minute)}
    assert len(hours) == 1


@pytest.mark.parametrize(("zone_name", "age"), [(SHANGHAI, 9), (NEW_YORK, 8)])
def test_how_old_the_newest_digest_is_counts_the_sites_days(
    client, tmp_path, settings, zone_name, age
):
    settings.TIME_ZONE = zone_name
    bring(tmp_path, ORDINARY)
    with time_machine.travel(at(SHANGHAI, "2025-02-07"), tick=False):
        assert f"{age} days old" in client.get("/readyz").content.decode()


@pytest.mark.parametrize("day", ["2025-02-29", "2100-02-29", "2025-04-31", "2025-13-01"])
def test_a_day_that_no_calendar_has_is_no_page(client, day):
    assert client.get(f"/days/{day}/").status_code == 404


def test_the_days_around_a_leap_day_lead_to_it(client, tmp_path):
    bring(tmp_path, "2024-02-28", LEAP_DAY, "2024-03-01")
    for neighbour in ("2024-02-28", "2024-03-01"):
        assert f"/days/{LEAP_DAY}/" in client.get(f"/days/{neighbour}/").content.decode()
