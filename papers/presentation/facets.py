"""Facets: the choices of each filter, with the number of papers that each would leave.

Numbers come from stored counts for a list, and from the counted hits for a search.
"""

import calendar
import datetime
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

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
_NOT_KEPT = ("from", "to", "page")  # parameters that a form for days sets, and the page


@dataclass(frozen=True)
class Choice:
    """A choice of a filter: its link, and the number of papers (None if it is not known)."""

    name: str
    href: str
    number: int | None
    is_current: bool


@dataclass(frozen=True)
class Facets:
    """The choices of each filter beside a list, and the days that it is limited to.

    ``any_topic`` and so on: the address of the list without this filter, empty if it is not in
    force. ``fields``: all other parameters of the list, for a form that changes the days.
    """

    orders: tuple[Choice, ...]
    topics: tuple[Choice, ...]
    zh_states: tuple[Choice, ...]
    months: tuple[Choice, ...]
    any_topic: str
    any_state: str
    any_day: str
    first: datetime.date | None
    last: datetime.date | None
    fields: tuple[tuple[str, str], ...]


class _Rail:
    """Build the choices of one page; each choice leaves all other filters unchanged."""

    def __init__(self, filtered: PaperFilter) -> None:
        self._active = filtered.active
        self._query, self._form = filtered.data, filtered.form
        self._to_topic, self._to_state = self._link(topic=""), self._link(zh="")

    def facets(
        self,
        orders: Iterable[Choice],
        topics: Iterable[Choice],
        zh_states: Iterable[Choice],
        months: Iterable[Choice] = (),
    ) -> Facets:
        """Return these choices with what the address of the list says of each filter."""
        pairs = ((name, value) for name, values in self._query.lists() for value in values)
        return Facets(
            tuple(orders),
            tuple(topics),
            tuple(zh_states),
            tuple(months),
            any_topic=self._without("topic"),
            any_state=self._without("zh"),
            any_day=self._without("from", "to"),
            first=self._active.get("from"),
            last=self._active.get("to"),
            fields=tuple((name, value) for name, value in pairs if name not in _NOT_KEPT),
        )

    def _without(self, *names: str) -> str:
        in_force = any(name in self._active for name in names)
        return self._link(**dict.fromkeys(names)) if in_force else ""

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

    def _link(self, **changed: str | None) -> str:
        """Return the address of the first page with these filters, which come last in it."""
        return with_changes(self._query, {"page": None, **changed})


def facets(filtered: PaperFilter, topic: str = "", author: str = "") -> Facets:
    """Return the facets of a list; a number is the length of the list with only that choice
    changed. The list of a topic offers no other topics.
    """
    rail = _Rail(filtered)
    asked = asked_of(filtered, topic, author)
    states: Mapping[str, int] = {}
    numbers: Mapping[int | None, int] = {}
    is_known = asked is not None and not asked.author
    if asked is not None and is_known:
        numbers = counts.by_topic(asked.first, asked.last, asked.zh_state)
        states = {one: number_of(replace(asked, zh_state=one)) for one in ZhState.values}
    topics = [] if topic and not filtered.query else _topics_by_name(interface_language())
    return rail.facets(
        rail.orders("newest", "oldest"),
        [
            rail.topic(one.slug, name, numbers.get(one.pk, 0) if is_known else None)
            for one, name in topics
        ],
        [rail.state(value, str(name), states.get(value)) for value, name in ZhState.choices],
    )


def facets_of_hits(filtered: PaperFilter, results: Results) -> Facets:
    """Return the facets of a search: most frequent topics, states of the Chinese, newest months."""
    rail, topics, states = _Rail(filtered), topics_by_id(), results.zh_states
    return rail.facets(
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
