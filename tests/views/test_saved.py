"""Saved papers: the page around the browser's list, and shared lists."""

import pytest

from papers.models import Paper
from tests.views.conftest import ANGLE_BRACKETS, EXPLAINED, TOO_SHORT

pytestmark = [pytest.mark.usefixtures("sample"), pytest.mark.alike]


def shown_ids(page) -> list[str]:
    return page.attributes(".rows [data-paper]", "data-paper")


def wrong(page) -> list[str]:
    return page.all(".notice-wrong li")


def test_a_shared_list_keeps_its_order_and_shows_each_paper_once(read):
    ids = [TOO_SHORT, ANGLE_BRACKETS, EXPLAINED]
    assert shown_ids(read("/desk/", id=[*ids, TOO_SHORT])) == ids
    assert shown_ids(read("/desk/", id=ids[::-1])) == ids[::-1]


def test_a_version_means_the_paper(read):
    assert shown_ids(read("/desk/", id=f"{EXPLAINED}v3")) == [EXPLAINED]


def test_what_cannot_be_shown_is_named_and_left_out(read):
    Paper.objects.filter(arxiv_id=TOO_SHORT).update(hidden=True)
    page = read("/desk/", id=[TOO_SHORT, "2501.00001", "<b>nonsense</b>", EXPLAINED])
    assert shown_ids(page) == [EXPLAINED]
    assert wrong(page) == [
        "id=<b>nonsense</b> not an arXiv id",
        f"id={TOO_SHORT} not on this site",
        "id=2501.00001 not on this site",
    ]
    assert page.attributes("[data-saved]", "data-ids") == [EXPLAINED]


@pytest.mark.parametrize("value", ["\x00", "２５０１.99010", "2501.99010v0", "x" * 9000])
def test_an_odd_id_is_no_id(read, value):
    page = read("/desk/", id=value)
    assert page.status == 200
    assert len(wrong(page)) == 1
    assert "None of these papers is on this site." in page.text


def test_only_the_first_500_papers_are_looked_at(read):
    page = read("/desk/", id=[*(f"2401.{n:05}" for n in range(500)), EXPLAINED])
    assert shown_ids(page) == []
    assert wrong(page)[-1] == "id=… only the first 500 papers are shown"
    assert "id=… +480 not on this site" in wrong(page)


def test_a_long_list_has_pages(read):
    ids = sorted(Paper.objects.values_list("arxiv_id", flat=True))
    first, second = (read("/desk/", id=ids, page=number) for number in (1, 2))
    assert shown_ids(first) + shown_ids(second) == ids
    assert first.attributes("[data-saved]", "data-ids") == [" ".join(ids)]


def test_a_shared_list_can_be_taken_as_citations_and_as_a_filter(read):
    links = read("/desk/", id=[TOO_SHORT, EXPLAINED]).attributes(".saved-actions a", "href")
    query = f"id={TOO_SHORT}&id={EXPLAINED}"
    assert links == [f"/papers/?{query}", f"/papers.bib?{query}", f"/papers.ris?{query}"]


@pytest.mark.parametrize("query", [{}, {"id": EXPLAINED}])
def test_the_desk_is_nobodys_but_the_readers(read, query):
    response = read("/desk/", **query).response
    assert response.headers["X-Robots-Tag"] == "noindex, nofollow"
    assert {"private", "no-cache"} <= set(response.headers["Cache-Control"].split(", "))
    assert not response.cookies


def test_without_scripts_the_desk_says_why_it_is_empty(read):
    page = read("/desk/")
    assert page.status == 200
    assert "turned off in this browser" in page.all("noscript")[0]
    assert "hidden" in page.source.split('class="columns"')[1].split(">")[0]


def test_a_long_list_costs_as_many_queries_as_a_short_one(client, django_assert_max_num_queries):
    ids = list(Paper.objects.values_list("arxiv_id", flat=True))

    def queries_for(number: int) -> int:
        with django_assert_max_num_queries(10) as captured:
            client.get("/desk/", {"id": ids[:number]})
        return len(captured)

    queries_for(1)  # asks for the topics, which are kept
    assert queries_for(2) == queries_for(25)


def test_the_tools_speak_the_interfaces_language(read):
    page = read("/desk/", headers={"Accept-Language": "zh-CN"})
    assert page.all("h1") == ["收藏"]
    for attribute in ("data-word-forget-sure", "data-word-copied"):
        assert all(text[0] > "\u4e00" for text in page.attributes(f"[{attribute}]", attribute))
    assert page.all(".mark-name") == ["收藏", "已读", "隐藏"]
