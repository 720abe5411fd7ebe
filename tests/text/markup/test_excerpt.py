"""Untrusted text split into paragraphs."""

from hypothesis import given
from hypothesis import strategies as st

from papers.text.markup import pairs, paragraphs

LINES = st.text("ab灯 \n", max_size=30)


def test_paragraphs_are_divided_by_one_newline_or_several():
    assert paragraphs("One.\nTwo.") == ["One.", "Two."]
    assert paragraphs("一。\n\n二。\n \n\n三。") == ["一。", "二。", "三。"]
    assert paragraphs("  One.  ") == ["One."]


def test_no_text_has_no_paragraphs():
    assert paragraphs("") == paragraphs(" \n\n ") == []


def test_paragraphs_that_correspond_are_pairs():
    assert pairs(["One.", "Two."], ["一。", "二。"]) == [(["One."], ["一。"]), (["Two."], ["二。"])]


def test_where_their_numbers_differ_they_stand_in_one_row():
    assert pairs(["One.", "Two."], ["一二。"]) == [(["One.", "Two."], ["一二。"])]
    assert pairs(["One."], []) == [(["One."], [])]
    assert pairs([], ["一。"]) == [([], ["一。"])]


@given(LINES)
def test_paragraphs_lose_nothing_but_space(text):
    assert "".join("".join(paragraphs(text)).split()) == "".join(text.split())
    assert all(one.strip() == one != "" for one in paragraphs(text))


@given(LINES, LINES)
def test_pairs_hold_every_paragraph_once_and_in_order(english, chinese):
    rows = pairs(paragraphs(english), paragraphs(chinese))
    assert [one for row, _ in rows for one in row] == paragraphs(english)
    assert [one for _, row in rows for one in row] == paragraphs(chinese)
