"""Feeds over HTTP: what feed readers expect."""

import gzip

import brotli
import pytest
from django.core.cache import cache
from django.test import Client

from papers import curation
from papers.importing.removal import remove_digests
from papers.models import Digest, Paper
from papers.models.site_state import DataVersion
from tests.cast import BUOY, KITE
from tests.support import with_limits

pytestmark = pytest.mark.usefixtures("small_site")

EMPTY = "/days/2025-01-29/rag/"  # a quiet day
FEEDS = [
    f"{path}feed.{form}"
    for path in (
        "/papers/",
        "/topics/rag/",
        "/days/",
        "/days/2025-01-29/",
        "/days/2025-01-27/rag/",
        EMPTY,
    )
    for form in ("atom", "rss", "json")
]


def test_the_second_request_is_answered_with_304_and_no_body(client):
    DataVersion.objects.update(at="2025-02-01T00:00:00Z")  # a moment that is over
    for path in FEEDS:
        first = client.get(path)
        for name, validator in (
            ("If-None-Match", first.headers["ETag"]),
            ("If-Modified-Since", first.headers["Last-Modified"]),
        ):
            second = client.get(path, headers={name: validator})
            assert (path, second.status_code, second.content) == (path, 304, b"")
            for kept in ("ETag", "Last-Modified", "Cache-Control", "Vary"):
                assert second.headers.get(kept) == first.headers.get(kept)
        assert client.get(path, headers={"If-None-Match": '"another"'}).status_code == 200


def hide_one(user):
    curation.hide(Paper.objects.filter(arxiv_id=BUOY), "a double", by=user)


def edit_one(user):
    curation.edit(Paper.objects.get(arxiv_id=BUOY), "title_zh", "改过的浮标", by=user)


def remove_one(user):
    remove_digests(Digest.objects.filter(date="2025-01-28", topic__slug="ro"))


@pytest.mark.parametrize("change", [hide_one, edit_one, remove_one])
def test_whatever_changes_in_a_feed_changes_its_etag(client, admin_user, change):
    paths = [f"/topics/ro/feed.{form}" for form in ("atom", "rss", "json")]
    before = [client.get(path) for path in paths]
    change(admin_user)
    for path, old in zip(paths, before, strict=True):
        new = client.get(path, headers={"If-None-Match": old.headers["ETag"]})
        assert new.status_code == 200
        assert new.content != old.content


@pytest.mark.parametrize("change", [hide_one, edit_one, remove_one])
def test_a_reader_that_knows_no_etags_learns_of_what_curators_did(client, admin_user, change):
    DataVersion.objects.update(at="2025-02-01T00:00:00Z")
    before = client.get("/papers/feed.atom")
    change(admin_user)
    since = {"If-Modified-Since": before.headers["Last-Modified"]}
    assert client.get("/papers/feed.atom", headers=since).status_code == 200


def test_caches_may_keep_it_and_it_is_the_same_for_everybody():
    chinese = Client(headers={"Accept-Language": "zh-CN"})
    chinese.cookies["lang"] = chinese.cookies["ui"] = "zh"
    for path in [*FEEDS, "/papers.bib", f"/papers/{KITE}.ris", "/api/v1/papers"]:
        answer = chinese.get(path)
        assert answer.headers["Cache-Control"].startswith("public, max-age=")
        assert answer.headers["Access-Control-Allow-Origin"] == "*"
        varies = set(answer.headers["Vary"].split(", "))
        assert varies <= {"Accept-Encoding", "Sec-Fetch-Dest"}
        assert "Set-Cookie" not in answer.headers
        assert answer.getvalue() == Client().get(path).getvalue()


def test_it_comes_compressed(client):
    path = "/papers/feed.atom"
    plain = client.get(path)
    for asked, opened in (("gzip", gzip.decompress), ("gzip, deflate, br", brotli.decompress)):
        answer = client.get(path, headers={"Accept-Encoding": asked})
        assert opened(answer.content) == plain.content
        assert int(answer.headers["Content-Length"]) == len(answer.content) < len(plain.content)
        assert answer.headers["Vary"] == "Accept-Encoding, Sec-Fetch-Dest"


def test_a_feed_costs_few_queries_and_a_304_one(client, django_assert_max_num_queries):
    cache.clear()
    with django_assert_max_num_queries(with_limits(4)):
        etag = client.get("/papers/feed.atom").headers["ETag"]
    with django_assert_max_num_queries(1):
        assert client.get("/papers/feed.atom", headers={"If-None-Match": etag}).status_code == 304


def test_it_only_answers_safe_methods(client):
    for path in FEEDS:
        for method in (client.post, client.put, client.delete, client.patch):
            assert method(path).status_code == 405
