"""Aligning sentences, and the confidence of an alignment."""

import time

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from papers.text.alignment import MOST_CHARACTERS, MOST_SENTENCES, Alignment, align

pytestmark = pytest.mark.filterwarnings("error")

ENGLISH = [
    "Lanterns are an old way of lighting narrow streets in towns near the sea. ",
    "However, existing methods need 40 litres of oil for each night of the year. ",
    "We propose WICK, a framework that lights 12 lanterns with a single flame. ",
    "It keeps the flame alive in storms of up to 9 Beaufort. ",
    "Experiments on 3 islands show that WICK needs 61% less oil than its baselines. ",
    "Our code is available at this https URL.",
]
CHINESE = [
    "灯笼是沿海城镇照亮狭窄街道的一种古老方式。",
    "然而，现有方法一年中每晚需要40升灯油。",
    "我们提出了WICK，一个用一簇火焰点亮12盏灯笼的框架。",
    "它能在高达9级的风暴中保持火焰不灭。",
    "在3座岛屿上的实验表明，WICK比基线方法节省61%的灯油。",
    "我们的代码可在此网址获取：this https URL。",
]


def kinds(alignment: Alignment) -> list[str]:
    return [bead.kind for bead in alignment.beads]


def shown(english: str, chinese: str) -> list[tuple[str, str]]:
    return [
        (english[slice(*bead.english)], chinese[slice(*bead.chinese)])
        for bead in align(english, chinese).beads
    ]


def test_sentences_stand_beside_their_translations():
    alignment = align("".join(ENGLISH), "".join(CHINESE))
    assert shown("".join(ENGLISH), "".join(CHINESE)) == list(zip(ENGLISH, CHINESE, strict=True))
    assert kinds(alignment) == ["1–1"] * 6
    assert alignment.sure
    assert alignment.sureness == 1
    assert all(bead.sure and bead.is_pair for bead in alignment.beads)


def test_two_sentences_may_stand_beside_one():
    joined = [*CHINESE[:2], CHINESE[2][:-1] + "，" + CHINESE[3], *CHINESE[4:]]
    assert kinds(align("".join(ENGLISH), "".join(joined))) == ["1–1", "1–1", "2–1", "1–1", "1–1"]
    english = [*ENGLISH[:4], ENGLISH[4][:-2] + ", and " + ENGLISH[5]]
    assert kinds(align("".join(english), "".join(CHINESE))) == ["1–1"] * 4 + ["1–2"]


def test_what_has_no_partner_is_visible():
    alignment = align("".join(ENGLISH), "".join(CHINESE[:2] + CHINESE[3:]))
    assert alignment.only_english == (alignment.beads[2].english,)
    assert kinds(alignment)[2] == "1–0"
    alignment = align("".join(ENGLISH[:4] + ENGLISH[5:]), "".join(CHINESE))
    assert alignment.only_chinese == (alignment.beads[4].chinese,)
    assert alignment.only_english == ()


def test_no_pair_beside_a_sentence_without_partner_is_sure():
    alignment = align("".join(ENGLISH), "".join(CHINESE[:2] + CHINESE[3:]))
    assert [bead.sure for bead in alignment.beads if bead.is_pair] == [
        True,
        False,
        False,
        True,
        True,
    ]
    assert not alignment.sure


def test_a_gap_in_a_long_text_is_shown_among_pairs():
    english, chinese = [*ENGLISH[:5], *ENGLISH], [*CHINESE[:5], *CHINESE]
    lost = (
        "The training of such lanterns is a question of taste, and that of their keepers is none. "
    )
    alignment = align("".join([*english[:7], lost, *english[7:]]), "".join(chinese))
    assert kinds(alignment) == ["1–1"] * 7 + ["1–0"] + ["1–1"] * 4
    assert alignment.beads[7].sure
    assert alignment.sure


def test_another_papers_translation_is_not_shown_as_pairs():
    other = "灯塔很高。它的楼梯有200级台阶，守塔人每天要爬两次。冬天的海上没有船，夜很长。他读书。"
    assert not align("".join(ENGLISH), other).sure


def test_known_terms_hold_sentences_together():
    """By its length the Chinese belongs to the first sentence."""
    english, chinese = (
        "The wee tug sails off at dusk. The old ferries are docking here.",
        "渡轮停靠在此地。",
    )
    assert kinds(align(english, chinese)) == ["1–1", "1–0"]
    assert kinds(align(english, chinese, {"old ferry": ["渡船"]})) == ["1–1", "1–0"]
    assert kinds(align(english, chinese, {"old ferries": ["渡船", "渡轮"]})) == ["1–0", "1–1"]


def test_a_term_is_known_in_the_plural_too():
    english, chinese = "The wee tug sails off at dusk. The old lamps dock here.", "旧灯停靠在此地。"
    assert kinds(align(english, chinese, {"old lamp": ["旧灯"]})) == ["1–0", "1–1"]


def test_paragraphs_are_kept_apart():
    """The two short sentences in the middle could belong to either neighbour by their lengths."""
    english = (
        "The lamp is lit at dusk by the keeper. It glows.\nIt fades. The keeper sleeps at dawn."
    )
    chinese = "守灯人在黄昏时点亮了灯，灯亮了。\n灯灭了，守灯人在黎明时睡去。"
    assert shown(english, chinese) == [
        (
            "The lamp is lit at dusk by the keeper. It glows.\n",
            "守灯人在黄昏时点亮了灯，灯亮了。\n",
        ),
        ("It fades. The keeper sleeps at dawn.", "灯灭了，守灯人在黎明时睡去。"),
    ]


def test_texts_without_a_sentence():
    assert align("", "").beads == ()
    assert not align("", "").sure
    assert kinds(align("It glows. It fades.", "")) == ["1–0", "1–0"]
    assert kinds(align("", "灯亮了。")) == ["0–1"]


PIECES = [
    *(
        "The lamp glows",
        "WICK",
        "3",
        "61%",
        "it fades",
        "However",
        "$x$",
        "(one",
        "two)",
        "benchmark",
    ),
    *(". ", "。", "! ", "\n", "；", ": ", " ", ".", "“", "”"),
    *("灯笼很亮", "然而", "基准", "我们的代码", "\ud800", "\x00"),
]
TEXTS = st.lists(st.sampled_from(PIECES), max_size=40).map("".join) | st.text(max_size=80)


@given(TEXTS, TEXTS)
@example("A. A. A. ", "A. A. ")
def test_nothing_is_lost_and_the_order_is_kept(english, chinese):
    beads = align(english, chinese).beads
    assert "".join(english[slice(*bead.english)] for bead in beads) == english
    assert "".join(chinese[slice(*bead.chinese)] for bead in beads) == chinese
    for spans in ([bead.english for bead in beads], [bead.chinese for bead in beads]):
        assert [start for start, _ in spans] == [0, *(end for _, end in spans)][: len(spans)]


@given(TEXTS, TEXTS)
@example("It glows. " * 7, "灯亮。" * 5)
def test_both_directions_give_the_same_beads(english, chinese):
    there = [
        (bead.english, bead.chinese, bead.counts, bead.cost, bead.sure)
        for bead in align(english, chinese).beads
    ]
    back = [
        (bead.chinese, bead.english, bead.counts[::-1], bead.cost, bead.sure)
        for bead in align(chinese, english).beads
    ]
    assert there == back


def test_too_long_a_text_is_one_bead_that_is_not_sure():
    for english in ("It glows. " * (MOST_SENTENCES + 1), "glow " * (MOST_CHARACTERS // 5) + "."):
        for one, other in ((english, "灯亮了。很亮。"), ("灯亮了。很亮。", english)):
            alignment = align(one, other)
            (bead,) = alignment.beads
            assert (bead.english, bead.chinese) == ((0, len(one)), (0, len(other)))
            assert not bead.sure
            assert not alignment.sure


@pytest.mark.parametrize(
    "chinese", ["灯亮了。" * MOST_SENTENCES, "灯亮了。", "灯" * MOST_CHARACTERS]
)
@pytest.mark.parametrize(
    "english",
    [
        "It glows. " * MOST_SENTENCES,
        "".join(f"{number} " for number in range(3_000)),
        ("benchmark dataset algorithm however " * 500)[:MOST_CHARACTERS],
        "$a$ " * 5_000,
    ],
)
def test_the_longest_texts_take_no_time_to_speak_of(english, chinese):
    started = time.process_time()
    align(english, chinese)
    assert time.process_time() - started < 3
