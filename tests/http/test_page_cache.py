"""The cache of public pages: never stale, never another reader's page, never a failure."""

import datetime

import pytest
import time_machine
from django.contrib.auth.models import User
from django.core.cache import cache
from django.test import Client
from django.utils import timezone
from django.utils.http import http_date

from papers import curation
from papers.db import data_version
from papers.http import page_cache
from papers.importing.removal import remove_digests
from papers.importing.run import Options, run_import
from papers.models import Digest, Paper
from tests import cast
from tests.support import sign_in

PAGES = ["/", "/papers/", f"/papers/{cast.LAMP}/", "/days/", "/topics/", "/papers/feed.atom"]


@pytest.fixture(autouse=True)
def digests(small_site):
    cache.clear()
    return small_site


@pytest.mark.parametrize("address", PAGES)
def test_a_page_asked_for_again_costs_one_query_and_is_the_same(
    address, client, django_assert_num_queries
):
    first = client.get(address)
    with django_assert_num_queries(1):
        second = client.get(address)
    assert second.content == first.content
    assert dict(second.headers) == dict(first.headers)


@pytest.mark.parametrize("address", PAGES)
def test_whoever_has_the_page_is_told_so_at_the_cost_of_one_query(
    address, client, django_assert_num_queries
):
    etag = client.get(address).headers["ETag"]
    cache.clear()
    with django_assert_num_queries(1):
        answer = client.get(address, headers={"If-None-Match": etag})
    assert answer.status_code == 304
    assert answer.content == b""
    assert {"ETag", "Cache-Control", "Vary"} <= answer.headers.keys()


FEED = "/papers/feed.atom"


def test_of_a_feed_a_date_serves_as_well_as_a_tag(client):
    with time_machine.travel(datetime.timedelta(minutes=5)):
        changed = client.get(FEED).headers["Last-Modified"]
        assert client.get(FEED, headers={"If-Modified-Since": changed}).status_code == 304
        data_version.mark_data_changed()
    with time_machine.travel(datetime.timedelta(minutes=10)):
        assert client.get(FEED, headers={"If-Modified-Since": changed}).status_code == 200


def test_a_version_of_this_very_second_gives_no_date(client):
    data_version.mark_data_changed()
    assert "Last-Modified" not in client.get(FEED).headers


def test_a_date_is_no_sign_that_a_reader_has_the_page_in_his_language(client):
    with time_machine.travel(datetime.timedelta(minutes=5)):
        english = client.get("/papers/", headers={"Accept-Language": "en"})
        now = {"If-Modified-Since": http_date(timezone.now().timestamp())}
        for languages in ("en", "zh-CN"):
            answer = client.get("/papers/", headers={"Accept-Language": languages, **now})
            assert answer.status_code == 200
    assert "Last-Modified" not in english.headers


def test_nobody_has_an_answer_that_was_never_made(client):
    with time_machine.travel(datetime.timedelta(minutes=5)):
        now = {"If-Modified-Since": http_date(timezone.now().timestamp())}
        assert client.get(f"{FEED}?q=lamps", headers=now).status_code == 200


def test_an_import_shows_at_the_next_request(client, tmp_path):
    client.get("/papers/")
    folder = tmp_path / "later" / cast.LANTERN / "30-Jan-2025" / "AI"
    folder.mkdir(parents=True)
    (folder / "README.md").write_text(cast.record_text("2501.97099", "Later Lamps"), "utf-8")
    run_import([str(tmp_path / "later")], Options())
    assert "Later Lamps" in client.get("/papers/").content.decode()


def test_an_import_that_changes_nothing_leaves_the_pages(client, digests):
    etag = client.get("/papers/").headers["ETag"]
    run_import([str(digests)], Options())
    assert client.get("/papers/").headers["ETag"] == etag


def test_a_removal_shows_at_the_next_request(client):
    client.get("/papers/")
    remove_digests(Digest.objects.all())
    assert "Lamps" not in client.get("/papers/").content.decode()


@pytest.mark.parametrize(
    "decide",
    [
        lambda paper, by: curation.edit(paper, "title_en", "Lanterns after all", by),
        lambda paper, by: curation.hide([paper], "not ours", by),
    ],
)
def test_a_curators_decision_shows_at_the_next_request(decide, client):
    assert "Lamps for Dark Corpora" in client.get("/papers/").content.decode()
    decide(Paper.objects.get(arxiv_id=cast.LAMP), User.objects.create_user("curator"))
    assert "Lamps for Dark Corpora" not in client.get("/papers/").content.decode()


def test_signing_in_and_a_preview_leave_the_pages(client):
    etag = client.get("/papers/").headers["ETag"]
    User.objects.create_superuser("admin", password="secret")
    curator = Client()
    curator.post("/admin/login/", {"username": "admin", "password": "secret"})
    paper = Paper.objects.get(arxiv_id=cast.LAMP)
    form = f"/admin/papers/paper/{paper.pk}/change/"
    shown = curator.post(form, {"act": "preview", "title_zh": "只是预览"})
    assert "只是预览" in shown.content.decode()
    chosen = {"action": "hide", "_selected_action": [paper.pk]}
    asked = curator.post("/admin/papers/paper/", chosen)
    assert "1 paper will change" in asked.content.decode()
    assert client.get("/papers/").headers["ETag"] == etag


def test_readers_of_other_languages_get_their_own_page(client):
    english = client.get("/papers/", headers={"Accept-Language": "en"})
    chinese = client.get("/papers/", headers={"Accept-Language": "zh-CN"})
    client.cookies["lang"] = "zh"
    by_cookie = client.get("/papers/", headers={"Accept-Language": "en"})
    assert len({page.content for page in (english, chinese, by_cookie)}) == 3
    assert len({page.headers["ETag"] for page in (english, chinese, by_cookie)}) == 3


def test_a_feed_is_one_and_the_same_for_every_reader(client):
    english = client.get("/papers/feed.atom", headers={"Accept-Language": "en"})
    client.cookies["lang"] = "zh"
    chinese = client.get("/papers/feed.atom", headers={"Accept-Language": "zh-CN"})
    assert chinese.headers["ETag"] == english.headers["ETag"]
    assert "Cookie" not in chinese.headers["Vary"]


def test_signed_in_people_neither_fill_the_cache_nor_read_from_it(client):
    curator = sign_in(Client(), User.objects.create_superuser("admin"))
    theirs = curator.get("/papers/")
    assert "private" in theirs.headers["Cache-Control"]
    assert "ETag" not in theirs.headers
    assert "public" in client.get("/papers/").headers["Cache-Control"]
    assert "private" in curator.get("/papers/").headers["Cache-Control"]


@pytest.mark.parametrize("address", ["/nowhere/", "/papers/2501.00000/", "/language?lang=en"])
def test_what_is_no_page_is_not_kept(address, client):
    answer = client.get(address)
    assert "ETag" not in answer.headers
    assert "public" not in answer.headers.get("Cache-Control", "")


def test_a_page_is_compressed_once_in_the_way_that_the_client_takes(client):
    for offered, used in (("gzip, deflate, br", "br"), ("gzip", "gzip"), ("", None)):
        for _ in range(2):
            answer = client.get("/papers/", headers={"Accept-Encoding": offered})
            assert answer.headers.get("Content-Encoding") == used
            assert "Accept-Encoding" in answer.headers["Vary"]


@pytest.mark.parametrize("refused", ["gzip;q=0", "br;q=0, gzip; q=0.000", "br;Q=0", "identity"])
def test_an_encoding_of_weight_zero_is_refused(client, refused):
    address = "/papers/"
    assert (
        "Content-Encoding" not in client.get(address, headers={"Accept-Encoding": refused}).headers
    )


def test_an_encoding_with_a_weight_is_taken(client):
    for offered, used in (("gzip;q=0.5, br;q=1.0", "br"), ("br;q=0, gzip;q=0.001", "gzip")):
        answer = client.get("/papers/", headers={"Accept-Encoding": offered})
        assert answer.headers["Content-Encoding"] == used


def test_asking_for_the_head_alone_makes_the_page_ready(client, django_assert_num_queries):
    head = client.head("/papers/")
    with django_assert_num_queries(1):
        page = client.get("/papers/")
    assert "Lamps for Dark Corpora" in page.content.decode()
    assert page.headers["ETag"] == head.headers["ETag"]
    assert client.head("/papers/").content == b""


def test_the_day_is_part_of_the_page(client):
    with time_machine.travel("2026-11-25 12:00"):
        today = client.get("/").headers["ETag"]
    with time_machine.travel("2026-11-26 12:00"):
        assert client.get("/").headers["ETag"] != today


def test_a_long_page_is_kept_as_well(client, monkeypatch, django_assert_num_queries):
    monkeypatch.setattr(page_cache, "LONG", 100)
    first = client.get("/papers/feed.atom")
    with django_assert_num_queries(1):
        assert client.get("/papers/feed.atom").content == first.content
