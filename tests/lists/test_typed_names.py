"""Authors whose names are typed in one of the ways that people write names."""

import pytest

from papers import search
from papers.lists.search_filter import filter_by_query, search_papers
from papers.lists.suggestions import did_you_mean
from papers.lists.typed_names import author_like, authors_meant, typed_name
from papers.models import Paper
from papers.search import parse_query
from papers.search.query_parser import parse
from tests.search.conftest import GRAPHS, LANTERN, RETRIEVAL, TALES, library, library_kept

in_library = pytest.mark.usefixtures(library_kept.__name__, library.__name__)


def rank(typed: str, name: str) -> int | None:
    read = typed_name(parse(typed))
    assert read
    return read.rank(name)


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("Ada Example", "Ada Example"),
        ('"ada example"', "Ada Example"),
        ('author:"Ada Example"', "Ada Example"),
        ("Example, Ada", "Ada Example"),
        ("Example, A.", "Ada Example"),
        ("A. Example", "Ada Example"),
        ("Example A", "Ada Example"),
        ("Ada Example", "Ada B. Example"),
        ("Ada Example", "Ada Brigitte Example"),
        ("A. B. Example", "Ada Brigitte Example"),
        ("Tat Seng Chua", "Tat-Seng Chua"),
        ("Chua Tat-Seng", "Tat-Seng Chua"),
        ("Jurgen Beispiel", "Jürgen Beispiel"),
    ],
)
def test_a_name_has_many_spellings(typed, name):
    assert rank(typed, name) is not None


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("Ada Example", "Adam Example"),
        ("Ada Example", "Bo Ada Example"),
        ("A. Example", "Bo Example"),
        ("Ada B. Example", "Ada Example"),
    ],
)
def test_other_names_are_others(typed, name):
    assert rank(typed, name) is None


def test_the_same_spelling_is_the_likeliest():
    names = ["Ma Yi", "Yi B. Ma", "Yi Ma"]
    assert sorted(names, key=lambda name: rank("Yi Ma", name) or 0)[0] == "Yi Ma"


@pytest.mark.parametrize(
    "typed",
    [
        "Example",
        "q learning",
        "A. B.",
        "lamps 2025",
        "Ada Example OR Yi Ma",
        "Ada Example -lamps",
        "title:Ada author:Example",
        "topic:rag",
        "one two three four five six",
        "2501.17161 Ada Example",
    ],
)
def test_other_queries_are_no_names(typed):
    assert typed_name(parse(typed)) is None


def found(query: str, order: str = search.RELEVANCE) -> list[str]:
    papers = search_papers(parse_query(query), Paper.objects.published(), order)
    return [paper.arxiv_id for paper in papers[:50]]


@in_library
class TestAuthors:
    @pytest.mark.parametrize("typed", ["A. Example", "Example, A.", "example ada", "Example A"])
    def test_their_papers_come_first(self, typed):
        assert [one.name for one in authors_meant(parse(typed))] == ["Ada Example"]
        assert found(typed) == [GRAPHS, LANTERN]

    def test_their_papers_are_in_a_list_too(self):
        kept = filter_by_query(Paper.objects.published(), parse_query("A. Example"))
        assert {one.arxiv_id for one in kept} == {GRAPHS, LANTERN}

    def test_in_the_order_of_time_they_are_among_the_others(self):
        assert found("A. Example", search.OLDEST) == [LANTERN, GRAPHS]

    def test_papers_that_have_the_words_otherwise_come_behind(self):
        assert found("Yi Ma") == [RETRIEVAL]
        assert found("Ma Yiling") == [TALES]

    @pytest.mark.parametrize(
        ("typed", "meant"),
        [
            ("Ada Exmaple", "Ada Example"),
            ("Dad Example", ""),
            ("Aad Example", "Ada Example"),
            ("Jurgen Biespeil", "Jürgen Beispiel"),
            ("Ada Muster", ""),
            ("A. Exmaple", ""),
        ],
    )
    def test_a_misspelt_name_is_compared_with_authors(self, typed, meant):
        assert author_like(parse(typed)) == meant

    def test_the_author_is_offered(self):
        assert did_you_mean(parse_query("Ada Exmaple")) == "Ada Example"
        assert did_you_mean(parse_query("ada exmaple")) == "Ada Example"
        assert did_you_mean(parse_query("Y. Lecnu")) == ""

    def test_a_chinese_name_is_never_put_right(self):
        assert did_you_mean(parse_query("何恺明")) == ""
        assert did_you_mean(parse_query("何恺明 灯龙")) == "何恺明 灯笼"

    def test_nothing_is_found_for_the_characters_of_a_name(self):
        assert found("何恺明") == []
