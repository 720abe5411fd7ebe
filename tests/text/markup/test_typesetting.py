"""Gaps between Chinese and other letters, and words that stay on one line."""

import pytest

from papers.text.bilingual import Bilingual
from papers.text.markup import title_html, without_typed_spaces

TITLES = [
    ("基于 LoRA 的微调", "基于LoRA的微调"),
    ("从 12 个数据集", "从12个数据集"),
    ("一种 **新的 RAG** 方法", "一种 <strong>新的RAG</strong>方法"),
    ("使用 **RAG** 的方法", "使用<strong>RAG</strong>的方法"),
    ("关于 V-IRL 的研究", '关于<span class="whole">V-IRL</span>的研究'),
    ("提升 50% 的效率 (LoRA) 之后", "提升50% 的效率 (LoRA) 之后"),
    ("两个 汉字", "两个 汉字"),
]


@pytest.mark.parametrize(("typed", "shown"), TITLES)
def test_chinese_has_no_typed_spaces_beside_other_letters(typed, shown):
    assert without_typed_spaces(title_html(typed)) == shown


def test_spaces_beside_formulas_stay():
    assert "当 <span" in without_typed_spaces(title_html("当 $x$ 为零"))


def test_only_chinese_texts_lose_their_spaces():
    both = Bilingual("The word 猫 means cat", "词 cat 的意思").shown("both")
    assert [one.html for one in both] == ["The word 猫 means cat", "词cat的意思"]
    assert both[1].plain == "词 cat 的意思"


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("V-IRL helps", '<span class="whole">V-IRL</span> helps'),
        ("采用V-IRL，", '采用<span class="whole">V-IRL</span>，'),
        ("an LLM-based agent", 'an <span class="whole">LLM-based</span> agent'),
        ("a state-of-the-art model", "a state-of-the-art model"),
        ("graph-based", "graph-based"),
        ("&-x", "&amp;-x"),
    ],
)
def test_a_word_with_a_short_head_stays_on_one_line(text, shown):
    assert title_html(text) == shown
