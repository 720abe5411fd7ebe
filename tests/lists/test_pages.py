"""Pagination: every address has a page."""

import pytest
from django.http import QueryDict
from django.template import Context
from hypothesis import given
from hypothesis import strategies as st
from lxml import html

from papers.lists.pages import SIZES, paged
from papers.templatetags.facets import page_numbers, this_list

ITEMS = range(260)
VALUES = st.text() | st.integers().map(str) | st.sampled_from(["25", "100", "٣", "1e3", "0x1", "²"])


def test_the_first_page_has_twenty_five():
    first = paged(ITEMS, {})
    assert list(first.page) == list(range(25))
    assert first.not_understood == []


@pytest.mark.parametrize("size", SIZES)
def test_a_reader_may_have_more_on_a_page(size):
    assert list(paged(ITEMS, {"per": str(size), "page": "2"}).page) == list(range(size, 2 * size))


def test_the_last_page_holds_the_rest():
    last = paged(ITEMS, {"page": "11"})
    assert list(last.page) == list(range(250, 260))
    assert last.not_understood == []


@pytest.mark.parametrize(
    "page", ["0", "-1", "12", "x", "1.0", "01", "٣", "²", "9" * 5000, " 1", "1\n"]
)
def test_a_page_that_is_not_there_is_the_first_one_and_says_so(page):
    asked = paged(ITEMS, {"page": page})
    assert asked.page.number == 1
    assert [(one.name, one.value) for one in asked.not_understood] == [("page", page[:80])]


@pytest.mark.parametrize("size", ["0", "-25", "26", "1000000", "x", "25.0", "٢٥"])
def test_another_size_is_twenty_five_and_says_so(size):
    asked = paged(ITEMS, {"per": size, "page": "2"})
    assert list(asked.page) == list(range(25, 50))
    assert [(one.name, one.value) for one in asked.not_understood] == [("per", size)]
    assert "50" in asked.not_understood[0].reason


def test_nothing_has_one_empty_page():
    empty = paged([], {})
    assert (list(empty.page), list(empty.numbers)) == ([], [1])
    assert paged([], {"page": "2"}).not_understood


def test_far_page_numbers_are_left_out():
    assert paged(range(2500), {"page": "50"}).numbers == [1, "…", 48, 49, 50, 51, 52, "…", 100]
    assert paged(ITEMS, {"per": "100"}).numbers == [1, 2, 3]


@given(st.text())
def test_no_query_string_makes_it_raise(query):
    paged(ITEMS, QueryDict(query))


@given(st.fixed_dictionaries({}, optional={"page": VALUES, "per": VALUES}))
def test_whatever_is_asked_there_is_a_page(query):
    asked = paged(ITEMS, query)
    assert asked.page.number in asked.numbers
    assert len(asked.page) > 0
    assert all(len(one.value) <= 80 for one in asked.not_understood)


def test_the_numbers_keep_all_else_that_the_address_says(rf):
    request = rf.get("/papers/", {"q": "<a> & b", "page": "6", "topic": ["rag", "ro"]})
    to_page = this_list(Context({"request": request}), page="")
    links = html.fragment_fromstring(
        page_numbers(paged(ITEMS, request.GET), to_page), create_parent=True
    )
    said = [one.text for one in links]
    assert said == ["1", "…", "4", "5", "6", "7", "8", "…", "11"]
    assert [one.text for one in links.cssselect("[aria-current=page]")] == ["6"]
    last = QueryDict(links[-1].get("href").removeprefix("?"))
    assert last == QueryDict("q=<a> %26 b&page=11&topic=rag&topic=ro")


def test_numbers_are_made_without_a_change_to_what_was_asked(rf):
    request = rf.get("/papers/", {"page": "2"})
    this_list(Context({"request": request}), page="")
    assert request.GET["page"] == "2"
