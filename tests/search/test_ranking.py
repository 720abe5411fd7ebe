"""Which papers come first, the same on both databases; and what finds the same papers."""

import pytest

from papers.importing.run import Options, run_import
from papers.search import searcher
from tests.search.conftest import found
from tests.support import record_text

CALLED, MANY, ABSTRACT = "2501.97001", "2501.97002", "2501.97003"  # all have "lamp lights"
BRITISH, AMERICAN = "2501.97004", "2501.97005"
CPP, CSHARP, C = "2501.97006", "2501.97007", "2501.97008"
GREEK, LATEX = "2501.97009", "2501.97010"
MAKER, TOKEN = "2501.97011", "2501.97012"  # a tokenizer; tokens
SONG_HAN, SONGHAN, TWO = "2501.97013", "2501.97014", "2501.97015"

PAPERS = {
    CALLED: ("Lamp Lights", "Small ones.", "Ada Example"),
    MANY: ("Why Lamp Lights Are Not the Lamp Lights", "Lamp lights. " * 8, "Ada Example"),
    ABSTRACT: ("Kites at Night", "Some carry lamp lights.", "Ada Example"),
    BRITISH: ("Behaviour Cloning of Centred Kites", "Analysed in colour.", "Bo Muster"),
    AMERICAN: ("Behavior Cloning of Centered Boats", "Analyzed in color.", "Bo Muster"),
    CPP: ("Rewriting Sails in C++", "No other language.", "Bo Muster"),
    CSHARP: ("Rewriting Sails in C#", "No other language.", "Bo Muster"),
    C: ("Rewriting Sails in C", "No other language.", "Bo Muster"),
    GREEK: ("π0 for Rowing Boats", "A policy.", "Bo Muster"),
    LATEX: (r"$\pi_{0}$ for Sailing Boats", "A policy.", "Bo Muster"),
    MAKER: ("A Tokenizer for Sea Shanties", "It divides words.", "Bo Muster"),
    TOKEN: ("Token by Token, Boat by Boat", "Tokens and tokens.", "Bo Muster"),
    SONG_HAN: ("Rowing Quietly", "A study.", "Ada Example, Song Han"),
    SONGHAN: ("Song of Han Rowers: a Song", "Song, Han, song.", "Songhan Muster"),
    TWO: ("Rowing in Pairs", "A study.", "Song Muster, Ada Han"),
}


@pytest.fixture(autouse=True)
def shelf(db, tmp_path):
    file = tmp_path / "shelf/2025-01-28/topic/RAG_related_papers.md"
    file.parent.mkdir(parents=True)
    records = [
        record_text(
            arxiv_id=arxiv_id,
            title=title,
            title_zh="",
            authors=authors.split(", "),
            abstract=abstract,
            abstract_zh="",
        )
        for arxiv_id, (title, abstract, authors) in PAPERS.items()
    ]
    file.write_text("".join(records), "utf-8")
    assert run_import([str(tmp_path / "shelf")], Options()).problems == []


def test_the_paper_that_is_called_so_comes_first_then_titles_then_abstracts():
    assert found("lamp lights") == [CALLED, MANY, ABSTRACT]


@pytest.mark.parametrize("ranked", [1, 100])
def test_it_comes_first_of_more_hits_than_are_scored(monkeypatch, ranked):
    monkeypatch.setattr(searcher, "POOL", ranked)
    monkeypatch.setattr(searcher, "CANDIDATES", 1)
    monkeypatch.setattr(searcher, "NAMED", 1)
    assert found("lamp lights")[0] == CALLED
    assert found("token by token boat by boat")[0] == TOKEN
    assert found("song han")[0] == SONG_HAN


@pytest.mark.parametrize(
    ("british", "american"),
    [
        ("behaviour cloning", "behavior cloning"),
        ('"behaviour cloning"', '"behavior cloning"'),
        ("centred", "title:centered"),
        ("analysed", "analyzed"),
        ("colours", "abs:colors"),
    ],
)
def test_british_and_american_spelling_find_the_same(british, american):
    assert set(found(british)) == set(found(american)) == {BRITISH, AMERICAN}


def test_c_plus_plus_c_sharp_and_c_are_three_languages():
    assert found("c++ sails") == [CPP]
    assert found("C# sails") == [CSHARP]
    assert found("C sails") == [C]
    assert found('"in C++"') == [CPP]


@pytest.mark.parametrize("query", ["π0", "pi0", r"$\pi_0$", r"\pi_{0}", "title:pi0", "π_0"])
def test_greek_letters_and_their_names_find_the_same(query):
    assert set(found(query)) == {GREEK, LATEX}


def test_an_exact_form_comes_before_one_that_is_only_stemmed():
    assert found("tokenizer") == [MAKER, TOKEN]
    assert found("token")[0] == TOKEN


def test_an_authors_name_comes_before_its_words():
    assert found("Song Han")[0] == SONG_HAN
    assert found('"Song Han"')[0] == SONG_HAN
    assert found("Han Song")[0] == SONG_HAN
    assert found('author:"Song Han"')[0] == SONG_HAN
    assert found("author:Song author:Han")[0] == SONG_HAN


def test_equal_papers_come_newest_first():
    assert found("study") == [TWO, SONG_HAN]
