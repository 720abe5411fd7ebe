"""The index stores how it was made, and a check warns if the rules have changed."""

import pytest
from django.core.management import call_command

from papers import search
from papers.models import SearchIndex
from papers.operations.checks import search_index_is_fresh
from papers.search import analyzer, dictionary
from papers.text import segmenter
from tests.search.conftest import RETRIEVAL, found

pytestmark = pytest.mark.usefixtures("library")


@pytest.fixture
def another_dictionary(tmp_path, monkeypatch):
    """A dictionary with a term that the index does not know yet."""
    (tmp_path / "terms.txt").write_text("困倦图书管理员\n", "utf-8")
    monkeypatch.setattr(dictionary, "_built_file", [tmp_path / "terms.txt"])
    dictionary.dictionary.cache_clear()
    yield
    monkeypatch.undo()
    dictionary.dictionary.cache_clear()


@pytest.fixture
def with_segmenter(monkeypatch):
    """Install another segmenter for the rest of the test."""

    def install(one: segmenter.Engine) -> None:
        segmenter.divided.cache_clear()
        monkeypatch.setattr(segmenter, "engine", lambda: one)
        monkeypatch.setattr("papers.search.analyzer.engine", lambda: one)

    yield install
    segmenter.divided.cache_clear()


def test_it_names_rules_and_dictionary():
    version = search.stored_version()
    assert f"rules-{analyzer.NORMALISER}" in version
    assert dictionary.dictionary().hash in version
    assert not search.is_stale()


def test_a_segmenter_that_cuts_alike_makes_no_difference(with_segmenter):
    with_segmenter(segmenter._jieba())
    assert not search.is_stale()
    assert found("检索增强生成") == [RETRIEVAL]


def test_a_segmenter_that_cuts_otherwise_makes_it_stale(with_segmenter, caplog):
    with_segmenter(segmenter.Engine(segmenter.engine().name, cut=list, parts=lambda word: [word]))
    assert search.is_stale()
    assert search.is_stale()
    assert caplog.text.count("rebuild_search_index") == 1
    (warning,) = search_index_is_fresh(None, databases=["default"])
    assert "rebuild_search_index" in warning.hint


def test_a_new_dictionary_makes_it_stale_and_a_rebuild_fresh(another_dictionary, capsys):
    assert search.is_stale()
    assert found("困倦图书管理员") == [RETRIEVAL]  # by its words meanwhile
    (warning,) = search_index_is_fresh(None, databases=["default"])
    assert "rebuild_search_index" in warning.hint
    call_command("rebuild_search_index")
    assert "6 papers indexed" in capsys.readouterr().out
    assert not search.is_stale()
    assert search_index_is_fresh(None, databases=["default"]) == []
    assert found("困倦图书管理员") == [RETRIEVAL]


def test_an_import_into_a_stale_index_says_so(another_dictionary, caplog):
    search.index_papers([1])
    assert "rebuild_search_index" in caplog.text


def test_a_flushed_database_has_an_empty_index():
    SearchIndex.objects.all().delete()
    search.index_papers([10**6])
    assert found("clouds") == []
    assert SearchIndex.objects.count() == 1


def test_terms_are_found_in_titles(tmp_path):
    titles = [f"{one}稀疏茶壶注意力{other}" for one in "甲乙丙丁戊" for other in "子丑寅卯"]
    file = tmp_path / "terms.txt"
    assert dictionary.build(titles, ["Tea-pot theory"] * 3, file) >= 2
    lines = file.read_text("utf-8").split()
    assert "稀疏茶壶注意力" in lines
    assert "茶壶注意力" not in lines  # always a part of the longer one
    assert "tea-pot" in lines
