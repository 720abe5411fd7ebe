"""The list that a reader wants by mail: its address, its name, and its new papers."""

import datetime
from collections.abc import Callable
from dataclasses import dataclass, replace
from urllib.parse import unquote

from django.http import Http404, QueryDict
from django.urls import Resolver404, resolve
from django.utils.translation import gettext as _

from papers.http.links import query_string
from papers.lists import scopes
from papers.lists.filters import PaperFilter
from papers.lists.scopes import ListOfPapers
from papers.lists.search_filter import filter_by_query
from papers.models import NEWEST_FIRST, PaperQuerySet
from papers.models.mail import LONGEST_PATH, LONGEST_QUERY
from papers.presentation.formatting import interface_language
from papers.presentation.list_name import name_of_list
from papers.search.query_parser import Days
from papers.text.bilingual import DEFAULT, Reading
from papers.text.sanitize import is_clean

# Lists that go on, by the names of their addresses. A day or a digest gets no new papers.
LISTS: dict[str, Callable[..., ListOfPapers]] = {
    "papers": scopes.all_papers,
    "topic": scopes.of_topic,
    "author": scopes.of_author,
    "term": scopes.of_term,
    "related": scopes.like_paper,
}


class UnknownList(Exception):
    """There is no such list, or it cannot be sent; the message says why."""


@dataclass(frozen=True)
class AskedList:
    """A list with its filters, as an address names it."""

    the_list: ListOfPapers
    filtered: PaperFilter
    reading: Reading

    @property
    def path(self) -> str:
        return self.the_list.path

    @property
    def query(self) -> str:
        """The filters and the language in one fixed order, without the question mark."""
        return query_string(self.filtered.selection | {"lang": self.reading.code})[1:]

    @property
    def page(self) -> str:
        """The path and query string of the list's page."""
        return f"{self.path}?{self.query}"

    @property
    def name(self) -> str:
        """The name as plain text in the interface language."""
        filters = name_of_list(self.filtered, None, None)
        is_search = filters and self.path == scopes.all_papers().path
        own = "" if is_search else self.the_list.name.best(interface_language())
        return " · ".join(filter(None, (own, filters)))

    def in_language(self, code: str) -> "AskedList":
        """Return the list with titles in this language; in its own if there is no such one."""
        return replace(self, reading=Reading.parse(code) or self.reading)

    def newer_than(self, seen: int, since: datetime.date) -> PaperQuerySet:
        """Return its papers with numbers above ``seen`` from this day on, newest first.

        The words of a search are looked for as they are: no papers with only most of them.
        """
        query = self.filtered.query
        new = self.filtered.without_words.filter(pk__gt=seen, first_seen__gte=since)
        if query:
            query = replace(query, days=(*query.days, Days(since)))
            new = filter_by_query(new, query, widened=False)
        return new.order_by(*NEWEST_FIRST)


def list_at(address: str, reading: Reading = DEFAULT) -> AskedList:
    """Return the list at an address such as ``/topics/rag/?zh=ok``. Raise UnknownList.

    ``reading`` is the language of titles where the address names none.
    """
    path, _mark, query = address.partition("?")
    if not is_clean(unquote(address)) or len(query) > 2 * LONGEST_QUERY:
        raise UnknownList(_("There is no such list."))
    asked = QueryDict(query)
    the_list = _scope(path)
    filtered = PaperFilter(asked, queryset=the_list.papers)
    if wrong := filtered.not_understood:
        raise UnknownList(f"{wrong[0].name}={wrong[0].value}: {wrong[0].reason}")
    found = AskedList(the_list, filtered, Reading.parse(asked.get("lang", "")) or reading)
    if len(found.path) > LONGEST_PATH or len(found.query) > LONGEST_QUERY:
        raise UnknownList(_("The address of this list is too long for mail."))
    return found


def _scope(path: str) -> ListOfPapers:
    try:
        found = resolve(unquote(path))
        return LISTS[found.url_name or ""](**found.kwargs)
    except (Resolver404, KeyError, Http404):
        raise UnknownList(_("There is no such list.")) from None
