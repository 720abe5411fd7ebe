"""The filters of all lists of papers: parameters of the query string and their meaning."""

import re
from collections.abc import Callable
from copy import copy
from dataclasses import dataclass
from functools import cache
from typing import Any

import django_filters
from django import forms
from django.core.exceptions import ValidationError
from django.utils.functional import cached_property
from django.utils.text import format_lazy
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from papers import search
from papers.lists.author_keys import current_keys
from papers.lists.authors import by_author
from papers.lists.search_filter import filter_by_query
from papers.lists.topics import current_slugs, on_topics, topics_by_slug
from papers.models import (
    NEWEST_FIRST,
    OLDEST_FIRST,
    Author,
    Paper,
    PaperQuerySet,
    ZhState,
)
from papers.text.arxiv_ids import ARXIV_ID

MAX_VALUES = 500
NO_FILTERS = ("sort", "bridge")  # parameters that say how to search or to order
ORDERS = {"newest": NEWEST_FIRST, "oldest": OLDEST_FIRST}


@dataclass(frozen=True)
class NotUnderstood:
    """A value in the address that is not valid; the list is shown without it."""

    name: str
    value: str
    reason: str


class ValuesField(forms.Field):
    """The distinct values of a parameter that may be repeated."""

    widget = forms.SelectMultiple

    def to_python(self, value: list[str] | None) -> list[str]:
        values = list(dict.fromkeys(value or []))
        if len(values) > MAX_VALUES:
            raise ValidationError(_("at most %(most)s values"), params={"most": MAX_VALUES})
        return values


class ValuesFilter(django_filters.Filter):
    field_class = ValuesField


class ListForm(forms.Form):
    """Check that values exist. Of a repeated parameter keep valid values and report the others."""

    def clean_topic(self) -> list[str]:
        asked = self.cleaned_data["topic"]
        if not asked:
            return []
        known = topics_by_slug().__contains__
        return current_slugs(
            self._known("topic", asked, known, gettext("no such topic: %(value)s"))
        )

    def clean_id(self) -> list[str]:
        is_id = re.compile(ARXIV_ID).fullmatch
        return self._known(
            "id", self.cleaned_data["id"], is_id, gettext("not an arXiv id: %(value)s")
        )

    def clean_author(self) -> str:
        key = self.cleaned_data["author"]
        if not key:
            return ""
        key = current_keys([key]).get(key, key)
        if not Author.objects.filter(key=key).exists():
            raise ValidationError(_("no such author"))
        return key

    def _known(
        self, name: str, asked: list[str], is_known: Callable[[str], object], message: str
    ) -> list[str]:
        for value in asked:
            if not is_known(value):
                self.add_error(name, ValidationError(message, params={"value": value[:80]}))
        return [value for value in asked if is_known(value)]


class Shared(dict):
    """Filters or fields by name, shared by all requests.

    django-filter and Django deep-copy them for each request in case one is changed. No code here
    changes them, so the copies are left out.
    """

    def __deepcopy__(self, memo: dict) -> dict:
        return {name: self._own(one) for name, one in self.items()}

    @staticmethod
    def _own(one: django_filters.Filter | forms.Field) -> django_filters.Filter | forms.Field:
        if isinstance(one, forms.Field):
            return one
        own = copy(one)  # because it has a reference to its filter set
        own.method = one.method  # the setter looks the method up in that set
        return own


def _one_of(values: str) -> dict:
    return {"invalid_choice": format_lazy(_("possible values: {values}"), values=values)}


A_DAY: dict[str, Any] = {
    "input_formats": ["%Y-%m-%d"],
    "error_messages": {"invalid": _("not a day; write it like 2025-01-29")},
}


class PaperFilter(django_filters.FilterSet):
    """Filter papers; ``not_understood`` lists the values that were ignored."""

    q = django_filters.CharFilter(
        method="filter_words",
        max_length=search.MAX_LENGTH,
        error_messages={
            "max_length": _("at most %(limit_value)s characters"),
            "null_characters_not_allowed": _("contains a character that no text has"),
        },
    )
    topic = ValuesFilter(method="filter_topics")
    author = django_filters.CharFilter(method="filter_author")
    to = django_filters.DateFilter("first_seen", "lte", **A_DAY)
    zh = django_filters.ChoiceFilter(
        "zh_state", choices=ZhState.choices, error_messages=_one_of("ok, missing, suspect")
    )
    id = ValuesFilter(method="filter_ids")
    bridge = django_filters.ChoiceFilter(
        method="filter_words",
        choices=[("off", _("as typed, in no other language"))],
        error_messages=_one_of("off"),
    )
    sort = django_filters.ChoiceFilter(
        method="filter_order",
        choices=[
            ("newest", _("Newest first")),
            ("oldest", _("Oldest first")),
            ("relevance", _("Most relevant")),
        ],
        error_messages=_one_of("newest, oldest, relevance"),
    )

    class Meta:
        model = Paper
        fields: list[str] = []
        form = ListForm

    @staticmethod
    @cache
    def get_form_class() -> type[forms.Form]:
        """Build the form class once; django-filter would build one for each request."""
        fields = {name: one.field for name, one in PaperFilter.base_filters.items()}
        form: Any = type("PaperForm", (ListForm,), fields)
        form.base_fields = Shared(form.base_fields)
        return form

    @property
    def not_understood(self) -> list[NotUnderstood]:
        """The values that were ignored, each with the reason."""
        return [
            NotUnderstood(name, str(self.data.get(name, ""))[:80], str(reason))
            for name, reasons in self.form.errors.items()
            for reason in reasons
        ]

    @property
    def active(self) -> dict:
        """The valid filters by name, without the order."""
        cleaned = self.form.cleaned_data
        return {name: value for name, value in cleaned.items() if value and name not in NO_FILTERS}

    @property
    def selection(self) -> dict:
        """The filters, and how the query is searched: what decides which papers are listed."""
        bridge = self.form.cleaned_data.get("bridge")
        return self.active | ({"bridge": bridge} if bridge else {})

    @cached_property
    def query(self) -> search.Query | None:
        """The parsed ``q``; None without a query."""
        self.form.is_valid()  # parses the address; errors are in not_understood
        given = self.form.cleaned_data.get("q", "")
        bridge = self.form.cleaned_data.get("bridge") != "off"
        return search.parse_query(given, bridge=bridge) if given else None

    def filter_queryset(self, queryset: PaperQuerySet) -> PaperQuerySet:
        """Apply the query last, to the papers that all other filters leave.

        Without ``sort`` in the address the papers keep their own order.
        """
        papers = self.without_words
        return filter_by_query(papers, self.query) if self.query else papers

    def newest(self, number: int) -> PaperQuerySet:
        """Return at least ``number`` of the newest filtered papers, if there are so many."""
        papers = self.without_words
        return filter_by_query(papers, self.query, number) if self.query else papers

    @cached_property
    def without_words(self) -> PaperQuerySet:
        """The papers after all filters but ``q``."""
        return super().filter_queryset(self.queryset.all())

    def filter_words(self, papers: PaperQuerySet, name: str, query: str) -> PaperQuerySet:
        return papers  # see filter_queryset

    def filter_topics(self, papers: PaperQuerySet, name: str, slugs: list[str]) -> PaperQuerySet:
        return on_topics(papers, slugs) if slugs else papers

    def filter_author(self, papers: PaperQuerySet, name: str, key: str) -> PaperQuerySet:
        return by_author(papers, key)

    def filter_ids(self, papers: PaperQuerySet, name: str, ids: list[str]) -> PaperQuerySet:
        return papers.filter(arxiv_id__in=ids) if ids else papers

    def filter_order(self, papers: PaperQuerySet, name: str, order: str) -> PaperQuerySet:
        return papers.order_by(*ORDERS[order]) if order in ORDERS else papers


# "from" is a keyword of Python and cannot be declared as an attribute.
_FROM = django_filters.DateFilter("first_seen", "gte", **A_DAY)
PaperFilter.base_filters = Shared(PaperFilter.base_filters, **{"from": _FROM})

REPEATABLE = frozenset(
    name for name, one in PaperFilter.base_filters.items() if isinstance(one, ValuesFilter)
)
SINGLE = frozenset(PaperFilter.base_filters) - REPEATABLE
