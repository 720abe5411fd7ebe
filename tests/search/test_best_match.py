"""A query that no paper matches as a whole finds those with most of its rare words."""

import pytest

from papers import search
from papers.lists.search_filter import filter_by_query
from papers.models import Paper
from papers.search import parse_query
from tests.search.conftest import ENGLISH, GRAPHS, LANTERN, RETRIEVAL, TALES, results

pytestmark = pytest.mark.usefixtures("library")


def best(query: str, order: str = search.RELEVANCE) -> list[str]:
    answer = results(query, order)
    assert answer.is_best_match
    return [paper.arxiv_id for paper in answer[:100]]


@pytest.mark.parametrize(
    "query",
    [
        "Ma, Y., & Beispiel, J. (2025). Retrieval for Sleepy Librarians. Journal of Sleep, 4(2).",
        'Ma, Yi, et al. "Retrieval for Sleepy Librarians." Journal of Sleep (2025).',
        "MA Y, BEISPIEL J. Retrieval for Sleepy Librarians[J]. Journal of Sleep, 2025, 4: 12-34.",
        '"Retrieval for Sleepy Librarains"',
        "Retreival for Sleepy Librarians",
        "困倦图书管里员的检索增强生成",
        "Retrieval for NOT Sleepy Librarians",
    ],
)
def test_pasted_text_finds_its_paper_first(query):
    assert best(query)[0] == RETRIEVAL


def test_a_query_that_matches_as_a_whole_is_no_best_match():
    answer = results("sleepy librarians")
    assert not answer.is_best_match
    assert len(answer) == 1


def test_rare_words_weigh_more():
    ranked = best("lantern librarians")
    assert (ranked[0], {*ranked[1:]}) == (LANTERN, {TALES, RETRIEVAL})


def test_fields_and_a_minus_stay_required():
    assert best("title:clouds lantern ear") == [ENGLISH]
    assert best("lantern librarians -applaud") == [LANTERN, RETRIEVAL]
    assert not results("title:zzzz lantern librarians")


def test_a_phrase_stays_required_if_a_paper_has_it():
    assert best('"large language models" lantern') == [GRAPHS]
    assert best('"language large models" lantern')[0] == GRAPHS


def test_constraints_narrow_it():
    assert best("lantern graphs date:2025-02") == [GRAPHS]
    assert not results("lantern librarians topic:llm")


def test_it_can_be_in_the_order_of_time():
    assert best("lantern librarians", search.NEWEST) == [LANTERN, TALES, RETRIEVAL]
    assert best("lantern librarians", search.OLDEST) == [RETRIEVAL, TALES, LANTERN]


def test_frequent_words_only_add_to_rare_ones(monkeypatch):
    monkeypatch.setattr("papers.search.best_match.POOL", 1)
    assert best("lantern librarians graphs cloud")[0] in (LANTERN, GRAPHS)
    assert TALES not in best("lantern librarians")


def test_nothing_known_finds_nothing():
    assert not results("zzzz yyyy")
    assert not results("zzzz")


def test_a_list_holds_the_same_papers():
    query = parse_query("lantern librarians")
    kept = filter_by_query(Paper.objects.published(), query)
    assert {one.arxiv_id for one in kept} == {LANTERN, TALES, RETRIEVAL}
    kept = filter_by_query(Paper.objects.published().newest_first(), query, newest=10)
    assert {one.arxiv_id for one in kept} == {LANTERN, TALES, RETRIEVAL}


def test_a_long_text_is_not_asked_for_as_a_whole():
    text = " ".join(f"word{number}" for number in range(40)) + " sleepy librarians"
    assert parse_query(text).is_long
    assert best(text)[0] == RETRIEVAL


def test_a_question_finds_what_has_most_of_its_telling_words():
    assert best("Why are the librarians so sleepy?")[0] == RETRIEVAL
    assert best("大语言模型如何画图？")[0] == GRAPHS


def test_a_question_with_enough_answers_is_matched_as_a_whole(monkeypatch):
    monkeypatch.setattr("papers.lists.search_filter.ENOUGH", 1)
    assert not results("Why are the librarians so sleepy?").is_best_match
    assert [one.arxiv_id for one in results("Why are the librarians so sleepy?")[:9]] == [RETRIEVAL]


def test_a_term_weighs_as_much_as_its_words():
    ranked = best("检索增强生成 画图")
    assert ranked[0] == RETRIEVAL
