"""The query parser understands what is typed, and never fails."""

import datetime
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from papers.search.analyzer import phrase, query_node
from papers.search.query_nodes import Without, all_of, any_of, some_of
from papers.search.query_parser import MAX_CLAUSES, MAX_READ, Days, Note, parse, with_topics

SLUGS = {"rag": "rag", "llm": "llm", "cs-ro": "cs-ro", "robotics": "cs-ro", "机器人": "cs-ro"}


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
        ("title:?", Note.EMPTY, [["title ?"]]),
        ("topic:?", Note.EMPTY, [["topic ?"]]),
        ("-date:2025", Note.DATE, [["date 2025"]]),
        ("-zh:ok", Note.ZH, [["zh ok"]]),
        ("lamps OR date:2025", Note.DATE, [["lamps", "date 2025"]]),
        ("lamps OR zh:ok", Note.ZH, [["lamps", "zh ok"]]),
        ("lamps OR topic:rag", Note.OR, [["lamps"]]),
        ("date:..", Note.DATE, [["date .."]]),
        ("date:2025..soon", Note.DATE, [["date 2025..soon"]]),
        ("date:soon..2025", Note.DATE, [["date soon..2025"]]),
    ],
)
def test_what_is_not_understood_is_searched_as_words_and_said(text, note, words):
    query = parse(text)
    assert [one for one, _ in query.notes] == [note]
    assert groups(text) == words


def test_it_is_said_which_part_was_not_understood():
    query = parse('lamps zh:perhaps title:? topic:? -date:2025 "lost')
    assert query.notes == (
        (Note.ZH, "zh:perhaps"),
        (Note.EMPTY, "title:?"),
        (Note.EMPTY, "topic:?"),
        (Note.DATE, "-date:2025"),
        (Note.QUOTE, '"lost'),
    )
    assert parse("lamps OR topic:rag").notes == ((Note.OR, "OR"),)


def test_the_query_and_its_clauses_are_kept_as_they_were_typed():
    query = parse('lamps title:Bells "two lamps" zh:perhaps -kites')
    assert query.given == 'lamps title:Bells "two lamps" zh:perhaps -kites'
    typed = [clause.given for (clause,) in query.groups]
    assert typed == ["lamps", "title:Bells", '"two lamps"', "zh:perhaps"]
    assert [clause.given for clause in query.unwanted] == ["-kites"]
    ((paper,),) = parse("arXiv:2501.17161v2").groups
    assert (paper.text, paper.given) == ("2501.17161", "arXiv:2501.17161v2")


@pytest.mark.parametrize(
    "text",
    ["2501.17161", "arXiv:2501.17161v2", " https://arxiv.org/abs/2501.17161 ", "cs/0112017"],
)
def test_an_arxiv_id_alone_is_a_paper(text):
    assert parse(text).arxiv_id in ("2501.17161", "cs/0112017")
    assert parse(f"lamps {text}").arxiv_id == ""
    assert parse(f"lamps {text}").arxiv_ids == parse(text).arxiv_ids
    assert groups(f"lamps {text}") == [["lamps"]]


def test_several_ids_are_no_words():
    query = parse("2501.17161，cs/0112017")
    assert (query.arxiv_ids, query.groups) == (("2501.17161", "cs/0112017"), ())
    assert (query.arxiv_id, query.node()) == ("", None)


def test_not_means_a_minus_and_is_told():
    query = parse('lamps AND NOT bells NOT title:"dark kites"')
    assert [(c.text, c.field, c.given) for c in query.unwanted] == [
        ("bells", "", "NOT bells"),
        ("dark kites", "title", 'NOT title:"dark kites"'),
    ]
    assert query.notes == ((Note.NOT, "-bells"), (Note.NOT, '-title:"dark kites"'))
    assert groups("lamps AND NOT bells") == [["lamps"]]


@pytest.mark.parametrize(
    "text", ["NOT", "lamps NOT", "lamps NOT -bells", "IS NOT ALL YOU", "not lamps", "NOT date:2025"]
)
def test_not_is_a_word_where_nothing_can_be_excluded(text):
    query = parse(text)
    assert not any(clause.given.startswith("NOT") for clause in query.unwanted)
    assert query.notes == ()


def test_and_between_words_adds_nothing():
    assert groups('"dark lamps" AND "bells"') == [["dark lamps"], ["bells"]]
    assert groups("AND lamps AND") == [["AND"], ["lamps"], ["AND"]]


def test_a_question_is_its_telling_words():
    assert groups('why do "the lamps" glow title:why?') == [["the lamps"], ["glow"], ["why?"]]
    assert groups("灯笼为什么 会亮吗") == [["灯笼"], ["亮"]]
    assert groups("what is it?") == [["what"], ["is"], ["it?"]]


def test_only_so_many_clauses_are_read():
    assert not parse("ab " * MAX_CLAUSES).is_long
    assert parse("ab " * (MAX_CLAUSES + 1)).is_long
    query = parse("ab " * (MAX_READ + 1) + "cd")
    assert len(query.groups) == MAX_READ
    assert query.notes == ((Note.LONG, "ab cd"),)


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
    assert len(query.groups) + len(query.unwanted) <= MAX_READ + 1
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


def test_plain_words_beside_each_other_are_looked_for_together():
    assert parse("fine tuning").node() == query_node("fine tuning")
    assert parse("title:fine title:tuning").node() == query_node("fine tuning", "title")


@pytest.mark.parametrize("between", ['"dark lamps"', "bells OR kites", "title:bells"])
def test_words_with_something_between_them_are_looked_for_apart(between):
    apart = [query_node("fine"), parse(between).node(), query_node("tuning")]
    assert parse(f"fine {between} tuning").node() == all_of(apart)


def test_words_and_phrases_are_looked_for_in_their_field():
    assert parse("abs:lamps").node() == query_node("lamps", "abstract")
    assert parse('author:"Yi Ma"').node() == phrase("Yi Ma", "authors")
    assert parse("title:lamps OR bells").node() == some_of(
        [query_node("lamps", "title"), query_node("bells")]
    )


def test_what_is_unwanted_must_not_be_there():
    unwanted = any_of([query_node("kites"), phrase("dark lamps")])
    query = parse('lamp -kites -"dark lamps"')
    assert query.node() == Without(query_node("lamp"), unwanted)
    assert query.unwanted_node() == unwanted
    assert parse("lamp").unwanted_node() is None


def test_terms_of_the_dictionary_are_taken_apart_on_demand():
    query = parse("检索增强生成 -大语言模型")
    assert query.node() == Without(query_node("检索增强生成"), query_node("大语言模型"))
    assert query.unwanted_node() == query_node("大语言模型")
    parts = query_node("大语言模型", whole_terms=False)
    assert parts != query_node("大语言模型")
    assert query.unwanted_node(whole_terms=False) == parts
    assert query.node(whole_terms=False) == Without(
        query_node("检索增强生成", whole_terms=False), parts
    )


def test_only_a_query_with_words_asks_for_text():
    assert parse("lamp").node() is not None
    assert parse("lamp -kite").node() is not None
    assert parse("topic:rag").node() is None
    assert parse("").node() is None


def test_a_year_is_a_date_only_behind_date():
    assert parse("date:2025").days
    assert parse("zh:2025").days == ()
    assert [note for note, _ in parse("zh:2025").notes] == [Note.ZH]


def test_topics_are_known_by_slug_and_by_name():
    query = parse("lamps topic:RAG OR topic:Robotics -kites -topic:机器人 -topic:llm zh:perhaps")
    assert with_topics(query, SLUGS) == replace(
        query, topics=(("rag", "cs-ro"),), unwanted_topics=("cs-ro", "llm")
    )


def test_an_unknown_topic_is_searched_as_words_and_said():
    query = with_topics(parse("lamps -bells zh:? topic:kites -topic:Harbours"), SLUGS)
    assert [(c.text, c.given) for (c,) in query.groups] == [
        ("lamps", "lamps"),
        ("zh ?", "zh:?"),
        ("kites", "topic:kites"),
    ]
    assert [(c.text, c.given) for c in query.unwanted] == [
        ("bells", "-bells"),
        ("Harbours", "-topic:Harbours"),
    ]
    assert (query.topics, query.unwanted_topics) == ((), ())
    assert query.notes == (
        (Note.ZH, "zh:?"),
        (Note.TOPIC, "topic:kites"),
        (Note.TOPIC, "-topic:Harbours"),
    )


def test_an_unknown_topic_beside_a_known_one_is_left_out_and_said():
    query = with_topics(parse("topic:rag OR topic:kites"), SLUGS)
    assert (query.topics, query.groups) == ((("rag",),), ())
    assert query.notes == ((Note.TOPIC, "topic:kites"),)
