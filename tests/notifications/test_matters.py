"""What there is to tell: silence, little Chinese, failed fetches, refused files, the new day."""

import datetime

import pytest
from django.utils import timezone

from papers.importing.run import Options, run_import
from papers.models import Checkout, DailyCount, DailyRun, ImportRun, Source, ZhState
from papers.notifications import matters
from papers.publishers.silence import working_days

TODAY = datetime.date(2025, 2, 12)  # a Wednesday
THE_29TH = datetime.date(2025, 1, 29)  # another


def texts(found) -> list[str]:
    return [matter.text for matter in found]


def test_the_newest_day_is_told_with_its_numbers(small_site):
    (matter,) = matters.new_day()
    assert matter.is_event
    assert matter.text.startswith("29 January 2025: ")
    assert "new papers, " in matter.text
    assert "% of them with Chinese; " in matter.text


@pytest.mark.parametrize(
    ("until", "weekdays", "days"),
    [
        (THE_29TH, "12345", 0),
        (datetime.date(2025, 2, 2), "12345", 2),
        (datetime.date(2025, 2, 3), "12345", 3),
        (TODAY, "12345", 10),
        (TODAY, "1234567", 14),
        (TODAY, "7", 2),
        (datetime.date(2026, 1, 29), "12345", 261),
        (datetime.date(2025, 1, 1), "12345", 0),
    ],
)
def test_silence_is_counted_in_the_days_of_the_publisher(until, weekdays, days):
    assert working_days(THE_29TH, until, weekdays) == days


def test_a_followed_publisher_is_silent_after_ten_of_its_days(small_site):
    Source.objects.filter(name="lantern-daily").update(fetch_url="https://example.org/a.git")
    assert texts(matters.silent_publishers(TODAY - datetime.timedelta(days=1))) == []
    assert texts(matters.silent_publishers(TODAY)) == [
        "lantern-daily: no digest for 10 of its working days (its last is of 29 January 2025)."
    ]


def test_a_failed_fetch_lasts_until_it_succeeds(small_site):
    source = Source.objects.get(name="lantern-daily")
    source.fetch_url = "https://example.org/a.git"
    source.save()
    checkout = Checkout.objects.create(source=source, error="git fetch failed: no route.")
    assert texts(matters.failed_fetches()) == ["lantern-daily: git fetch failed: no route."]
    checkout.error = ""
    checkout.save()
    assert texts(matters.failed_fetches()) == []


def test_refused_files_are_named_once_for_the_same_files(db, tmp_path):
    file = tmp_path / "lamps/29-Jan-2025/AI/README.md"
    file.parent.mkdir(parents=True)
    file.write_bytes(b"\xff\xfe\x00\x01" * 50)
    for _ in range(2):
        run_import([str(tmp_path)], Options())
    first, again = matters.refused_files(timezone.now() - datetime.timedelta(hours=1))
    assert first.name == again.name
    assert str(file) in first.text


def test_an_import_that_broke_off_is_told(db):
    hour_ago = timezone.now() - datetime.timedelta(hours=1)
    assert texts(matters.broken_off(hour_ago, None)) == []
    ImportRun.objects.create(state=ImportRun.State.FAILED)
    DailyRun.objects.create(state=DailyRun.State.FAILED, started=timezone.now())
    (text,) = texts(matters.broken_off(hour_ago, None))
    assert text.startswith("An import of ")
    assert texts(matters.broken_off(timezone.now(), None)) == []


@pytest.mark.parametrize(
    ("with_chinese", "is_told"), [(40, False), (26, False), (24, True), (0, True)]
)
def test_chinese_under_half_of_its_usual_share_is_told(db, with_chinese, is_told):
    for day in range(1, 6):
        count(day, 50, of=100)
    count(6, with_chinese, of=100)
    assert bool(texts(matters.little_chinese())) == is_told


def test_a_publisher_that_never_had_chinese_is_not_missed(db):
    for day in range(1, 7):
        count(day, 0, of=100)
    assert texts(matters.little_chinese()) == []


def test_a_day_of_few_papers_is_not_compared(db):
    count(1, 100, of=100)
    count(2, 0, of=5)
    assert texts(matters.little_chinese()) == []


def count(day: int, with_chinese: int, of: int) -> None:
    for state, papers in ((ZhState.OK, with_chinese), (ZhState.MISSING, of - with_chinese)):
        if papers:
            day_of = datetime.date(2025, 1, day)
            DailyCount.objects.create(day=day_of, zh_state=state, papers=papers)
