"""Terms of English texts with their Chinese, where a translation is missing."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import html

from papers.glossary import Glossary, TermPair
from papers.presentation import glosses
from papers.presentation.glosses import glossed_abstract, title_glosses
from papers.text.bilingual import EN, ZH, Shown

LINK = "https://arxiv.org/abs/2501.99005"
TERMS = Glossary(
    (
        TermPair("纸灯笼", "paper lantern"),
        TermPair("彩色纸灯笼", "coloured paper lantern"),
        TermPair("灯笼", "lantern"),
        TermPair("纸灯笼", "PL", kind="abbreviation"),
        TermPair("GraphLamp", "graph lamp"),
        TermPair("风筝线", "kite line", kind="variant"),
    ),
    "test",
)


@pytest.fixture(autouse=True)
def terms(monkeypatch):
    monkeypatch.setattr(glosses, "current_glossary", lambda: TERMS)


def missing(text: str) -> list[Shown]:
    """An English text that stands for the missing Chinese."""
    return [Shown(EN, text, missing=ZH)]


def said(text: str) -> list[list[str]]:
    return [[one.chinese for one in row.glosses] for row in glossed_abstract(missing(text), LINK)]


def plain(text: str) -> str:
    """The words of the sentences, without their HTML."""
    rows = glossed_abstract(missing(text), LINK)
    return " ".join(html.fromstring(f"<p>{row.html}</p>").text_content().strip() for row in rows)


def test_each_sentence_has_its_terms_longest_first_and_each_once():
    text = (
        "We fold a coloured paper lantern. Paper lanterns glow. A lantern burns, and a "
        "Coloured Paper-Lantern glows like no other paper lantern."
    )
    assert said(text) == [["彩色纸灯笼"], ["纸灯笼"], []]


def test_a_term_is_marked_where_it_stands_first():
    (row,) = glossed_abstract(missing("One <b> paper lantern & a paper lantern."), LINK)
    assert row.html == (
        'One &lt;b&gt; <span class="term">paper lantern</span> &amp; a paper lantern.'
    )
    assert [(one.english, one.key) for one in row.glosses] == [("paper lantern", "paper-lantern")]


def test_no_term_is_within_a_formula():
    text = "Let $paper lantern$ be a set, and then a paper lantern of $x_1$ is red. It is $x_2$."
    rows = glossed_abstract(missing(text), LINK)
    assert [len(row.glosses) for row in rows] == [1, 0]
    assert '<span class="term">paper lantern</span>' in rows[0].html
    assert rows[0].html.count("<math") == 2
    assert "term" not in re.search("<math.*?</math>", rows[0].html)[0]


@pytest.mark.parametrize(
    "text",
    [
        "No term at all stands here.",
        "A lantern, PL.",  # a single word; an abbreviation
        "A kite line.",  # for searches only
        "A graph lamp.",  # its Chinese is no Chinese
        "",
    ],
)
def test_without_a_term_of_several_words_there_is_nothing(text):
    assert glossed_abstract(missing(text), LINK) == []
    assert title_glosses(missing(text)) == []


def test_where_the_chinese_is_there_or_not_asked_for_there_is_nothing():
    text = "A paper lantern."
    for shown in ([Shown(EN, text)], [Shown(EN, text), Shown(ZH, "一盏纸灯笼。")], []):
        assert glossed_abstract(shown, LINK) == []
        assert title_glosses(shown) == []


def test_a_command_from_one_term_into_the_next_sentence_leaves_the_abstract_as_it_is():
    assert glossed_abstract(missing(r"A \emph{paper lantern. It} glows."), LINK) == []


def test_paragraphs_stay_apart():
    rows = glossed_abstract(missing("A paper lantern.\nIt glows. It burns."), LINK)
    assert [row.ends_paragraph for row in rows] == [True, False, False]


def test_a_title_has_a_few_terms():
    assert [one.chinese for one in title_glosses(missing("Paper Lanterns of a Lantern"))] == [
        "纸灯笼"
    ]


@given(
    st.lists(
        st.sampled_from(
            ["paper lantern", "Coloured paper lantern", "A", ". ", "$x$", "<i>", "\n", "&", "PL"]
        ),
        max_size=12,
    )
)
def test_no_word_is_lost_or_made_up(pieces):
    text = " ".join(pieces)
    if glossed_abstract(missing(text), LINK) and "$" not in text:
        assert plain(text).split() == text.split()
