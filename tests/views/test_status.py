"""``/status/``, ``/status.json`` and ``/readyz?strict``: how the data are, seen from outside."""

import datetime

import pytest
from django.utils import timezone

from papers.models import Checkout, DailyRun, Source

pytestmark = pytest.mark.usefixtures("sample")

SILENT = "A silent publisher"


@pytest.fixture
def silent() -> Source:
    """A followed source that has given nothing for a year."""
    source = Source.objects.create(
        name=SILENT, slug="silent", fetch_url="https://example.org/digests.git"
    )
    Checkout.objects.create(source=source, error="fatal: /srv/data/publishers is not there")
    a_year_ago = timezone.now() - datetime.timedelta(days=365)
    Checkout.objects.update(since=a_year_ago, looked=timezone.now())
    return source


def test_it_says_of_each_source_what_came_last(client, silent):
    sources = {one["name"]: one for one in client.get("/status.json").json()["sources"]}
    sample = sources["duizhao-sample"]
    assert sample["last_digest"] == "2025-01-29"
    assert sample["last_chinese"] == "2025-01-29"
    assert (sample["silent_working_days"], sample["is_silent"]) == (None, False)
    assert sources[SILENT]["silent_working_days"] > 200
    assert sources[SILENT]["is_silent"] is True


def test_it_has_the_share_of_chinese_by_month_and_the_last_runs(client):
    DailyRun.objects.create(state="done", steps=[{"step": "import", "state": "done"}])
    said = client.get("/status.json").json()
    (month,) = said["months"]
    assert month["month"] == "2025-01"
    assert 0 < month["with_sound_chinese"] < month["papers"]
    assert said["daily_runs"][0]["steps"] == {"import": "done"}
    assert said["imports"][0]["counts"]["papers_created"] == month["papers"]


@pytest.mark.parametrize(
    ("language", "words"), [("en", "silent for"), ("zh-CN", "个工作日没有更新")]
)
def test_the_page_says_the_same_to_people_and_is_never_kept(client, silent, language, words):
    answer = client.get("/status/", headers={"Accept-Language": language})
    page = answer.content.decode()
    assert SILENT in page
    assert words in page
    assert "no-store" in answer.headers["Cache-Control"]


def test_no_path_and_no_error_of_the_machine_is_told(client, silent):
    for address in ("/status/", "/status.json"):
        assert "/srv/data" not in client.get(address).content.decode()


def test_a_strict_monitor_hears_of_silence_and_a_front_does_not(client, silent):
    assert client.get("/readyz").status_code == 200
    strict = client.get("/readyz?strict")
    assert strict.status_code == 503
    assert f"nothing new from {SILENT}" in strict.content.decode()
    silent.delete()
    assert client.get("/readyz?strict").status_code == 200
