"""Papers on rare and on frequent topics: two query plans, the same papers."""

import pytest
from django.db import connection

from papers.lists import topics
from papers.lists.cursor import Cursor
from papers.lists.topics import not_on_topics, on_topics
from papers.models import OLDEST_FIRST, Paper
from tests.cast import ANCHOR

FREQUENT_AND_RARE = (0, 10**9)  # papers of a page


@pytest.mark.parametrize("slugs", [["rag"], ["rag", "ro"], ["cs-ro"], ["rag", "nothing"], []])
def test_papers_on_frequent_topics_are_those_that_a_rare_topic_would_have(
    small_site, monkeypatch, slugs
):
    found = []
    for page in FREQUENT_AND_RARE:
        monkeypatch.setattr(topics, "PAGE_LIMIT", page)
        papers = on_topics(Paper.objects.newest_first(), slugs)
        found.append([one.pk for one in papers])
    wanted = Paper.objects.filter(topic_links__topic__slug__in=slugs).distinct().newest_first()
    assert found == [[one.pk for one in wanted]] * 2


def test_papers_on_none_of_the_topics_are_all_the_others(small_site):
    on, off = (of(Paper.objects.all(), ["rag", "ro"]) for of in (on_topics, not_on_topics))
    assert {*on} | {*off} == {*Paper.objects.all()}
    assert not {*on} & {*off}
    assert off


@pytest.mark.parametrize(
    "address",
    [
        "/topics/ro/feed.json",
        "/papers/feed.json?topic=ro&topic=rag&zh=ok",
        "/topics/cs-ro/papers.csv",
        "/api/v1/papers?topic=ro&from=2025-01-28",
        "/papers/?topic=ro&author=nobody",
        "/papers/?q=topic:ro",
        "/papers/?q=lamps+topic:ro",
        "/papers/?q=-topic:ro",
        f"/papers/{ANCHOR}/?list=/topics/ro/",
    ],
)
def test_every_answer_is_the_same_for_a_frequent_topic(small_site, client, monkeypatch, address):
    said = []
    for page in FREQUENT_AND_RARE:
        monkeypatch.setattr(topics, "PAGE_LIMIT", page)
        answer = client.get(address, headers={"Cookie": f"nobody={page}"})
        assert answer.status_code == 200
        said.append(b"".join(answer) if answer.streaming else answer.content)
    assert said[0] == said[1]


@pytest.mark.skipif(connection.vendor != "sqlite", reason="PostgreSQL weighs both ways itself")
def test_a_frequent_topic_is_read_in_order_from_any_of_its_papers_and_not_sorted(
    small_site, monkeypatch
):
    monkeypatch.setattr(topics, "PAGE_LIMIT", 0)
    papers = on_topics(Paper.objects.published(), ["ro"])
    here = Cursor.behind(Paper.objects.get(arxiv_id=ANCHOR))
    for some in (
        papers.newest_first(),
        here.older(papers).newest_first(),
        here.newer(papers).order_by(*OLDEST_FIRST),
    ):
        plan = some[:25].explain()
        assert "papers_paper USING INDEX" in plan
        assert "TEMP B-TREE" not in plan
