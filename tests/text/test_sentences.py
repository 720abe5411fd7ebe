"""Splitting sentences. ``|`` marks the expected ends."""

import time

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from papers.text.sentences import sentences

pytestmark = pytest.mark.filterwarnings("error")


def cut(text: str) -> list[str]:
    return [text[start:end] for start, end in sentences(text)]


@pytest.mark.parametrize(
    "marked",
    [
        "We hang lanterns. |They are bright! |Are they? |Yes.",
        "We compare lamps vs. lanterns, e.g. Paper ones, i.e. Thin ones. |Both glow.",
        "As Lin et al. (2024) show in Fig. 3 and Eq. 4, wicks burn. |We agree.",
        "J. S. Bach wrote it, cf. K. Lin. |We play it.",
        "The work of Lin et al. |We extend it.",
        "Lamps from the U.S. Navy and the U.S. |We thank both.",
        "It works for wicks, cords, etc. |Oil is not needed.",
        "Accuracy is 97.5 at version 2.0.1 (arXiv:2501.17161v2). |See lamps.example.org for more.",
        "We use node.js and lamp.py. |Both are small.",
        "the light of $x. A = 3. B$ is kept. |Then \\(a. B\\) is, too.",
        "Run `lamp.on(). Wait` twice. |Then stop.",
        "Our model (the first. Really the first) wins. |It is small.",
        "It asks “Is it lit? Really?” before dusk. |Then it sleeps.",
        "It is lit (see Fig. 2a.) |The next lamp is not.",
        'They call it "the lamp." |We do not.',
        "We find two things: lamps glow; wicks burn. |That is all.",
        "Is it lit? asks the keeper. |Nobody answers.",
        "The lamp is lit. |mT5 burns. |eLLMs do not.",
        "Two ways: i) oil. |ii) wax. |Both burn.",
        "We show: 1. Lamps glow. |2. Wicks burn. |That is all.",
        "We answer (1) Does it burn? |(2) Does it glow? |Both do.",
        "We light it. |\\emph{Then} it glows. |$k$ lamps follow.",
        "The range is 1...9 and so on... and on. |Done.",
        "Best of 5. |We stop. |It costs O(1). |Good.",
    ],
)
def test_an_english_sentence_ends_where_another_begins(marked):
    assert cut(marked.replace("|", "")) == marked.split("|")


@pytest.mark.parametrize(
    "marked",
    [
        "我们挂起灯笼。|它们很亮！|真的吗？|是的。",
        "灯笼有两种：纸的；丝的。|两种都亮。",
        "它会问“亮了吗？真的？”然后熄灭。|夜深了。",
        "“亮了。”\n|夜深了。",
        "灯笼（纸的。丝的。）很亮。|夜深了。",
        "灯笼很亮（见附录。）\n|夜深了。",
        "灯笼与灯 vs. 蜡烛的亮度为97.5。|版本2.0.1更亮。",
        "目标. |我们点灯。|方法. |我们用油。",
        "灯笼很亮。 |however, 油已用尽。",
        "亮度为$a. B$。|夜深了。",
        "真的亮吗？！|是的……好。",
        "它们有两点：\n（1）亮；\n（2）小。|夜深了。",
        "灯很亮（真的吗？）。|夜深了。",
    ],
)
def test_a_chinese_sentence_ends_at_its_full_stop(marked):
    assert cut(marked.replace("|", "")) == marked.split("|")


def test_each_line_is_a_paragraph_unless_it_goes_on():
    assert cut("Lamps\nWe light them.\n\nThey glow") == [
        "Lamps\n",
        "We light them.\n\n",
        "They glow",
    ]
    assert cut("We find:\n- lamps,\n- wicks") == ["We find:\n- lamps,\n- wicks"]
    assert cut("The lamps that\nwe light glow.") == ["The lamps that\nwe light glow."]


def test_the_end_of_a_sentence_hides_in_a_false_link_of_arxiv():
    swallowed = "We study how this affects this http URL this study, we light many lamps."
    assert cut(swallowed) == [swallowed[:40], swallowed[40:]]
    for kept in (
        "The code is available at this http URL and on the keeper's own page.",
        "We compare with lamps and this http URL which is a library of wicks.",
        "See this http URL",
        "It is on this https URL where many other lamps are to be found, too.",
    ):
        assert cut(kept) == [kept]


def test_a_bracket_that_does_not_close_soon_is_not_waited_for():
    assert cut("A (b. We light it. C") == ["A (b. ", "We light it. ", "C"]
    far = "We light (it. " + "The lamp glows. " * 30 + "So it does). Then dusk."
    assert len(cut(far)) == 33


def test_no_text_has_no_sentence_and_white_space_is_one():
    assert sentences("") == []
    assert sentences(" \n ") == [(0, 3)]


TEXTS = st.lists(
    st.sampled_from(
        [
            *("Lamps", "we", "glow", "vs", "al", "e.g", "J", "U.S", "3", "2.5", "i)", "(1)", "mT5"),
            *(". ", ".", "。", "？", "! ", "...", ":", "；", "\n", "\n\n", " ", "，"),
            *(
                "$",
                "\\(",
                "\\)",
                "`",
                "(",
                ")",
                "（",
                "）",
                "“",
                "”",
                '"',
                "'",
                "《",
                "*",
                "\\",
                "{",
            ),
            *(
                "灯笼",
                "很亮",
                "我们",
                "this http URL ",
                "this https URL",
                "\u3000",
                "\x00",
                "\ud800",
            ),
        ]
    ),
    max_size=60,
).map("".join)


@given(TEXTS | st.text(max_size=200))
@example("。，。，。，")
def test_the_sentences_of_a_random_text_are_the_text(text):
    spans = sentences(text)
    assert "".join(text[start:end] for start, end in spans) == text
    assert all(start < end for start, end in spans)
    assert [start for start, _ in spans] == [0, *(end for _, end in spans)][: len(spans)]


@pytest.mark.parametrize(
    "piece",
    [
        *(
            ". ",
            "。",
            "。，",
            ".",
            "?!",
            "\n",
            "\n ",
            " ",
            "(",
            ")",
            "（。",
            "“",
            "$",
            "$$",
            "\\(",
            "`",
        ),
        *(
            "a. ",
            "A. ",
            "al. ",
            "1. ",
            "e.g. ",
            "this http URL a",
            '."',
            "。” ",
            "\\begin{align}",
            "{$",
        ),
        *("*", "**", "。**", ".)", "[.", "!\n", "。\n\n，", "灯。", "灯. "),
    ],
)
def test_a_long_text_of_one_repeated_piece_is_cut_quickly(piece):
    text = piece * (20_000 // len(piece))
    started = time.process_time()
    spans = sentences(text)
    assert time.process_time() - started < 2
    assert spans[-1][1] == len(text)
