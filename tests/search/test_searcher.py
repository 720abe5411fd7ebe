"""Search results, the same on both databases."""

import datetime

import pytest

from papers import curation, search
from papers.importing.removal import remove_digests
from papers.importing.run import Options, run_import
from papers.lists.search_filter import filter_by_query
from papers.models import Digest, Paper
from papers.search import parse_query
from tests.search.conftest import (
    ENGLISH,
    GRAPHS,
    LANTERN,
    MIXED,
    RETRIEVAL,
    TALES,
    found,
    results,
)
from tests.support import record_text

pytestmark = pytest.mark.usefixtures("library")


@pytest.mark.parametrize("query", ["fine-tuning", "fine tuning", "finetuning", "FINE‐TUNING"])
def test_hyphens_make_no_difference(query):
    assert set(found(query)) == {RETRIEVAL, TALES, LANTERN}


@pytest.mark.parametrize("query", ["gpt-4o", "GPT4o", "gpt 4o", "ＧＰＴ－４ｏ"])
def test_mixed_words_find_each_other(query):
    assert set(found(query)) == {TALES, LANTERN}


@pytest.mark.parametrize("query", ["LLM驱动", "llm 驱动", "3D-MoE", "3d moe", "naive", "NAÏVE"])
def test_scripts_cases_and_accents_are_no_hindrance(query):
    assert found(query) == [MIXED]


def test_a_term_and_its_parts_find_the_same():
    for query in ("检索增强生成", "检索增强", "检索", "增强生成", "檢索增強", "檢索增強生成"):
        assert RETRIEVAL in found(query), query
    for query in ("大语言模型", "语言模型", "大語言模型"):
        assert found(query) == [GRAPHS], query


def test_any_part_of_a_chinese_title_is_found():
    title = "面向困倦图书管理员的检索增强生成"
    for at in range(len(title) - 3):
        assert RETRIEVAL in found(title[at : at + 4]), title[at : at + 4]
    assert GRAPHS in found("图")


def test_english_words_are_found_by_their_stem():
    assert set(found("librarian")) == set(found("librarians")) == {RETRIEVAL, TALES}


def test_all_words_must_match_or_one_of_several_or_none():
    assert found("lantern cloud") == []
    assert set(found("lantern OR 云")) == {LANTERN, GRAPHS}
    assert set(found("librarians -applaud")) == {RETRIEVAL}
    assert set(found('cloud -"no cloud"')) == {GRAPHS}


def test_phrases_keep_their_order():
    assert found('"language models draw"') == [GRAPHS]
    assert found('"models language"') == []
    assert found("“增强生成的”") == [RETRIEVAL]
    assert found("“生成增强”") == []


def test_fields():
    assert found("title:clouds") == [ENGLISH]
    assert set(found("abs:clouds")) == {GRAPHS, ENGLISH}
    assert found('author:"Yi Ma"') == [RETRIEVAL]
    assert set(found("author:example")) == {LANTERN, GRAPHS}
    assert found("title:example") == []
    assert found("author:jurgen") == [RETRIEVAL]


def test_a_title_counts_more_than_an_abstract():
    assert found("clouds")[0] == ENGLISH


def test_constraints_narrow_what_words_find():
    assert found("clouds date:2025-02") == [GRAPHS]
    assert found("clouds date:..2025-01") == [ENGLISH]
    assert found("clouds topic:llm") == [GRAPHS]
    assert found("clouds -topic:llm") == [ENGLISH]
    assert found("clouds zh:missing") == [ENGLISH]
    assert set(found("clouds topic:llm OR topic:rag")) == {ENGLISH, GRAPHS}


def test_constraints_alone_are_a_filter():
    kept = filter_by_query(Paper.objects.published(), parse_query("zh:missing"))
    assert [paper.arxiv_id for paper in kept] == [ENGLISH]
    kept = filter_by_query(Paper.objects.published(), parse_query("-librarians topic:rag"))
    assert {paper.arxiv_id for paper in kept} == {LANTERN, MIXED, ENGLISH}


def test_an_unknown_topic_is_searched_as_words():
    query = parse_query("topic:lanterns")
    assert query.notes == ((search.Note.TOPIC, "topic:lanterns"),)
    assert found("topic:lanterns") == [LANTERN]


def test_time_can_be_the_order():
    assert found("librarians OR clouds OR lantern", search.NEWEST) == [
        GRAPHS,
        ENGLISH,
        LANTERN,
        TALES,
        RETRIEVAL,
    ]
    assert found("librarians OR clouds OR lantern", search.OLDEST)[0] == RETRIEVAL


def test_a_filtered_list_holds_what_the_search_finds_in_its_own_order():
    kept = filter_by_query(
        Paper.objects.published().newest_first(), parse_query("librarians OR clouds")
    )
    assert [one.arxiv_id for one in kept] == found("librarians OR clouds", search.NEWEST)


def test_many_hits_are_found_one_by_one_too(monkeypatch):
    monkeypatch.setattr("papers.search.searcher.MAX_HITS", 2)
    monkeypatch.setattr("papers.search.MAX_HITS", 2)
    listed = filter_by_query(
        Paper.objects.published().newest_first(), parse_query("librarians OR clouds")
    )
    assert {one.arxiv_id for one in listed} == {RETRIEVAL, TALES, ENGLISH, GRAPHS}
    some = results("librarians OR clouds")
    assert (len(some), some.more) == (2, True)


def test_of_a_frequent_word_the_newest_are_ranked(monkeypatch):
    monkeypatch.setattr("papers.search.searcher.MAX_HITS", 1)
    monkeypatch.setattr("papers.search.searcher.POOL", 2)
    some = results("librarians OR clouds")
    assert some.ranked_newest == 2
    assert [paper.arxiv_id for paper in some[:]] == [ENGLISH]


def test_facets_count_the_hits():
    some = results("clouds")
    assert some.months == [(datetime.date(2025, 2, 1), 1), (datetime.date(2025, 1, 1), 1)]
    assert some.zh_states == {"ok": 1, "missing": 1}
    assert sum(some.topic_counts.values()) == 2


def test_every_translation_is_searched_not_only_the_one_shown(tmp_path):
    file = tmp_path / "elsewhere/2025-01-20/topic/RAG_related_papers.md"
    file.parent.mkdir(parents=True)
    file.write_text(
        record_text(arxiv_id=TALES, title="Finetuning Folk Tales", title_zh="乡野传说之精调"),
        "utf-8",
    )
    run_import([str(file)], Options())
    assert "乡野传说" not in Paper.objects.get(arxiv_id=TALES).title_zh
    assert found("乡野传说") == [TALES]
    assert found("民间故事") == [TALES]


def test_a_curators_edit_is_found_at_once():
    paper = Paper.objects.get(arxiv_id=ENGLISH)
    curation.edit(paper, "title_zh", "凭耳朵数云朵", _nobody())
    assert found("凭耳朵") == [ENGLISH]
    curation.edit(paper, "title_en", "Counting Sheep by Ear", _nobody())
    assert found("title:sheep") == [ENGLISH]
    assert found("title:clouds") == []


def test_hidden_papers_are_never_found():
    paper = Paper.objects.get(arxiv_id=ENGLISH)
    curation.hide([paper], "", _nobody())
    assert found("clouds") == [GRAPHS]
    assert len(results("clouds")) == 1
    curation.unhide([paper], _nobody())
    assert set(found("clouds")) == {ENGLISH, GRAPHS}


def test_what_a_removed_digest_held_is_found_no_more():
    remove_digests(Digest.objects.filter(date="2025-02-03"))
    assert found("graphs") == []
    assert len(results("clouds")) == 1


def test_an_import_that_fails_leaves_no_trace(library, monkeypatch):
    file = library / "2025-02-04/topic/RAG_related_papers.md"
    file.parent.mkdir(parents=True)
    file.write_text(record_text(arxiv_id="2502.96999", title="Unlucky Umbrellas"), "utf-8")

    def fail() -> None:
        raise RuntimeError

    monkeypatch.setattr("papers.db.data_version.mark_data_changed", fail)
    with pytest.raises(RuntimeError):
        run_import([str(file)], Options())
    monkeypatch.undo()
    assert found("umbrellas") == []
    run_import([str(file)], Options())
    assert found("umbrellas") == ["2502.96999"]


def test_a_second_import_writes_nothing_to_the_index(library, monkeypatch):
    for module in ("sqlite", "postgres"):
        monkeypatch.setattr(f"papers.search.{module}.write", _must_not_be_called)
    search.index_papers(Paper.objects.values_list("pk", flat=True))


def _must_not_be_called(documents) -> None:
    raise AssertionError("unchanged papers were indexed again")


def _nobody():
    from django.contrib.auth.models import User

    return User.objects.get_or_create(username="curator")[0]
