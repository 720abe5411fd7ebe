"""Names of the filters in force, for readers."""

from collections.abc import Iterable
from typing import Any

from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from papers.lists.filters import PaperFilter
from papers.lists.topics import topics_by_slug
from papers.models import Author, ZhState
from papers.presentation.formatting import in_interface, short_day

_SAID = {
    "q": _("Words: {}"),
    "topic": _("Topic: {}"),
    "author": _("Author: {}"),
    "from": _("From {}"),
    "to": _("Until {}"),
    "zh": "{}",
    "id": _("Paper: {}"),
}


def in_words(filtered: PaperFilter) -> list[SafeString]:
    """Return a phrase for each value of each filter, with the value escaped."""
    return [
        format_html(str(_SAID[name]), value)
        for name, values in filtered.active.items()
        for value in _values(name, values)
    ]


def _values(name: str, given: Any) -> Iterable[object]:
    """Return the values of a filter as readers know them."""
    match name:
        case "topic":
            return [in_interface(topics_by_slug()[slug].name) for slug in given]
        case "id":
            return given
        case "author":
            return Author.objects.filter(key=given).values_list("name", flat=True)
        case "from" | "to":
            return [short_day(given)]
        case "zh":
            return [ZhState(given).label]
    return [given]
