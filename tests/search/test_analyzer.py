"""Text is normalised and segmented in the same way for indexing and for queries."""

import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from papers.search.analyzer import bigrams, index_tokens, phrase, query_node
from papers.search.query_nodes import Term
from papers.text import segmenter
from papers.text.folding import fold
from papers.text.segmenter import divided, engine, words_of

HAN = st.text(st.characters(min_codepoint=0x4E00, max_codepoint=0x9FA5), max_size=60)


def words(text: str) -> set[str]:
    return {word for words in index_tokens(text) for word in words.split()}


@pytest.mark.parametrize(
    ("one", "other"),
    [("ＧＰＴ－４ｏ", "gpt-4o"), ("Naïve Müller", "naive muller"), ("ﬁne", "fine"), ("Ⅳ", "iv")],
)
def test_writing_makes_no_difference(one, other):
    assert fold(one) == other


def test_words_keep_their_order_and_longer_ones_are_apart():
    tokens = index_tokens("LLM驱动的检索增强生成")
    assert tokens.words.split() == ["llm", "驱动", "的", "检索", "增强", "生成"]
    assert {"检索增强生成", "检索增强"} <= {*tokens.spellings.split()}


def test_a_term_stays_whole_and_its_parts_are_there_without_strays():
    assert {"大语言模型", "语言模型", "语言", "模型"} <= words("大语言模型")
    assert "强生" not in words("检索增强生成")


def test_compounds_are_indexed_apart_and_together():
    assert {"fine", "tuning", "finetuning"} <= words("Fine-Tuning")
    assert {"3d", "moe", "3dmoe"} <= words("给大厨的 3D-MoE")
    assert words("state-of-the-art") >= {"state", "art", "stateoftheart"}


@pytest.mark.parametrize(
    ("written", "others"),
    [("C++", ["C", "C#"]), ("C#", ["C", "C++"]), ("F#", ["F"]), ("C", ["C++", "C#"])],
)
def test_languages_with_symbols_are_words_of_their_own(written, others):
    (word,) = index_tokens(f"Learn {written}, quickly").words.split()[1:2]
    for other in others:
        assert word not in words(f"Learn {other}, quickly")


@pytest.mark.parametrize("written", ["π0", "pi0", r"$\pi_0$", r"$\pi_{0}$", "π_0", "π₀"])
def test_greek_letters_and_subscripts_make_no_difference(written):
    assert "pi0" in words(f"The {written} policy")


def test_a_long_word_is_divided_into_pieces_that_make_it_up():
    assert divided("中国科学院").pieces == ("中国", "科学", "院")
    assert set(divided("中国科学院").extra) == {"学院", "科学院", "中国科学院"}


def test_both_engines_cut_alike():
    rjieba, jieba = engine(), segmenter._jieba()
    assert rjieba.name == "rjieba"
    for run in (
        "检索增强生成与大语言模型的微调",
        "中国科学院神经网络研究",
        "适用于长上下文的方案",
    ):
        assert rjieba.cut(run) == jieba.cut(run)
        assert rjieba.parts(run) == jieba.parts(run)


@given(HAN)
def test_every_word_of_a_run_is_indexed_with_nothing_lost(run):
    pieces = [piece for word in words_of(run) for piece in divided(word).pieces]
    assert "".join(pieces) == run
    assert set(pieces) <= words(run)


@given(st.text(max_size=200))
def test_what_is_indexed_holds_only_letters_digits_and_spaces(text):
    assert all(one.isalnum() or one == " " for one in "".join(index_tokens(text)) + bigrams(text))


@given(st.text(string.ascii_letters + "检索增强 -.'\"", max_size=60))
def test_what_is_asked_for_holds_only_letters_and_digits(text):
    for node in (query_node(text), phrase(text)):
        for term in terms_of(node):
            assert term.words
            assert all(word.isalnum() for word in term.words)


def terms_of(node) -> list[Term]:
    if node is None:
        return []
    return (
        [node] if isinstance(node, Term) else [one for part in node.parts for one in terms_of(part)]
    )


def test_a_very_long_run_is_cut_in_slices():
    assert index_tokens("检索" * 20_000).words.split() == ["检索"] * 20_000
