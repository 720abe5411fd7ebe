"""Remedies: they mend what they name, lose nothing else, and change nothing the second time."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from papers.text.remedies import (
    LINK,
    REMEDIES,
    drop_placeholder_sentences,
    fill_placeholders,
    stands_for_a_title,
    strip_marks,
)

ENGLISH = "We light lamps. The code is at this https URL."
BEGINNING = "我们点灯，数影子，并在暗处的语料中寻找光亮。"


@pytest.mark.parametrize(
    "place",
    [
        "[此链接]",
        "[请填写实际的链接]",
        r"\[请将相关URL替换为实际的链接\]",
        r"\href{此处填写实际链接}{此处填写实际链接}",
        "[此链接](这个链接请替换为实际链接)",
        "<网址>",
    ],
)
def test_an_open_place_gets_the_link_that_the_english_has(place):
    text = f"{BEGINNING}代码见{place}。"
    assert fill_placeholders(text, ENGLISH) == f"{BEGINNING}代码见{LINK}。"


def test_every_open_place_needs_one_of_the_english():
    text = f"{BEGINNING}代码见[此链接]，数据见[此链接]。"
    assert fill_placeholders(text, ENGLISH) == text
    both = f"{ENGLISH} Data: this http URL."
    assert fill_placeholders(text, both) == f"{BEGINNING}代码见{LINK}，数据见{LINK}。"


def test_where_the_english_has_no_link_nothing_is_filled_and_the_sentence_goes():
    text = f"{BEGINNING}代码见[请插入链接]。"
    assert fill_placeholders(text, "We light lamps.") == text
    assert drop_placeholder_sentences(text, "We light lamps.") == BEGINNING


def test_a_sentence_that_says_more_is_not_dropped():
    long = (
        "我们介绍了一种名为灯笼（请替换为实际的链接）的新方法，"
        + "它在暗处寻找光亮，" * 8
        + "并且很快。"
    )
    assert drop_placeholder_sentences(BEGINNING + long, "We.") == BEGINNING + long


@pytest.mark.parametrize(
    ("text", "clean"),
    [
        (")* 形而上学语言校准*", "形而上学语言校准"),
        ("**灯笼**", "灯笼"),
        ("灯笼（第一部分）", "灯笼（第一部分）"),
        ("Lanterns", "Lanterns"),
        ("***", "***"),
    ],
)
def test_marks_around_a_text_are_stripped(text, clean):
    assert strip_marks(text, "Lanterns in the dark") == clean


def test_a_title_has_no_sentence():
    assert stands_for_a_title("面向船只与缆绳的通用打结方法")
    assert not stands_for_a_title("我们打结。")
    assert not stands_for_a_title("我们打结\n我们解开")


PIECES = st.sampled_from(
    [
        *(
            "灯笼",
            "。",
            "代码见",
            "[此链接]",
            "[请填写网址]",
            "（请替换）",
            "https://...",
            "*",
            ")",
        ),
        *("\n", " ", "lamp", "$n^2$", "数据集", "<网址>", "模型，", "](", r"\url{请插入链接}"),
    ]
)
TEXTS = st.lists(PIECES, max_size=14).map("".join)
ENGLISHES = st.sampled_from(["", "We light lamps.", ENGLISH, f"{ENGLISH} And this http URL."])


@given(text=TEXTS, english=ENGLISHES, name=st.sampled_from(sorted(REMEDIES)))
def test_a_remedy_changes_nothing_the_second_time(text, english, name):
    once = REMEDIES[name](text, english)
    assert REMEDIES[name](once, english) == once


@given(text=TEXTS, english=ENGLISHES)
def test_dropping_and_stripping_only_take_away(text, english):
    for mend in (drop_placeholder_sentences, strip_marks):
        rest = iter(text)
        assert all(letter in rest for letter in mend(text, english))
    kept = strip_marks(text, english)
    assert set(text.replace(kept, "", 1)) <= set(" \n*#`_~)）]】([（【") if kept else not text


@given(text=TEXTS, english=ENGLISHES)
def test_filling_loses_nothing_outside_of_the_places(text, english):
    filled = fill_placeholders(text, english)
    if filled != text:
        position = 0
        for part in filled.split(LINK):
            position = text.index(part, position) + len(part)
