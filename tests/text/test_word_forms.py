"""British and American spellings, and how near two forms of a word are."""

import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from papers.text.word_forms import (
    DERIVED,
    EXACT,
    INFLECTED,
    american,
    beginning,
    likeness,
    spellings,
    varieties,
)

WORDS = st.text(string.ascii_lowercase, min_size=1, max_size=12)


@pytest.mark.parametrize(
    ("british", "us"),
    [
        ("behaviour", "behavior"),
        ("behavioural", "behavioral"),
        ("summarisation", "summarization"),
        ("optimises", "optimizes"),
        ("analysed", "analyzed"),
        ("centre", "center"),
        ("modelling", "modeling"),
        ("labelled", "labeled"),
        ("catalogue", "catalog"),
        ("defence", "defense"),
        ("greyscale", "grayscale"),
        ("anaemia", "anemia"),
        ("judgement", "judgment"),
    ],
)
def test_both_spellings_lead_to_each_other(british, us):
    assert american(british) == american(us) == us
    assert set(spellings(british)) == set(spellings(us)) == {british, us}
    assert likeness(british, us) == INFLECTED


@pytest.mark.parametrize("word", ["four", "noise", "size", "model", "label", "tensor", "rag", "π"])
def test_other_words_have_one_spelling(word):
    assert spellings(word) == (word,)


def test_several_words_are_written_in_one_variety_at_a_time():
    assert varieties(["behaviour", "modeling"]) == [
        ("behaviour", "modeling"),
        ("behavior", "modeling"),
        ("behaviour", "modelling"),
    ]


@pytest.mark.parametrize(
    ("word", "other"),
    [
        ("studies", "studied"),
        ("attack", "attacks"),
        ("forgetting", "forget"),
        ("tokenizer", "tokenization"),
        ("generalise", "generalization"),
        ("classifier", "classify"),
        ("evaluating", "evaluation"),
        ("llms", "llm"),
        ("routing", "route"),
    ],
)
def test_inflected_forms_are_near(word, other):
    assert likeness(word, other) == likeness(other, word) == INFLECTED


@pytest.mark.parametrize(
    ("word", "other"),
    [
        ("visualization", "visual"),
        ("tokenizer", "token"),
        ("robot", "robotics"),
        ("align", "alignment"),
    ],
)
def test_derived_words_are_less_near(word, other):
    assert likeness(word, other) == likeness(other, word) == DERIVED


@pytest.mark.parametrize(
    ("word", "other"),
    [("generalization", "generative"), ("rag", "rags2"), ("lamp", "lantern"), ("cat", "category")],
)
def test_other_words_are_not_alike(word, other):
    assert likeness(word, other) == 0


@given(WORDS, WORDS)
def test_likeness_is_mutual_and_complete_for_the_same_word(one, other):
    assert likeness(one, other) == likeness(other, one)
    assert likeness(one, one) == EXACT


@given(WORDS, st.sampled_from(["", "s", "ed", "ing", "er", "ization", "ation", "al", "ly"]))
def test_words_that_are_alike_begin_alike(word, ending):
    other = word + ending
    for one, two in ((word, other), (other, word)):
        if likeness(one, two):
            assert two.startswith(beginning(one))
