"""For any text, triage is fast and removes nothing but the model's own remarks."""

import re
import time

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from papers.text.triage import Fault, triage_abstract, triage_title
from tests.digests.lanterns import ABSTRACT, ABSTRACT_ZH, FIRST, SECOND, TITLE, TITLE_ZH

# ---- properties

# No 注, 译, 请 and the like: characters of which no talk can be made.
PLAIN = st.text(
    st.sampled_from("灯笼照亮潜空间里的小机器，。、；（）“”ab αβ0%+"), min_size=1
).filter(lambda text: re.search("[灯笼照亮潜空间里的小机器]{2}", text))
REPEATED = re.compile(r"(.{2,12})\1\1")
PIECES = st.lists(
    st.sampled_from(
        [
            TITLE_ZH,
            FIRST,
            SECOND,
            TITLE,
            "\n",
            "\n\n---\n",
            "注：",
            "（注：保留原文）",
            "以下是翻译：",
            "将以下标题翻译成中文：",
            "中文翻译为：",
            "标题：",
            "《",
            "》",
            "“",
            "”",
            "**",
            "# ",
            "user",
            "很抱歉，您提供的",
            "当然可以。",
            "这个翻译符合学术规范。",
            "请替换为实际的链接",
            "（请替换）",
            "[链接]",
            "для",
            "$n^2$",
            "https://lantern.io/code",
            " for small machines ",
            "kuk",
            "：",
            "。",
            " ",
        ]
    ),
    max_size=12,
).map("".join)


@given(st.lists(PLAIN, min_size=1, max_size=5))
def test_cleaning_keeps_every_line_of_an_abstract_without_talk(lines):
    assume(not any(REPEATED.search(line) for line in lines))
    expected = [FIRST, *(line.strip() for line in lines)]
    assert triage_abstract("\n\n".join([FIRST, *lines]), "").text == "\n".join(expected)


@given(PLAIN)
def test_cleaning_keeps_a_title_without_talk(line):
    line = f"潜空间{line}"
    assume(len(line) < 90 and not REPEATED.search(line))
    kept = triage_title(line, TITLE).text
    assert kept in line
    assert line.strip().strip("“”").strip() in kept or kept == line.strip()


@given(PIECES, st.sampled_from(["", TITLE, f"{ABSTRACT} Note that we translate."]))
def test_cleaning_again_changes_nothing(text, english):
    for triage in (triage_title, triage_abstract):
        once = triage(text, english)
        again = triage(once.text, english)
        assert again.text == once.text
        if once.text:
            assert set(again.faults) <= set(once.faults) | {Fault.TOO_SHORT, Fault.FORMULAS_LOST}


@given(st.text(), st.text())
def test_any_text_gets_an_answer(text, english):
    for triage in (triage_title, triage_abstract):
        told = triage(text, english)
        assert len(told.text) <= len(text)
        assert bool(told.text) or told.faults
    assert "\n" not in triage_title(text, english).text


# ---- speed

HOSTILE = [
    "（注", "（注：", "(Note: ", "：", " ", "\n", "9", "[", "[链接", "请", "请将", "请注意，",
    "翻译", "将“", "将以下", "以下是翻译", "“", "《", "“灯”或", "《》", "**", "* ", "$", "$n",
    "\\text{", "{\\it ", "https://", "#", "# ", "1. ", "（或：", "译为“", "原文", "灯。", "a",
    "user\n", "userab\n", "注：\n", "a\n", "译文：\n", "- 灯\n", "灯\n", "标题：", "灯",
    "для", "如果您", "在翻译", "灯a", "a b ", "lanterns for ",
    "www.", "https://a.io/", "（a b c d e f g h）",
]  # fmt: skip


@pytest.mark.parametrize("piece", HOSTILE)
def test_hostile_repetition_is_quick(piece):
    text = (piece * 50_000)[:50_000]
    started = time.process_time()
    for hostile in (text, f"灯笼\n{text}", f"{text}。"):
        triage_title(hostile, TITLE)
        triage_title(hostile, hostile)
        triage_abstract(hostile, ABSTRACT)
        triage_abstract(hostile, hostile)
    assert time.process_time() - started < 15  # twelve readings of 50,000 characters


def test_many_texts_are_quick():
    started = time.process_time()
    for _ in range(2_250):
        triage_title(TITLE_ZH, TITLE)
        triage_abstract(ABSTRACT_ZH, ABSTRACT)
    assert time.process_time() - started < 1  # a tenth of a large import; takes 0.1 s
