"""The reading languages, and which text of two languages is shown."""

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from papers.http.language import preferred
from papers.text.bilingual import CHOICES, DEFAULT, Bilingual, Reading, Shown

EN = Reading("en", "en")
TEXTS = st.sampled_from(["", "Lamps", "灯"])
PAIRS = [f"{title}-{abstract}" for title, abstract in itertools.product(CHOICES, repeat=2)]


@pytest.mark.parametrize(("title", "abstract"), list(itertools.product(CHOICES, repeat=2)))
def test_a_choice_written_and_read_is_the_same_choice(title, abstract):
    reading = Reading(title, abstract)
    assert Reading.parse(reading.code) == reading
    assert Reading.parse(f"{title}-{abstract}") == reading


def test_a_pair_of_equals_is_written_as_the_one_word():
    assert [Reading(choice, choice).code for choice in CHOICES] == list(CHOICES)
    assert Reading("en", "zh").code == "en-zh"


@pytest.mark.parametrize(
    "code",
    ["", "-", "en-", "-en", "EN", "zh-Hans", "en-zh-both", "en--zh", " en", "en zh", "fr", "en-fr"],
)
def test_what_is_no_choice_is_none(code):
    assert Reading.parse(code) is None


@given(st.text() | st.lists(st.sampled_from(["en", "zh", "both", "-"])).map("".join))
def test_only_the_words_and_their_pairs_are_choices(code):
    assert (Reading.parse(code) is not None) == (code in {*CHOICES, *PAIRS})


@given(st.sampled_from(CHOICES), st.sampled_from(CHOICES), st.sampled_from(CHOICES))
def test_one_half_of_a_choice_changes_alone(title, abstract, other):
    reading = Reading(title, abstract)
    assert reading.with_title(other) == Reading(other, abstract)
    assert reading.with_abstract(other) == Reading(title, other)


@given(TEXTS, TEXTS, st.sampled_from(CHOICES))
def test_nothing_is_shown_blank_unless_both_languages_are(en, zh, choice):
    shown = Bilingual(en, zh).shown(choice)
    assert bool(shown) == bool(en or zh)
    assert all(one.text for one in shown)
    assert Bilingual(en, zh).best(choice) == (shown[0].text if shown else "")


@pytest.mark.parametrize(
    ("text", "choice", "shown"),
    [
        (Bilingual("Lamps", "灯"), "en", [Shown("en", "Lamps")]),
        (Bilingual("Lamps", "灯"), "zh", [Shown("zh", "灯")]),
        (Bilingual("Lamps", "灯"), "both", [Shown("en", "Lamps"), Shown("zh", "灯")]),
        (Bilingual("Lamps", ""), "en", [Shown("en", "Lamps")]),
        (Bilingual("Lamps", ""), "zh", [Shown("en", "Lamps", "zh")]),
        (Bilingual("Lamps", ""), "both", [Shown("en", "Lamps", "zh")]),
        (Bilingual("", "灯"), "en", [Shown("zh", "灯", "en")]),
        (Bilingual("", "灯"), "zh", [Shown("zh", "灯")]),
        (Bilingual("", "灯"), "both", [Shown("zh", "灯", "en")]),
    ],
)
def test_what_a_language_lacks_is_shown_in_the_other_one_and_says_so(text, choice, shown):
    assert text.shown(choice) == shown


def test_each_language_names_itself_for_the_browser():
    assert [one.html_lang for one in Bilingual("Lamps", "灯").shown("both")] == ["en", "zh-Hans"]


@pytest.mark.parametrize(
    ("header", "reading"),
    [
        ("", EN),
        ("*", EN),
        ("de", EN),
        ("en", EN),
        ("zh", DEFAULT),
        ("zh-CN,zh;q=0.9,en;q=0.8", DEFAULT),
        ("zh-TW", DEFAULT),
        ("en-US,en;q=0.9,zh;q=0.8", EN),
        ("en;q=0.5,zh;q=0.9", DEFAULT),
        ("de,zh;q=0.5,en;q=0.3", DEFAULT),
        ("zh;q=0,en", EN),
        ("zh;q=0", EN),
        (",;q=nonsense,,", EN),
    ],
)
def test_a_browser_that_prefers_chinese_to_english_reads_both(header, reading):
    assert preferred(header) == reading


@given(st.text())
def test_no_header_makes_it_raise(header):
    assert preferred(header) in (EN, DEFAULT)
