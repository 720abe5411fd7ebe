"""Facets: the choices of each filter, with the number of papers that each would leave.

Numbers come from stored counts for a list, and from the counted hits for a search.
"""

import calendar
import datetime
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from django.utils.safestring import SafeString

from papers.db.version_cache import cached_per_version
from papers.http.links import with_changes
from papers.lists import counts
from papers.lists.filters import PaperFilter
from papers.lists.paged_ids import asked_of, number_of
from papers.lists.topics import topics_by_id, topics_by_slug
from papers.models import Topic, ZhState
from papers.presentation.formatting import in_interface, interface_language, month_name
from papers.search import NEWEST, OLDEST, RELEVANCE, Results

MAX_TOPICS = 12
MAX_MONTHS = 12


@dataclass(frozen=True)
class Choice:
    """A choice of a filter: its link, and the number of papers (None if it is not known)."""

    name: str
    href: str
    number: int | None
    is_current: bool


@dataclass(frozen=True)
class Facets:
    """The choices of each filter beside a list."""

    orders: list[Choice]
    topics: list[Choice]
    zh_states: list[Choice]
    months: list[Choice] = field(default_factory=list)


class _Rail:
    """Build the choices of one page; each choice leaves all other filters unchanged."""

    def __init__(self, filtered: PaperFilter) -> None:
        self._active = filtered.active
        self._query, self._form = filtered.data, filtered.form
        self._to_topic, self._to_state = self._link(topic=""), self._link(zh="")

    def orders(self, default: str, *others: str) -> list[Choice]:
        chosen = self._form.cleaned_data.get("sort")
        current = chosen if chosen in others else default
        named = dict(self._form.fields["sort"].choices)
        return [
            Choice(
                str(named[one]),
                with_changes(self._query, {"page": None, "sort": None if one == default else one}),
                None,
                one == current,
            )
            for one in (default, *others)
        ]

    def topic(self, slug: str, name: str, number: int | None) -> Choice:
        is_current = slug in self._active.get("topic", ())
        return Choice(name, self._to_topic + slug, number, is_current)

    def state(self, value: str, name: str, number: int | None) -> Choice:
        return Choice(name, self._to_state + value, number, self._active.get("zh") == value)

    def month(self, first: datetime.date, number: int) -> Choice:
        last = first.replace(day=calendar.monthrange(first.year, first.month)[1])
        is_current = (self._active.get("from"), self._active.get("to")) == (first, last)
        link = self._link(**{"from": first.isoformat(), "to": last.isoformat()})
        return Choice(month_name(first.year, first.month), link, number, is_current)

    def _link(self, **changed: str) -> str:
        """Return the address of the first page with these filters, which come last in it."""
        return with_changes(self._query, {"page": None, **changed})


def facets(filtered: PaperFilter, topic: str = "", author: str = "") -> Facets:
    """Return the facets of a list; a number is the length of the list with only that choice
    changed.
    """
    rail = _Rail(filtered)
    asked = asked_of(filtered, topic, author)
    states: Mapping[str, int] = {}
    numbers: Mapping[int | None, int] = {}
    is_known = asked is not None and not asked.author
    if asked is not None and is_known:
        numbers = counts.by_topic(asked.first, asked.last, asked.zh_state)
        states = {one: number_of(replace(asked, zh_state=one)) for one in ZhState.values}
    return Facets(
        rail.orders("newest", "oldest"),
        [
            rail.topic(one.slug, name, numbers.get(one.pk, 0) if is_known else None)
            for one, name in _topics_by_name(interface_language())
        ],
        [rail.state(value, str(name), states.get(value)) for value, name in ZhState.choices],
    )


def facets_of_hits(filtered: PaperFilter, results: Results) -> Facets:
    """Return the facets of a search: most frequent topics, states of the Chinese, newest months."""
    rail, topics, states = _Rail(filtered), topics_by_id(), results.zh_states
    return Facets(
        rail.orders(RELEVANCE, NEWEST, OLDEST),
        [
            rail.topic(topics[pk].slug, in_interface(topics[pk].name), number)
            for pk, number in results.topic_counts.most_common(MAX_TOPICS)
            if pk in topics
        ],
        [rail.state(one, str(one.label), states[one]) for one in ZhState if states[one]],
        [rail.month(first, number) for first, number in results.months[:MAX_MONTHS]],
    )


@cached_per_version(size=2)
def _topics_by_name(interface: str) -> list[tuple[Topic, SafeString]]:
    """Return the topics that have papers, each with its name in the interface language."""
    return [(one, in_interface(one.name)) for one in topics_by_slug().values() if one.paper_count]
