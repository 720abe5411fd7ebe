"""Lists of terms: orders, letters, and terms found by name."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from papers.glossary import Glossary, Kind, Origin, TermPair
from papers.lists.term_catalogue import OTHER, Catalogue

PAIRS = (
    TermPair("灯笼", "lantern", english_count=5, together=5),
    TermPair("提灯", "lantern", kind=Kind.CORE, score=0.2),
    TermPair("纸灯笼", "paper lantern", english_count=50, together=50),
    TermPair("纸灯笼", "PL", kind=Kind.ABBREVIATION),
    TermPair("风筝", "kite", english_count=9, together=9),
    TermPair("3D风筝", "3D kite", english_count=1, together=1),
)
CATALOGUE = Catalogue(Glossary(PAIRS, "test"))


def names(entries) -> list[str]:
    return [one.english for one in entries]


def test_the_most_used_terms_of_several_words_come_first():
    assert names(CATALOGUE.by_use) == ["paper lantern", "3D kite"]


def test_a_compound_is_listed_by_use_only_if_a_person_wrote_it():
    pairs = (
        TermPair("大规模", "large-scale", origin=Origin.SHIPPED, english_count=9, together=9),
        TermPair("小样本", "few-shot", origin=Origin.HAND),
    )
    assert names(Catalogue(Glossary(pairs, "test")).by_use) == ["few-shot"]


def test_letters_are_those_of_either_language():
    assert {letter: names(some) for letter, some in CATALOGUE.by_letter.items()} == {
        "k": ["kite"],
        "l": ["lantern"],
        "p": ["paper lantern"],
        OTHER: ["3D kite"],
    }
    assert {letter: names(some) for letter, some in CATALOGUE.by_pinyin.items()} == {
        "d": ["lantern"],
        "f": ["kite"],
        "z": ["paper lantern"],
        OTHER: ["3D kite"],
    }


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("lantern", ["lantern", "paper lantern"]),  # the whole name before a part of one
        ("LANTERNS", ["lantern", "paper lantern"]),
        ("lan", ["lantern", "paper lantern"]),
        ("灯笼", ["lantern", "paper lantern"]),
        ("提灯", ["lantern"]),
        ("pl", ["paper lantern"]),
        ("3d 风筝", ["3D kite"]),
        ("kite 3", []),
        ("...", []),
        ("", []),
    ],
)
def test_a_term_is_found_by_any_of_its_names(typed, found):
    assert names(CATALOGUE.find(typed)) == found


@given(st.text(max_size=100))
def test_no_text_is_an_error(typed):
    assert len(CATALOGUE.find(typed)) <= len(CATALOGUE.by_english)
