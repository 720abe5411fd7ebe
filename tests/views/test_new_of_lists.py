"""``/desk/new``: the new papers of followed lists, as JSON that every cache may store."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from papers.models import Author, Paper, Topic
from tests.cast import ANGLE_BRACKETS, LAMP

pytestmark = pytest.mark.usefixtures("small_site")


def ask(client, *lists: str):
    return client.get("/desk/new", {"list": lists})


def test_each_list_is_answered_in_the_order_asked(client):
    lists = ["2025-01-28/topics/cs-ro/", "/nothing/", "/papers/?id=2501.97001"]
    answer = ask(client, *lists).json()
    assert [one["list"] for one in answer["lists"]] == lists
    robots, nothing, lamp = answer["lists"]
    assert robots.keys() == {"list", "papers", "more", "newest", "on_newest", "paper"}
    assert (robots["papers"], robots["more"], robots["newest"]) == (2, False, "2025-01-28")
    assert nothing == {"list": "/nothing/", "error": "no such list"}
    paper = Paper.objects.get(arxiv_id=LAMP)
    assert lamp["paper"] == {
        "id": LAMP,
        "address": f"/papers/{LAMP}/",
        "title": {"en": paper.title_en, "zh": paper.title_zh},
    }


def test_an_empty_list_has_no_newest_paper(client):
    (one,) = ask(client, "2025-01-01/papers/?q=zebra").json()["lists"]
    assert (one["papers"], one["newest"], one["paper"]) == (0, None, None)


def test_a_title_is_data_and_not_html(client):
    response = ask(client, f"/papers/?id={ANGLE_BRACKETS}")
    assert response.headers["Content-Type"] == "application/json"
    (one,) = response.json()["lists"]
    assert "<script>" in one["paper"]["title"]["en"]


def test_at_most_fifty_lists_are_answered_at_once(client):
    lists = [f"/papers/?q=word{number}" for number in range(51)]
    assert len(ask(client, *lists[:50]).json()["lists"]) == 50
    refused = ask(client, *lists)
    assert refused.status_code == 400
    assert refused.content == b"Ask for at most 50 lists at once.\n"


def test_no_list_is_an_empty_answer(client):
    assert client.get("/desk/new").json() == {"lists": []}


def test_caches_may_store_the_answer_whatever_the_reader_reads(client):
    response = client.get(
        "/desk/new", {"list": "/papers/"}, headers={"Accept-Language": "zh-CN", "Cookie": "lang=zh"}
    )
    said = set(response.headers["Cache-Control"].split(", "))
    assert said == {"public", "max-age=0", "s-maxage=60"}
    assert response.headers["Vary"] == "Accept-Encoding"
    etag = {"If-None-Match": response.headers["ETag"]}
    assert client.get("/desk/new", {"list": "/papers/"}, headers=etag).status_code == 304


def test_other_parameters_make_no_other_address(client):
    first = client.get("/desk/new?list=/papers/")
    other = client.get("/desk/new?utm=x&list=/papers/&lang=zh")
    assert first.headers["ETag"] == other.headers["ETag"]


def test_requests_count_for_the_rate_limit(client, settings):
    settings.RATE_LIMIT = 2
    codes = [ask(client, f"/papers/?q={number}").status_code for number in range(3)]
    assert codes == [200, 200, 429]


def test_a_list_costs_one_query(client):
    words = ("knots", "lamps", "kite", "robots", "机器人", "锚")
    authors = [author.get_absolute_url() for author in Author.objects.all()[:6]]
    searches = [f"/papers/?q={word}" for word in words]
    topics = [topic.get_absolute_url() for topic in Topic.objects.all()]

    def queries_for(lists: list[str]) -> int:
        ask(client, *(f"2025-01-28{one}" for one in lists))  # loads the stored counts
        with CaptureQueriesContext(connection) as captured:
            assert ask(client, *(f"2025-01-27{one}" for one in lists)).status_code == 200
        return len(captured)

    for lists in (authors, searches, topics):
        assert queries_for(lists) - queries_for(lists[:1]) == len(lists) - 1
