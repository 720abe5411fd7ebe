"""Misspelt words are put right; what occurs in a paper never is."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from papers.search.spelling import changes, corrected_run, corrections, unknown

pytestmark = pytest.mark.usefixtures("library")


@pytest.mark.parametrize("at", range(len("librarians") - 1))
def test_two_letters_are_swapped_back_at_every_place(at):
    word = "librarians"
    swapped = word[:at] + word[at + 1] + word[at] + word[at + 2 :]
    assert corrections(swapped) == {swapped: word}


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("ibrarians", "librarians"),
        ("slibrarians", "librarians"),
        ("xibrarians", "librarians"),
        ("librarianz", "librarians"),
        ("lbirarianz", ""),
        ("libbrarianns", "librarians"),
        ("sleepv", "sleepy"),
    ],
)
def test_other_mistakes(typed, meant):
    assert corrections(typed).get(typed, "") == meant


@pytest.mark.parametrize("word", ["lamplight", "applaud", "lantern", "librarian", "beispiel"])
def test_what_occurs_anywhere_is_never_changed(word):
    assert unknown([word, "zzzz"]) == ["zzzz"]
    assert corrections(word) == {}


def test_only_the_unknown_words_of_a_text_are_changed():
    assert corrections("retreival for sleepy-librarains und gpt-4o") == {
        "retreival": "retrieval",
        "librarains": "librarians",
    }


@pytest.mark.parametrize("at", range(len("检索增强生成") - 1))
def test_two_characters_are_swapped_back(at):
    run = "检索增强生成"
    swapped = run[:at] + run[at + 1] + run[at] + run[at + 2 :]
    assert corrected_run(swapped) == run


def test_a_mistake_late_in_a_long_run_is_found():
    run = "面向困倦图书管理员的检索增强生成"
    assert corrected_run(f"{run}与{run[:-2]}成生") == f"{run}与{run}"


def test_chinese_that_occurs_is_never_changed():
    for text in ("大语言模型画图", "灯笼需要调校", "天真厨师"):
        assert corrections(text) == {}


@given(st.text("abc灯笼", max_size=60))
def test_any_text_has_corrections_of_its_own_words(text):
    assert all(wrong in text for wrong in corrections(text))


@given(st.text("abc", max_size=6), st.text("abc", max_size=6))
def test_changes_are_the_same_both_ways(one, other):
    assert changes(one, other, 9) == changes(other, one, 9)
