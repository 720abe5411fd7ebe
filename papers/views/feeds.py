"""Every list as a feed, and the page that explains the feeds of a list."""

from collections.abc import Callable, Iterable
from dataclasses import replace
from urllib.parse import quote, urlencode

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.urls import reverse

from papers.feeds import days, opml
from papers.feeds.entries import Feed as Head
from papers.feeds.entries import updated_at
from papers.feeds.entry_cache import kept_entries
from papers.feeds.formats import FEED_FORMATS
from papers.feeds.head import FeedTarget, head_of, place_of, title_of
from papers.feeds.window import MAX_ENTRIES, window_of
from papers.http.links import absolute, query_string
from papers.http.parameters import of_page, of_program
from papers.http.responses import opened, refusal
from papers.lists import scopes
from papers.lists.cursor import Cursor
from papers.lists.filters import REPEATABLE, SINGLE, PaperFilter
from papers.lists.scopes import ListOfPapers
from papers.lists.strict_query import (
    InvalidQuery,
    StrictList,
    parse_cursor,
    parse_papers,
    parse_reading,
)
from papers.mail.asked_list import LISTS
from papers.models import Topic
from papers.presentation.cards import cards_for
from papers.text.bilingual import CHOICES, DEFAULT, Bilingual, Reading
from papers.views.page import Page, SafeMethodsOnly

PREVIEWED = 5  # papers


class ListScopedView(SafeMethodsOnly):
    """Base class for addresses below a list's address.

    ``list_of`` returns the list for the captured parts of the address.
    """

    list_of: Callable[..., ListOfPapers] = staticmethod(scopes.all_papers)

    def the_list(self) -> ListOfPapers:
        parts = {name: part for name, part in self.kwargs.items() if name != "form"}
        if self.list_of is scopes.of_digest:
            parts["source"] = self.request.GET.get("source", "")
        return self.list_of(**parts)

    def dispatch(self, request: HttpRequest, *args, **kwargs) -> HttpResponseBase:
        try:
            return super().dispatch(request, *args, **kwargs)
        except InvalidQuery as reason:
            return refusal(reason)

    def asked(
        self, the_list: ListOfPapers, newest: int | None = None
    ) -> tuple[StrictList, FeedTarget, Reading]:
        """Return the selected papers, the feed's target and the reading languages.

        The target carries the same filters as the query string.
        """
        query = self.request.GET
        reading = parse_reading(query)
        asked = parse_papers(query, the_list.papers, newest=newest)
        return asked, place_of(the_list, asked.filters, query.get("lang", "")), reading


class FeedView(ListScopedView):
    """The papers of a list with its filters, newest first."""

    parameters = of_program(*SINGLE, "lang", "source", "before", repeatable=REPEATABLE)

    def get(self, request: HttpRequest, form: str, **kwargs) -> HttpResponse:
        before = parse_cursor(request.GET, "before")
        newest = None if before else MAX_ENTRIES + 1
        asked, place, reading = self.asked(self.the_list(), newest)
        window = window_of(asked.papers, before)
        entries = kept_entries(window.rows, form, reading)
        updated = max((updated_at(row.modified, row.pk) for row in window.rows), default=None)
        address, words = _as_asked(request), asked.also_searched
        head = head_of(place, form, address, reading, before, window.next, updated, words)
        return _answer(request, form, head, entries)


class DaysFeed(SafeMethodsOnly):
    """The feed of days: each entry lists the titles of one day."""

    parameters = of_program("lang", "before")

    def get(self, request: HttpRequest, form: str) -> HttpResponse:
        try:
            reading = parse_reading(request.GET)
            before = parse_cursor(request.GET, "before")
        except InvalidQuery as reason:
            return refusal(reason)
        place = _days_place(_lang(request))
        rows, day = days.newest_days(before.day if before else None)
        following = Cursor(day) if day else None
        entries = map(FEED_FORMATS[form].write_entry, days.day_entries(rows, reading))
        updated = max((row.modified for row in rows), default=None)
        head = head_of(place, form, _as_asked(request), reading, before, following, updated)
        return _answer(request, form, head, entries)


class SubscribePage(Page):
    """Base class for pages that explain a feed and list its addresses."""

    template_name = "feeds/subscribe.html"

    def context_of(self, place: FeedTarget) -> dict:
        reading = self.request.reading
        return {
            "place": place,
            "name": title_of(place, reading.from_address or reading.chosen),
            "addresses": [(form.name, place.feed(end)) for end, form in FEED_FORMATS.items()],
            "languages": _languages(place, reading.from_address or DEFAULT),
        }

    def lang(self) -> str:
        reading = self.request.reading.from_address
        return reading.code if reading else ""


class Subscribe(ListScopedView, SubscribePage):
    """The page about one list's feed, with a few of its papers."""

    parameters = of_page(*SINGLE, "source", repeatable=REPEATABLE)

    def get_context_data(self, **kwargs) -> dict:
        the_list = self.the_list()
        filtered = PaperFilter(self.request.GET, queryset=the_list.papers)
        not_understood = filtered.not_understood
        place = place_of(the_list, filtered.active, self.lang())
        return super().get_context_data(
            **self.context_of(place),
            cards=cards_for(filtered.qs[:PREVIEWED], self.request.reading.chosen),
            by_mail=self.by_mail(place),
            not_understood=not_understood,
            **kwargs,
        )

    def by_mail(self, place: FeedTarget) -> str:
        """Return the address at which this list is asked for by mail; empty if it is not sent."""
        if not settings.MAIL_LISTS or self.list_of not in LISTS.values():
            return ""
        return f"{reverse('mail')}?{urlencode({'list': place.path + query_string(place.query)})}"


class SubscribeToDays(SubscribePage):
    def get_context_data(self, **kwargs) -> dict:
        place = _days_place({"lang": self.lang()} if self.lang() else {})
        return super().get_context_data(**self.context_of(place), **kwargs)


class Opml(SafeMethodsOnly):
    """``/feeds.opml``: the feeds of all papers and of each topic in one file, for feed readers."""

    parameters = of_program("lang")

    def get(self, request: HttpRequest) -> HttpResponse:
        try:
            reading = parse_reading(request.GET)
        except InvalidQuery as reason:
            return refusal(reason)
        lang = _lang(request)
        places = [replace(place, query=lang) for place in _topics_and_all()]
        written = opml.write(
            settings.SITE_NAME,
            [
                opml.Subscription(title_of(place, reading), place.feed("atom"), place.page)
                for place in places
            ],
        )
        answer = HttpResponse(written, content_type=opml.CONTENT_TYPE)
        answer.headers["Content-Disposition"] = 'attachment; filename="feeds.opml"'
        return opened(answer)


def _days_place(query: dict[str, object]) -> FeedTarget:
    return FeedTarget(Bilingual("Days", "按日"), reverse("days"), query)


def _topics_and_all() -> list[FeedTarget]:
    topics = Topic.objects.filter(paper_count__gt=0)
    return [
        place_of(scopes.all_papers(), {}, ""),
        *(FeedTarget(topic.name, topic.get_absolute_url(), {}) for topic in topics),
    ]


def _languages(place: FeedTarget, current: Reading) -> list[dict]:
    """Return links to this page for each reading language."""
    return [
        {
            "code": code,
            "href": replace(place, query=place.query | {"lang": code}).help_path,
            "current": current.code == code,
        }
        for code in CHOICES
    ]


def _answer(request: HttpRequest, form: str, head: Head, entries: Iterable[str]) -> HttpResponse:
    written = FEED_FORMATS[form].write(head, entries, settings.SITE_NAME)
    return opened(HttpResponse(written, content_type=FEED_FORMATS[form].content_type_for(request)))


def _as_asked(request: HttpRequest) -> str:
    """Return the address of the request, which a reader compares with the feed's link to itself."""
    query = request.META.get("QUERY_STRING", "")
    return absolute(f"{quote(request.path)}{'?' if query else ''}{query}")


def _lang(request: HttpRequest) -> dict[str, object]:
    return {"lang": request.GET["lang"]} if request.GET.get("lang") else {}
