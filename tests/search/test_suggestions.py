"""Suggestions while typing, and corrections of spelling."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from papers.lists.suggestions import did_you_mean, suggestions
from papers.search import parse_query
from papers.search.spelling import changes
from tests.search.conftest import RETRIEVAL


def suggested(typed: str, kind: str) -> list[str]:
    return [one.text for one in suggestions(typed, "en") if one.kind == kind]


@pytest.mark.usefixtures("library")
class TestSuggestions:
    def test_titles_by_a_word_that_is_not_finished(self):
        assert suggested("sleepy libr", "title") == ["Retrieval for Sleepy Librarians"]
        assert suggested("困倦", "title") == ["面向困倦图书管理员的检索增强生成"]

    def test_authors_by_the_beginning_of_their_name(self):
        assert suggested("yi m", "author") == ["Ma Yiling", "Yi Ma"]
        assert suggested("jürg", "author") == ["Jürgen Beispiel"]

    def test_authors_by_the_beginning_of_any_word_of_their_name(self):
        assert suggested("exam", "author") == ["Ada Example"]
        assert suggested("ma", "author") == ["Ma Yiling", "Yi Ma"]

    def test_topics_by_any_part_of_their_names(self):
        assert suggested("retrieval", "topic") == ["Retrieval-Augmented Generation"]

    def test_too_little_suggests_nothing(self):
        assert suggestions("s", "en") == suggestions(" ", "en") == suggestions("?!", "en") == []

    def test_a_mistyped_word_is_put_right(self):
        assert did_you_mean(parse_query("librarains")) == "librarians"
        assert did_you_mean(parse_query("sleepy elibrarians")) == "sleepy librarians"
        assert did_you_mean(parse_query("zzzzzz")) == ""

    @pytest.mark.parametrize(
        ("mistyped", "meant"),
        [
            ("检索增墙生成", "检索增强生成"),  # a wrong character in the middle,
            ("大语言模刑", "大语言模型"),  # at the end,
            ("木语言模型", "大语言模型"),  # at the beginning;
            ("大语言型模", "大语言模型"),  # two swapped
            ("困倦图书管里员", "困倦图书管理员"),
            ("title:灯龙", "title:灯笼"),
        ],
    )
    def test_a_wrong_or_swapped_character_is_put_right(self, mistyped, meant):
        assert did_you_mean(parse_query(mistyped)) == meant

    def test_chinese_that_is_like_no_word_is_left_alone(self):
        assert did_you_mean(parse_query("鱻鱻鱻")) == ""


@pytest.mark.parametrize(
    ("one", "other", "distance"),
    [("lamp", "lamp", 0), ("lamp", "lmap", 1), ("lamp", "lamps", 1), ("lamp", "l", 3)],
)
def test_changes_between_words(one, other, distance):
    assert min(changes(one, other, 2), 3) == distance


@given(st.text("abc", max_size=6), st.text("abc", max_size=6))
def test_changes_are_the_same_both_ways(one, other):
    assert changes(one, other, 9) == changes(other, one, 9)


def test_an_arxiv_id_suggests_nothing_that_fails(library):
    assert suggestions(RETRIEVAL, "en") == []
