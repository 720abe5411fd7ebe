"""Looking up terms: longest match in either language, ranks, directions, entries."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from papers.glossary import Direction, Glossary, Kind, Origin, TermPair

MINED = Origin.MINED


def lamp_glossary(*more):
    return Glossary(
        [
            TermPair("灯笼", "lantern"),
            TermPair("提灯", "lantern", score=0.9),
            TermPair("读书灯笼", "reading lantern"),
            TermPair("混合灯油", "mixture of oils"),
            TermPair("混合灯油", "MoO", Kind.ABBREVIATION, score=0.9),
            TermPair("3D灯笼", "3D lantern"),
            TermPair("灯火", "lantern", Kind.VARIANT, Direction.TO_ENGLISH, MINED, 0.3, 6, 10, 60),
            TermPair("提灯", "hand lamp", Kind.CORE, Direction.BOTH, MINED, 0.5, 30, 40, 50),
            *more,
        ],
        "test",
    )


def english(text, **options):
    found = lamp_glossary().in_english(text, **options)
    return [(text[one.start : one.end], one.term) for one in found]


def chinese(text, **options):
    found = lamp_glossary().in_chinese(text, **options)
    return [(text[one.start : one.end], one.term) for one in found]


def test_it_finds_the_longest_english_term_in_any_case_number_and_hyphenation():
    assert english("Reading\nLanterns, lantern, and a mixture-of-oil.") == [
        ("Reading\nLanterns", "reading lantern"),
        ("lantern", "lantern"),
        ("mixture-of-oil", "mixture of oils"),
    ]


@pytest.mark.parametrize(
    "text", ["reading, lantern", "reading. Lantern", "reading (lantern)", "reading $x$ lantern"]
)
def test_an_english_term_does_not_reach_over_marks_or_formulas(text):
    assert [term for _, term in english(text)] == ["lantern"]


def test_it_finds_no_term_within_a_formula():
    assert english(r"$lantern$ and \(lantern\)") == []


def test_an_abbreviation_is_one_only_in_capitals():
    assert english("MoO, MOO, moo, Moo") == [("MoO", "MoO"), ("MOO", "MoO")]


def test_it_finds_the_longest_chinese_term():
    assert chinese("一盏读书灯笼和灯笼") == [("读书灯笼", "读书灯笼"), ("灯笼", "灯笼")]


def test_chinese_terms_may_have_spaces_and_hyphens_only_beside_latin_or_within():
    assert chinese("3D 灯笼，读书-灯笼，灯 笼") == [
        ("3D 灯笼", "3D灯笼"),
        ("读书-灯笼", "读书灯笼"),
    ]


def test_a_term_at_the_end_of_a_text_is_found_although_a_longer_one_begins_alike():
    glossary = lamp_glossary(TermPair("读书", "reading"))
    text = "一起读书"
    assert [text[one.start : one.end] for one in glossary.in_chinese(text)] == ["读书"]


def test_a_chinese_term_does_not_cut_a_latin_word():
    assert chinese("13D灯笼") == [("灯笼", "灯笼")]


def test_variants_are_for_searches_only():
    assert chinese("灯火") == []
    assert chinese("灯火", searched=True) == [("灯火", "灯火")]
    assert lamp_glossary().shown_english_of("灯火") == ""


def test_variants_have_a_direction():
    glossary = lamp_glossary()
    assert glossary.english_of("灯火") == [("lantern", 0.6)]
    assert "灯火" not in [one.term for one in glossary.chinese_of("lantern")]


def test_written_terms_come_before_mined_ones():
    assert lamp_glossary().english_of("提灯") == [("lantern", 0.9), ("hand lamp", 0.75)]


def test_chinese_synonyms_find_each_other():
    assert lamp_glossary().synonyms("提灯") == ["灯笼"]
    assert lamp_glossary().synonyms("灯笼") == ["提灯"]
    assert lamp_glossary().synonyms("无") == []


def test_a_curators_row_wins():
    curated = TermPair("灯", "lantern", origin=Origin.CURATOR)
    assert lamp_glossary(curated).shown_chinese_of("Lanterns") == "灯"


def test_a_hidden_pair_is_gone():
    hidden = TermPair("灯笼", "Lanterns", origin=Origin.CURATOR, hidden=True)
    glossary = lamp_glossary(hidden)
    assert glossary.shown_chinese_of("lantern") == "提灯"
    assert glossary.in_chinese("灯笼") == []


def test_a_written_pair_takes_the_counts_of_the_mined_one():
    mined = TermPair("灯笼", "lantern", Kind.CORE, Direction.BOTH, MINED, 0.5, 30, 40, 50)
    entry = lamp_glossary(mined).entry("lantern")
    assert (entry.origin, entry.use, entry.chinese_use) == ("hand", 50, 40)


def test_an_entry_has_all_names():
    entry = lamp_glossary().entry("lanterns")
    assert (entry.key, entry.chinese) == ("lantern", "灯笼")
    assert entry.other_chinese == ("提灯",)
    assert not entry.is_multiword


def test_an_abbreviation_leads_to_the_long_form():
    entry = lamp_glossary().entry("moo")
    assert (entry.key, entry.abbreviations) == ("mixture-of-oils", ("MoO",))
    assert entry.is_multiword


@pytest.mark.parametrize("key", ["", "-", "oil", "灯笼", "\x00"])
def test_an_unknown_key_has_no_entry(key):
    assert lamp_glossary().entry(key) is None


def test_entries_are_sorted_and_each_has_its_own_key():
    entries = list(lamp_glossary().entries())
    keys = [entry.key for entry in entries]
    assert keys == sorted(set(keys))
    assert all(lamp_glossary().entry(entry.key) == entry for entry in entries)


def test_terms_of_several_words_are_counted():
    assert lamp_glossary().counted_in("Lanterns, reading lanterns, MoO") == {"reading lantern"}


@given(st.text(alphabet="灯笼读书提3D-x $\\.,LANTERNlantern mixture of oils", max_size=60))
def test_found_terms_lie_in_the_text_in_order_and_apart(text):
    for found in (lamp_glossary().in_english(text), lamp_glossary().in_chinese(text)):
        ends = [0, *(one.end for one in found)]
        assert all(before <= one.start < one.end for before, one in zip(ends, found, strict=False))
        assert all(one.end <= len(text) for one in found)
