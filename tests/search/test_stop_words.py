"""Questions, and the words that tell what a query is about."""

import pytest

from papers.search.stop_words import is_question, rare_words, telling_words


@pytest.mark.parametrize(
    "text",
    [
        "How do language models hallucinate",
        "can lamps dream of light",
        "Do lamps dream?",
        "如何减少大模型的幻觉",
        "大语言模型为什么会产生幻觉？",
        "灯笼会做梦吗",
    ],
)
def test_questions_are_recognised(text):
    assert is_question(text)


@pytest.mark.parametrize("text", ["lamps", "title:?", "how to", "检索增强生成", "is lamp"])
def test_other_queries_are_no_questions(text):
    assert not is_question(text)


def test_words_that_only_ask_tell_nothing():
    assert telling_words("How do the lamps dream of light?") == ["lamps", "dream", "light"]
    assert telling_words("如何减少检索的幻觉") == ["减少", "检索", "幻觉"]
    assert telling_words("what is this") == []


def test_words_of_citations_are_not_rare():
    cited = "Roe, J., & Doe, A. et al. (2024). Dark Lamps[J]. arXiv preprint."
    assert rare_words(cited) == ["roe", "doe", "2024", "dark", "lamps"]


def test_a_text_of_such_words_alone_keeps_them():
    assert rare_words("to be or not to be") == ["to", "be", "or", "not", "to", "be"]
    assert rare_words("") == []
