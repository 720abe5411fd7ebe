"""The filters in force as chips: the name of each, and the list without it."""

import calendar
import datetime
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext, ngettext

from papers.http.links import with_changes
from papers.lists.filters import PaperFilter
from papers.lists.topics import topics_by_slug
from papers.models import Author, ZhState
from papers.presentation.formatting import in_interface, month_name, short_day

MAX_PAPERS = 5  # papers of a selection that have a chip each


@dataclass(frozen=True)
class Chip:
    """A filter in force: its name, and the address of the list without it."""

    label: SafeString | str
    href: str


def chips(filtered: PaperFilter) -> tuple[Chip, ...]:
    """Return a chip for each filter but the query; a range of days is one filter."""
    return tuple(_chips(filtered, filtered.active))


def without_filters(filtered: PaperFilter) -> str:
    """Return the address of the list with only its query and its order."""
    names = filtered.active.keys() - {"q"}
    return with_changes(filtered.data, dict.fromkeys(("page", *sorted(names))))


def _chips(filtered: PaperFilter, active: Mapping[str, Any]) -> Iterator[Chip]:
    for slug in active.get("topic", ()):
        yield Chip(in_interface(topics_by_slug()[slug].name), _without(filtered, "topic", slug))
    for author in Author.objects.filter(key=active["author"]) if "author" in active else ():
        label = format_html('<span lang="en" translate="no">{}</span>', author.name)
        yield Chip(label, _without(filtered, "author"))
    if days := _days(active.get("from"), active.get("to")):
        yield Chip(days, with_changes(filtered.data, {"page": None, "from": None, "to": None}))
    if "zh" in active:
        yield Chip(str(ZhState(active["zh"]).label), _without(filtered, "zh"))
    yield from _papers(filtered, active.get("id", ()))


def _papers(filtered: PaperFilter, ids: list[str]) -> Iterable[Chip]:
    if len(ids) <= MAX_PAPERS:
        return [Chip(f"arXiv {one}", _without(filtered, "id", one)) for one in ids]
    label = ngettext("%(number)s selected paper", "%(number)s selected papers", len(ids))
    return [Chip(label % {"number": len(ids)}, _without(filtered, "id"))]


def _without(filtered: PaperFilter, name: str, value: str = "") -> str:
    """Return the address of the list without a filter, or without one of its values."""
    query = filtered.data.copy()
    query.pop("page", None)
    query.setlist(name, [one for one in filtered.active[name] if one != value] if value else [])
    return f"?{query.urlencode()}"


def _days(first: datetime.date | None, last: datetime.date | None) -> str:
    if first and last:
        if _is_month(first, last):
            return month_name(first.year, first.month)
        return gettext("%(first)s to %(last)s") % {
            "first": short_day(first),
            "last": short_day(last),
        }
    if first:
        return gettext("Since %(day)s") % {"day": short_day(first)}
    return gettext("Until %(day)s") % {"day": short_day(last)} if last else ""


def _is_month(first: datetime.date, last: datetime.date) -> bool:
    length = calendar.monthrange(first.year, first.month)[1]
    return first.day == 1 and last == first.replace(day=length)
