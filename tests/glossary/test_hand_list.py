"""The list written by hand: its format, its mistakes, and the list itself."""

import pytest

from papers.glossary import Kind, hand_list
from papers.glossary.hand_list import HandListError, parse


def pairs(*lines):
    return list(parse(lines, "terms.txt"))


def test_it_pairs_every_english_with_every_chinese_term():
    found = pairs("lantern, reading lamp = 灯笼, 读书灯")
    assert [(one.english, one.chinese) for one in found] == [
        ("lantern", "灯笼"),
        ("reading lamp", "灯笼"),
        ("lantern", "读书灯"),
        ("reading lamp", "读书灯"),
    ]
    assert found[0].score > found[1].score == found[2].score > found[3].score


def test_it_reads_abbreviations_and_terms_for_search_only():
    found = {
        (one.english, one.chinese): one.kind
        for one in pairs("lamp oil (LO), ~lamp fat = 灯油, ~油")
    }
    assert found == {
        ("lamp oil", "灯油"): Kind.CORE,
        ("LO", "灯油"): Kind.ABBREVIATION,
        ("lamp fat", "灯油"): Kind.VARIANT,
        ("lamp oil", "油"): Kind.VARIANT,
        ("LO", "油"): Kind.VARIANT,
        ("lamp fat", "油"): Kind.VARIANT,
    }


def test_it_skips_comments_and_empty_lines():
    assert len(pairs("# lamps", "", "lantern = 灯笼  # the usual one")) == 1


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("lantern 灯笼", "write English terms, one =, and Chinese terms"),
        ("lantern = 灯笼 = 灯", "write English terms, one =, and Chinese terms"),
        ("lantern, = 灯笼", "a term is empty on the English side"),
        ("lantern = 灯笼，", "a term is empty on the Chinese side"),
        ("灯笼 = lantern", "“灯笼” is no English term"),
        ("lantern (灯) = 灯笼", "“灯” is no English term"),
        ("lamp oil = 灯油", "line 1 has lamp oil = 灯油"),
    ],
)
def test_it_names_file_and_line_of_a_mistake(line, message):
    with pytest.raises(HandListError) as error:
        pairs("lamp oil = 灯油", line)
    assert str(error.value) == f"terms.txt, line 2: {message}"


def test_the_list_of_the_project_has_no_mistake():
    found = hand_list.read()
    assert len({one.english for one in found}) >= 200
    assert all(0 < one.score <= 1 for one in found)
