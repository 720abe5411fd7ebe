"""Rising terms: what titles use more than before, and what the glossary does not know yet."""

import datetime

import pytest

from papers.db.data_version import mark_data_changed
from papers.glossary import current_glossary
from papers.glossary.rising import (
    MAX_RISING,
    Period,
    phrases_of,
    ranked,
    rising_terms,
    rising_without_chinese,
    score,
    store_rising,
)
from papers.models import Paper, RisingTerm, Term, TermWeek

TODAY = datetime.date(2025, 6, 4)
OTHERS = {f"lamp oil {number}": 100 for number in range(20)}


def terms(recent, before, number=20):
    return [one.term for one in ranked(OTHERS | recent, OTHERS | before, number)]


def test_a_term_that_rises_comes_before_one_that_rises_less():
    assert terms({"a b": 60, "c d": 30}, {"a b": 5, "c d": 5}) == ["a b", "c d"]


def test_a_term_that_stays_or_falls_is_not_listed():
    assert terms({"a b": 40, "c d": 5}, {"a b": 40, "c d": 50}) == []


def test_a_term_in_few_titles_is_not_listed():
    assert terms({"a b": 4}, {}) == []


def test_a_term_within_a_longer_one_is_left_out():
    recent = {"context protocol": 62, "model context protocol": 60, "model": 61}
    assert terms(recent, {}) == ["model context protocol"]


def test_a_term_stays_if_the_longer_one_is_rarer():
    assert set(terms({"skill library": 60, "agent skill library": 10}, {})) == {
        "skill library",
        "agent skill library",
    }


def test_the_list_ends_with_the_number_asked_for():
    assert len(terms({f"term {letter}": 40 for letter in "abcdef"}, {}, number=3)) == 3


def test_the_score_is_larger_for_more_titles_of_the_same_ratio():
    assert score(60, 10, (1000, 1000)) > score(6, 1, (1000, 1000)) > 0


def test_a_period_ends_with_the_week_of_the_day():
    period = Period.up_to(TODAY)
    assert period.end == datetime.date(2025, 6, 9)
    assert period.before < period.recent < period.end


def test_phrases_have_several_words_and_no_function_word_at_an_edge():
    assert phrases_of("An agent harness for lamps: the dark night", []) == {
        "agent harness",
        "agent harness for lamp",
        "harness for lamp",
        "dark night",
    }


def test_a_phrase_within_a_known_term_is_none():
    assert phrases_of("Retrieval augmented generation", [(0, 30)]) == set()
    assert "generation of lamp" in phrases_of("Text generation of lamps", [(0, 15)])


@pytest.mark.django_db
def test_terms_that_rise_are_read_from_the_counts():
    for week, titles in ((datetime.date(2025, 3, 3), 2), (datetime.date(2025, 6, 2), 50)):
        TermWeek.objects.create(term="reasoning model", week=week, papers=titles, titles=titles)
        TermWeek.objects.create(term="world model", week=week, papers=50, titles=50)
    Paper.objects.create(arxiv_id="2506.98000", title_en="Lamps", first_seen=TODAY)
    store_rising()
    assert [(one.term, one.recent, one.before) for one in rising_terms()] == [
        ("reasoning model", 50, 2)
    ]


@pytest.mark.django_db
def test_phrases_without_chinese_are_read_from_titles():
    recent, before = datetime.date(2025, 6, 2), datetime.date(2025, 3, 3)
    titles = ["Lantern Harness: RAG"] * 16 + ["Dark Night"] * 30
    for number, (day, title) in enumerate(
        [*((recent, title) for title in titles), *((before, title) for title in titles[16:])]
    ):
        Paper.objects.create(arxiv_id=f"2506.980{number:02}", title_en=title, first_seen=day)
    Paper.objects.filter(arxiv_id="2506.98001").update(hidden=True)
    store_rising()
    assert [(one.term, one.recent) for one in rising_without_chinese()] == [("lantern harness", 15)]
    Term.objects.create(english="lantern harness", chinese="灯笼挽具")
    mark_data_changed()
    assert rising_without_chinese() == []


@pytest.mark.django_db
def test_the_lists_cost_a_page_no_more_than_a_few_rows(django_assert_max_num_queries):
    RisingTerm.objects.bulk_create(
        RisingTerm(term=f"lamp oil {number}", recent=9, before=1, score=3) for number in range(100)
    )
    current_glossary()
    with django_assert_max_num_queries(2):
        assert len(rising_without_chinese()) == MAX_RISING
