"""List parameters for programs: the filters of the pages, but an invalid value is an error.

A person sees at once that a list is wider than expected; a feed reader or a script does not.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.http import QueryDict

from papers.lists.cursor import Cursor
from papers.lists.filters import NotUnderstood, PaperFilter
from papers.models import PaperQuerySet
from papers.text.bilingual import DEFAULT, Reading

MAX_ECHO = 80  # characters of an invalid value that the answer repeats


class InvalidQuery(Exception):
    """The address has invalid values; the message names them."""

    def __init__(self, wrong: Iterable[NotUnderstood]) -> None:
        said = (f"{one.name}={one.value}: {one.reason}" for one in wrong)
        super().__init__("The address has a value that is not valid. " + "; ".join(said))


@dataclass(frozen=True)
class StrictList:
    """The papers that an address selects from a list, and the filters in force by name.

    ``also_searched``: the other words that a Chinese query is carried over to.
    """

    papers: PaperQuerySet
    filters: dict[str, Any]
    also_searched: list[str]


def parse_papers(
    query: QueryDict, papers: PaperQuerySet, order: str = "newest", newest: int | None = None
) -> StrictList:
    """Return the papers that the query string selects, always in the order ``order``.

    ``newest``: stop after at least this many of the newest matches. Raises InvalidQuery.
    """
    ordered = query.copy()
    orders = dict(PaperFilter.base_filters["sort"].extra["choices"])
    if query.get("sort", order) in orders:
        ordered["sort"] = order
    filtered = PaperFilter(ordered, queryset=papers)
    if filtered.not_understood:
        raise InvalidQuery(filtered.not_understood)
    found = filtered.newest(newest) if newest else filtered.qs
    also_searched = filtered.query.also_searched if filtered.query else []
    return StrictList(found, filtered.selection, also_searched)


def parse_reading(query: QueryDict) -> Reading:
    """Return the language of the address, both by default; cookies are ignored.

    Raises InvalidQuery.
    """
    asked = query.get("lang", DEFAULT.code)
    reading = Reading.parse(asked)
    if reading is None:
        raise InvalidQuery([_wrong("lang", asked, "en, zh, both, or a pair such as en-zh")])
    return reading


def parse_cursor(query: QueryDict, name: str) -> Cursor | None:
    """Return the cursor in parameter ``name``, or None without it. Raises InvalidQuery."""
    asked = query.get(name, "")
    cursor = Cursor.parse(asked)
    if asked and cursor is None:
        raise InvalidQuery([_wrong(name, asked, "not a place that this site gave")])
    return cursor


def _wrong(name: str, value: str, reason: str) -> NotUnderstood:
    return NotUnderstood(name, value[:MAX_ECHO], reason)
