"""The bridge: Chinese queries find English texts, and other Chinese for the same."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from papers import search
from papers.glossary import Glossary, TermPair
from papers.lists.search_filter import filter_by_query, search_papers
from papers.models import Paper
from papers.search.bridge import LEAST_WEIGHT, MAX_ENGLISH, in_other_words, pieces
from tests.search.conftest import GRAPHS, LANTERN, MIXED, RETRIEVAL, TALES

PAIRS = [
    TermPair("检索增强生成", "retrieval-augmented generation", score=0.9),
    TermPair("强化学习", "reinforcement learning", score=0.9),
    TermPair("强化学习", "learning", "variant", score=0.8),
    TermPair("幻觉检测", "hallucination detection", score=0.9),
    TermPair("幻觉", "hallucination", score=0.9),
    TermPair("检测", "detection", score=0.7),
    TermPair("智能体", "agent", score=0.9),
]
GLOSSARY = Glossary(PAIRS, "test")


def test_a_search_names_all_words_that_it_also_looks_for():
    pairs = [TermPair("评测", one, score=0.9) for one in ("evaluation", "benchmark", "assessment")]
    glossary = Glossary([*pairs, TermPair("评估", "evaluation", score=0.9)], "test")
    (piece,) = pieces("评测", glossary)
    assert set(piece.other_words) == {"evaluation", "benchmark", "assessment", "评估"}


def ids(query: str, **options: bool) -> list[str]:
    asked = search.parse_query(query, **options)
    return [one.arxiv_id for one in search_papers(asked, Paper.objects.published())[:100]]


@pytest.mark.parametrize("query", ["大语言模型", "大型语言模型", "大模型", "大語言模型"])
def test_translators_words_for_the_same_find_the_same(library, query):
    assert GRAPHS in ids(query)


@pytest.mark.parametrize("paper", [LANTERN, RETRIEVAL, TALES])
def test_a_chinese_term_also_finds_its_english(library, paper):
    assert paper in ids("微调")


def test_a_word_that_is_no_term_finds_itself_alone(library):
    assert ids("厨师") == ids("厨师", bridge=False) == [MIXED]


@pytest.mark.parametrize("query", ["微调之间的", "微调 之间", "一种 微调", "基于微调的"])
def test_words_that_say_nothing_do_not_keep_a_query_from_crossing(library, query):
    assert LANTERN in ids(query)


def test_a_query_of_words_that_say_nothing_is_searched_as_typed(library):
    assert ids("之间") == ids("之间", bridge=False)


def test_without_the_bridge_a_query_is_searched_as_typed(library):
    assert LANTERN in ids("微调")
    assert LANTERN not in ids("微调", bridge=False)


@pytest.mark.parametrize("query", ['"微调"', "author:微调", "Librarians -微调"])
def test_phrases_authors_and_exclusions_stay_as_typed(library, query):
    assert ids(query) == ids(query, bridge=False)


@pytest.mark.parametrize(
    "query", ["微调", "大语言模型", "检索增强生成 微调", "图书管理员", "LLM驱动"]
)
def test_an_expansion_only_widens(library, query):
    narrow = filter_by_query(Paper.objects.published(), search.parse_query(query, bridge=False))
    wide = filter_by_query(Paper.objects.published(), search.parse_query(query))
    assert set(narrow) <= set(wide)


def test_every_known_paper_is_still_found(library):
    for paper in (RETRIEVAL, TALES, LANTERN, MIXED, GRAPHS):
        assert paper in ids(Paper.objects.get(arxiv_id=paper).title_zh)


def test_the_longest_terms_of_a_run_are_taken():
    found = pieces("面向幻觉检测的强化学习", GLOSSARY)
    assert [piece.text for piece in found] == ["面向", "幻觉检测", "的", "强化学习"]
    assert [piece.text for piece in found[1].parts] == ["幻觉", "检测"]


def test_a_part_of_a_likelier_term_is_left_out():
    (piece,) = pieces("强化学习", GLOSSARY)
    assert [one.term for one in piece.english] == ["reinforcement learning"]


@given(st.text("检索增强生成幻觉测智能体 aé的", max_size=40))
def test_the_pieces_of_a_text_are_the_text(text):
    found = pieces(text, GLOSSARY)
    assert "".join(piece.text for piece in found) == text
    for piece in found:
        assert len(piece.english) <= MAX_ENGLISH
        assert all(one.weight >= LEAST_WEIGHT for one in piece.english)


def test_what_is_found_in_the_other_language_is_marked():
    assert in_other_words(["幻觉检测"], GLOSSARY) == ["hallucination detection"]
    assert in_other_words(["an agent"], GLOSSARY) == ["智能体"]
