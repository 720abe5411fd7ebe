"""Query plans: the index leads, newest first; nothing is sorted or scanned."""

import re

import pytest
from django.db import connection

from papers.lists.authors import by_author
from papers.lists.topics import on_topics
from papers.models import AuthorWord, Paper
from papers.search.searcher import HitQuery, parse_query

pytestmark = pytest.mark.usefixtures("library")
QUERIES = ["clouds", "大语言模型", '"language models" OR 图', "clouds date:2025-02"]


def plan(sql: str, params: list) -> str:
    explain = "EXPLAIN" if connection.vendor == "postgresql" else "EXPLAIN QUERY PLAN"
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            # With six papers a scan is cheapest; what matters is that it need not be one.
            cursor.execute("SET LOCAL enable_seqscan = off")
        cursor.execute(f"{explain} {sql}", params)
        return "\n".join(" ".join(map(str, row)) for row in cursor.fetchall())


def matching(query: str, papers=None) -> HitQuery:
    asked = parse_query(query)
    papers = Paper.objects.published() if papers is None else papers
    return HitQuery(asked.node(), papers, asked)


@pytest.mark.parametrize("query", QUERIES)
@pytest.mark.parametrize("oldest", [False, True])
def test_hits_come_in_their_order_without_sorting(query, oldest):
    found = matching(query)
    said = plan(found.places_sql(oldest), [*found.params, 1001])
    if connection.vendor == "postgresql":
        assert "papers_search" in said
        assert "Seq Scan" not in said
    else:
        assert "SCAN papers_search VIRTUAL TABLE INDEX" in said
        assert "TEMP B-TREE" not in said


@pytest.mark.parametrize(
    "narrow",
    [
        lambda papers: on_topics(papers, ["rag"]),
        lambda papers: by_author(papers, "ada-example-000000"),
        lambda papers: papers.filter(zh_state="ok"),
    ],
)
def test_filters_are_looked_up_for_each_hit(narrow):
    found = matching("clouds", narrow(Paper.objects.published()))
    said = plan(found.places_sql(), [*found.params, 1001])
    first = said.splitlines()[0]
    if connection.vendor == "postgresql":
        assert "Seq Scan" not in said
    else:
        assert "SCAN papers_search VIRTUAL TABLE INDEX" in first
        assert re.search(r" USING .*\((row)?id=\?\)", said.splitlines()[1])
        assert "SCAN papers_paper" not in said


def test_ranking_reads_the_index_alone_and_newest_first():
    said = plan(*matching("clouds").scores_sql(3000))
    assert "papers_paper" not in said
    assert "Seq Scan" not in said
    assert "TEMP B-TREE" not in said


def test_authors_are_found_by_a_word_of_their_names_in_an_index():
    words = AuthorWord.objects.filter(word__gte="ma", word__lt="mb").order_by("word")
    sql, params = words.values("author").query.sql_with_params()
    assert "author_word" in plan(sql, params)
