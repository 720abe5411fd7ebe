"""Query matches are marked in the displayed text."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from papers.search.highlighter import Highlighted, Marker


def marked(query: str, text: str) -> str:
    return "".join(f"[{part}]" if hit else part for part, hit in Marker([query]).mark(text).parts())


@pytest.mark.parametrize(
    ("query", "text", "expected"),
    [
        ("librarian", "Librarians of a library", "[Librarians] of a library"),
        ("tuning", "We tune, tuned and tuning.", "We [tune], [tuned] and [tuning]."),
        ("fine-tuning", "Fine tuning, finetuning", "[Fine tuning], [finetuning]"),
        ("检索增强", "面向检索增强生成", "面向[检索增强]生成"),
        ("檢索", "面向检索增强", "面向[检索]增强"),
        ("muller", "Dr. Müller", "Dr. [Müller]"),
        ("ok", "ＯＫ", "[ＯＫ]"),
        ("a<b>", "<b>bold</b>", "<[b]>bold</[b]>"),
        ("lamp", "clamp", "clamp"),
        ("colour", "Color and colours", "[Color] and [colours]"),
        ("c++", "Learn C++ and C#", "Learn [C++] and C#"),
        ("pi0", "The π0 policy", "The [π0] policy"),
    ],
)
def test_the_words_are_marked_as_the_index_finds_them(query, text, expected):
    assert marked(query, text) == expected


def test_a_snippet_is_the_part_with_most_hits():
    text = "lamp " + "filler words go on " * 30 + "a lamp beside a lantern " + "and so on " * 30
    snippet = Marker(["lamp lantern"]).mark(text).snippet(80)
    assert "lamp beside a lantern" in snippet.text
    assert (snippet.cut_before, snippet.cut_after) == (True, True)
    assert len(snippet.text) <= 80


def test_a_snippet_begins_and_ends_with_whole_words():
    words = "several considerably lengthened words surround one lamp among them " * 6
    snippet = Marker(["lamp"]).mark(words).snippet(90)
    assert set(snippet.text.split()) <= set(words.split())
    assert "lamp" in snippet.text


@given(st.text(max_size=60), st.text(max_size=400))
def test_marks_change_no_text_and_lie_within_it(query, text):
    highlighted = Marker([query]).mark(text)
    assert "".join(part for part, _ in highlighted.parts()) == text
    snippet = highlighted.snippet(50)
    assert snippet.text in text
    assert "".join(part for part, _ in snippet.parts()) == snippet.text


def test_nothing_asked_marks_nothing():
    assert Marker([""]).mark("lamps") == Highlighted("lamps")


def test_a_snippet_ends_inside_no_hit():
    for length in range(30, 90):
        text = "A study of the defence against jailbreaking prompts and of 检索增强生成 in models"
        snippet = Marker(["jailbreaking 检索增强生成"]).mark(text).snippet(length)
        marked = [part for part, is_hit in snippet.parts() if is_hit]
        assert marked, length
        assert set(marked) <= {"jailbreaking", "检索增强生成"}, length
        assert snippet.text.split()[-1] in text.split(), length


def test_a_snippet_of_chinese_cuts_no_latin_word():
    text = "我们采用FrechetDistance作为评估指标并与灯笼方法比较得到PeakSignal的结果"
    for length in range(12, 60):
        snippet = Marker(["灯笼"]).mark(text).snippet(length)
        words = re.findall("[A-Za-z]+", snippet.text)
        assert set(words) <= {"PeakSignal", "FrechetDistance"}, snippet.text
