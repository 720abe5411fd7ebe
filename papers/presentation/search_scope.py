"""Where the search box of a page looks: among all papers, or within the list of the page."""

from dataclasses import dataclass

from django.http import QueryDict
from django.urls import reverse
from django.utils.html import strip_tags
from django.utils.safestring import SafeString
from django.utils.translation import gettext

from papers.http.links import query_string
from papers.lists.filters import PaperFilter

_KEPT = ("lang", "per", "bridge")  # parameters that are no filters


@dataclass(frozen=True)
class SearchScope:
    """A list that a search stays within.

    ``name`` is that of the topic or author; a filtered list has none. ``fields`` keep the filters
    in force, and ``everywhere`` is the address of the same search among all papers.
    """

    path: str
    name: SafeString | str
    fields: tuple[tuple[str, str], ...]
    everywhere: str

    @property
    def placeholder(self) -> str:
        """What the empty search box says."""
        if not self.name:
            return gettext("Search this list")
        return gettext("Search in %(name)s") % {"name": strip_tags(self.name)}


def scope_of(filtered: PaperFilter, path: str, name: SafeString | str = "") -> SearchScope | None:
    """Return the scope of a list; None for the list of all papers without a filter."""
    filters = {key: value for key, value in filtered.active.items() if key != "q"}
    if not (filters or name):
        return None
    kept = {key: filtered.data[key] for key in _KEPT if key in filtered.data}
    words = {"q": filtered.active.get("q", "")}
    return SearchScope(
        path,
        name,
        fields=_pairs(query_string(filters | kept)),
        everywhere=reverse("papers") + query_string(words | kept),
    )


def _pairs(query: str) -> tuple[tuple[str, str], ...]:
    lists = QueryDict(query[1:]).lists()
    return tuple((name, one) for name, values in lists for one in values)
