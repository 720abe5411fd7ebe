"""How many papers each choice of the rail would leave, from tallies."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from urllib.parse import urlencode

from django.http import QueryDict
from django.utils.safestring import SafeString

from papers import tallies
from papers.context import interface_language
from papers.filters import PaperFilter
from papers.kept import kept_with_the_data
from papers.listing import asked_of, number_of
from papers.models import Topic, ZhState
from papers.templatetags.reading import in_interface
from papers.topics import topics_by_slug


@dataclass(frozen=True)
class Choice:
    """One choice of a filter: where it leads, and how many papers are there (None: not known)."""

    value: str
    name: str
    href: str
    number: int | None
    is_current: bool


@dataclass(frozen=True)
class Facets:
    topics: list[Choice]
    zh_states: list[Choice]


def facets(filtered: PaperFilter, topic: str = "", author: str = "") -> Facets:
    """A choice's number is what the list would hold if only this choice were another."""
    asked = asked_of(filtered, topic, author)
    active = filtered.active
    to_topic, to_state = _links(filtered.data, "topic"), _links(filtered.data, "zh")
    topics = _topics_by_name(interface_language())
    states: dict[str, int] = {}
    numbers: Mapping[int | None, int] = {}
    is_known = asked is not None and not asked.author
    if asked is not None and is_known:
        numbers = tallies.by_topic(asked.first, asked.last, asked.zh_state)
        states = {one: number_of(replace(asked, zh_state=one)) for one in ZhState.values}
    return Facets(
        [
            Choice(
                one.slug,
                name,
                to_topic + one.slug,
                numbers.get(one.pk, 0) if is_known else None,
                one.slug in active.get("topic", ()),
            )
            for one, name in topics
        ],
        [
            Choice(value, str(name), to_state + value, states.get(value), active.get("zh") == value)
            for value, name in ZhState.choices
        ],
    )


@kept_with_the_data(size=2)
def _topics_by_name(interface: str) -> list[tuple[Topic, SafeString]]:
    """The topics that have papers, each with its name as the rail says it."""
    return [(one, in_interface(one.name)) for one in topics_by_slug().values() if one.paper_count]


def _links(query: QueryDict, name: str) -> str:
    """The address of this list up to the value of one filter: all others stay as they are."""
    rest = [
        (key, value)
        for key, values in query.lists()
        if key not in (name, "page")
        for value in values
    ]
    return f"?{urlencode([*rest, (name, '')])}"
