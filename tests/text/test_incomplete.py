"""Detecting English sentences that the Chinese text omits."""

import pytest

from papers.text.alignment import align
from papers.text.incomplete import left_out
from tests.text.test_alignment import CHINESE, ENGLISH

pytestmark = pytest.mark.filterwarnings("error")

LONG = (
    "The training of such lanterns on large datasets, in contrast, needs neither a benchmark nor"
    " human feedback, and its cost does not depend on the quality of the oil. "
)
SILENT = (
    "Nobody ever climbed so high up there in winter, and whoever did so in spite of all warnings"
    " was never heard of again, neither by the harbour nor by those who had stayed at home. "
)


def missing(english: list[str], chinese: list[str]) -> list[str]:
    texts = "".join(english), "".join(chinese)
    return [texts[0][slice(*span)] for span in left_out(*texts, align(*texts))]


def test_a_whole_translation_leaves_nothing_out():
    assert missing(ENGLISH, CHINESE) == []


def test_a_sentence_that_nothing_translates_is_left_out():
    assert missing([*ENGLISH[:3], LONG, *ENGLISH[3:]], CHINESE) == [LONG]
    assert missing([LONG, *ENGLISH], CHINESE) == [LONG]
    assert missing([*ENGLISH[:5], LONG], CHINESE[:5]) == [LONG]


def test_two_sentences_in_a_row_may_be_left_out():
    second = "A lower risk for the robot and its human expert is a result of this design, too. "
    assert missing([*ENGLISH[:2], LONG, second, *ENGLISH[2:]], CHINESE) == [LONG, second]


def test_what_stands_in_a_neighbours_translation_is_not():
    within = CHINESE[2][:-1] + (
        "，相比之下，在大型数据集上训练这类灯笼既不需要基准也不需要人类反馈，成本与灯油质量无关。"
    )
    assert missing([*ENGLISH[:3], LONG, *ENGLISH[3:]], [*CHINESE[:2], within, *CHINESE[3:]]) == []


def test_a_sentence_without_telling_words_is_not():
    assert missing([*ENGLISH[:3], SILENT, *ENGLISH[3:]], CHINESE) == []


def test_terms_of_a_glossary_tell_as_well():
    texts = "".join([*ENGLISH[:3], SILENT, *ENGLISH[3:]]), "".join(CHINESE)
    terms = {"climbed": ["攀登"], "winter": ["冬天", "冬季"]}
    assert [texts[0][slice(*one)] for one in left_out(*texts, align(*texts, terms), terms)] == [
        SILENT
    ]


def test_nothing_is_left_out_of_no_translation_at_all():
    """It is missing as a whole, and that is another fault."""
    assert missing(ENGLISH, []) == []
