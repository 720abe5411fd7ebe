"""What is typed is understood, and never an error."""

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from papers.search.grammar import MOST_CLAUSES, Days, Note, parse


def groups(query: str) -> list[list[str]]:
    return [[clause.text for clause in group] for group in parse(query).groups]


def test_words_must_all_match_and_or_gives_a_choice():
    assert groups("lamps shadows") == [["lamps"], ["shadows"]]
    assert groups("lamps OR shadows corpora") == [["lamps", "shadows"], ["corpora"]]
    assert groups("灯 或 影") == [["灯", "影"]]


def test_phrases_fields_and_a_minus():
    query = parse('"dark corpora" title:lamps -author:"Yi Ma" -灯')
    assert [(c.text, c.field, c.quoted) for (c,) in query.groups] == [
        ("dark corpora", "", True),
        ("lamps", "title", False),
    ]
    assert [(c.text, c.field) for c in query.unwanted] == [("Yi Ma", "authors"), ("灯", "")]


def test_full_width_punctuation_means_the_same():
    full, half = parse("title：“检索增强”　－图像"), parse('title:"检索增强" -图像')
    texts = [[(c.text, c.field, c.quoted) for c in group] for group in full.groups]
    assert texts == [[(c.text, c.field, c.quoted) for c in group] for group in half.groups]
    assert [c.text for c in full.unwanted] == ["图像"]


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2025", "2025-01-01", "2025-12-31"),
        ("2025-02", "2025-02-01", "2025-02-28"),
        ("2025-02-03", "2025-02-03", "2025-02-03"),
        ("2025-01-01..2025-02-15", "2025-01-01", "2025-02-15"),
        ("2025-01..2025-02", "2025-01-01", "2025-02-28"),
        ("2025-01-15..", "2025-01-15", None),
        ("..2025-02", None, "2025-02-28"),
    ],
)
def test_days_and_spans_of_days(text, first, last):
    day = datetime.date.fromisoformat
    assert parse(f"date:{text}").days == (Days(first and day(first), last and day(last)),)


def test_topics_and_states_are_no_words():
    query = parse("topic:rag OR topic:llm zh:missing -topic:cs-ro")
    assert (query.topics, query.zh, query.unwanted_topics) == (
        (("rag", "llm"),),
        ("missing",),
        ("cs-ro",),
    )
    assert query.groups == ()
    assert query.node() is None


@pytest.mark.parametrize(
    ("text", "note", "words"),
    [
        ("date:yesterday", Note.DATE, [["date yesterday"]]),
        ("date:2025-13", Note.DATE, [["date 2025 13"]]),
        ("zh:perhaps", Note.ZH, [["zh perhaps"]]),
        ('"lamps and', Note.QUOTE, [["lamps and"]]),
        ("OR lamps", Note.OR, [["OR"], ["lamps"]]),
        ("lamps OR", Note.OR, [["lamps"], ["OR"]]),
        ("title:", Note.EMPTY, [["title"]]),
    ],
)
def test_what_is_not_understood_is_searched_as_words_and_said(text, note, words):
    query = parse(text)
    assert [one for one, _ in query.notes] == [note]
    assert groups(text) == words


@pytest.mark.parametrize(
    "text",
    ["2501.17161", "arXiv:2501.17161v2", " https://arxiv.org/abs/2501.17161 ", "cs/0112017"],
)
def test_an_arxiv_id_alone_is_a_paper(text):
    assert parse(text).arxiv_id in ("2501.17161", "cs/0112017")
    assert parse(f"lamps {text}").arxiv_id == ""


def test_only_so_many_clauses_are_read():
    query = parse(" ".join("ab" for _ in range(60)))
    assert len(query.groups) == MOST_CLAUSES
    assert query.notes[0][0] == Note.LONG


TYPED = st.lists(
    st.sampled_from(
        [
            *'"“”:：-－|()（）* ',
            "OR ",
            "或 ",
            "title:",
            "date:",
            "topic:",
            "zh:",
            "2025-02",
            "..",
            "灯",
        ]
    )
    | st.text(max_size=5)
).map("".join)


@given(TYPED)
def test_anything_typed_is_a_query_that_keeps_its_words(text):
    query = parse(text)
    assert len(query.groups) + len(query.unwanted) <= MOST_CLAUSES + 1
    query.node()
    assert parse(text) == query


@given(st.lists(st.from_regex(r"[a-z]{2,8}", fullmatch=True), min_size=1, max_size=12))
def test_plain_words_are_themselves(plain):
    kept = [word for word in plain if word != "or"]
    assert groups(" ".join(kept)) == [[word] for word in kept]


def test_an_arxiv_id_alone_is_also_a_word_to_look_for():
    query = parse("2501.17161")
    assert query.given == "2501.17161"
    assert query.texts() == ["2501.17161"]


def test_only_a_query_with_words_asks_for_text():
    assert parse("lamp").node() is not None
    assert parse("lamp -kite").node() is not None
    assert parse("topic:rag").node() is None
    assert parse("").node() is None


def test_a_year_is_a_date_only_behind_date():
    assert parse("date:2025").days
    assert parse("zh:2025").days == ()
    assert [note for note, _ in parse("zh:2025").notes] == [Note.ZH]
