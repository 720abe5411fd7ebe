"""The order of Chinese terms from A to Z."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from papers.text.pinyin import initial, pinyin_order


@pytest.mark.parametrize(
    ("term", "letter"),
    [
        ("安全", "a"),
        ("八", "b"),
        ("擦除", "c"),
        ("大语言模型", "d"),
        ("鹅", "e"),
        ("检索增强生成", "j"),
        ("扩散模型", "k"),
        ("欧几里得", "o"),
        ("图神经网络", "t"),
        ("注意力", "z"),
        ("座", "z"),
        ("RAG", "r"),
        ("x射线", "x"),
        ("3D高斯", ""),
        ("鱲", ""),  # not among the common characters
        ("，", ""),
        ("", ""),
    ],
)
def test_the_letter_is_that_of_the_pinyin(term, letter):
    assert initial(term) == letter


def test_terms_are_sorted_by_letter_with_latin_first_and_the_rest_last():
    terms = ["鱲", "注意力", "大模型", "Diffusion", "安全", "3D"]
    assert sorted(terms, key=pinyin_order) == [
        "安全",
        "Diffusion",
        "大模型",
        "注意力",
        "3D",
        "鱲",
    ]


@given(st.text(max_size=5))
def test_every_text_has_a_place(text):
    assert initial(text) == "" or initial(text) in "abcdefghijklmnopqrstuvwxyz"
    assert pinyin_order(text) == pinyin_order(text)
