"""Every address of the site is in the table of kinds, and its view agrees."""

import datetime
import itertools
import re
from collections.abc import Iterator

import pytest
from django.urls import get_resolver

from papers.citations.formats import CITATIONS, FORMATS
from papers.feeds.formats import FEED_FORMATS
from papers.http.address_kinds import ADDRESSES, Kind, kind_of
from papers.http.parameters import parameters_of
from papers.operations.health_middleware import ANSWERS
from papers.presentation.glossary_files import GLOSSARY_FORMATS
from papers.views import converters

SAMPLES = {
    converters.ArxivIdConverter: ["2501.17161", "cs/0112017"],
    converters.VersionedArxivIdConverter: ["2501.17161v2", "cs/0112017"],
    converters.DayConverter: [datetime.date(2025, 1, 29)],
    converters.AnySlugConverter: ["multimodal", "多模态"],
    converters.SignedConverter: ["7-0a.1tXyz.c-D_e"],
    converters.SmallNumberConverter: [3],
    converters.FeedFormatConverter: list(FEED_FORMATS),
    converters.CitationFormatConverter: list(CITATIONS),
    converters.ExportFormatConverter: list(FORMATS),
    converters.GlossaryFormatConverter: list(GLOSSARY_FORMATS),
}


def addresses_of(views) -> Iterator[tuple[str, object]]:
    """A path for each value of each part of the addresses, with its view."""
    for view in filter(callable, views):
        for ways, _, _, parts in views.getlist(view):
            values = [[one.to_url(value) for value in SAMPLES[type(one)]] for one in parts.values()]
            for chosen in itertools.product(*values):
                for path, _ in ways:
                    yield f"/{path % dict(zip(parts, chosen, strict=True))}", view


PUBLIC = list(addresses_of(get_resolver().reverse_dict))


def kind_by_its_view(view) -> set[Kind]:
    """What may stand at the address of a view that says which parameters it understands so."""
    parameters = parameters_of(view)
    if parameters is None:
        return {Kind.API, Kind.CHOICE}
    return {Kind.API, Kind.FEED, Kind.FILE} if parameters.keeps_empty else {Kind.PAGE, Kind.MAIL}


@pytest.mark.parametrize(("path", "view"), PUBLIC, ids=[path for path, _ in PUBLIC])
def test_every_address_is_of_one_kind(path, view):
    kinds = {kind for kind, pattern in ADDRESSES.items() if re.fullmatch(pattern, path)}
    assert kinds == {kind_of(path)}
    assert kinds <= kind_by_its_view(view)


def test_what_others_bring_is_the_admin():
    prefixes = [prefix for prefix, _ in get_resolver().namespace_dict.values()]
    assert {kind_of(f"/{prefix}{rest}") for prefix in prefixes for rest in ("", "x/y.txt")} == {
        Kind.ADMIN
    }


def test_the_addresses_of_health_are_all_of_their_kind():
    assert {kind_of(path) for path in ANSWERS} == {Kind.HEALTH}
    assert set(ADDRESSES[Kind.HEALTH].split("|")) == set(ANSWERS)


def test_no_word_of_the_table_is_left_over():
    paths = [path for path, _ in PUBLIC]
    for kind in (Kind.FEED, Kind.FILE, Kind.PAGE):
        words = re.findall(r"[a-z][a-z-]+", ADDRESSES[kind])
        assert [word for word in words if not any(word in path for path in paths)] == []


@pytest.mark.parametrize("path", ["/admin/\n", "/admin/x/feed.atom", "/admin/x.csv", "/admin/a/"])
def test_nothing_below_the_admin_is_public(path):
    assert kind_of(path) is Kind.ADMIN


@pytest.mark.parametrize("path", ["/nothing", "/papers/\n/x", "/languages", ""])
def test_where_nothing_stands_a_page_says_so(path):
    assert kind_of(path) is Kind.PAGE
