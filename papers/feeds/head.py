"""The head of a feed: title, description and addresses."""

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.conf import settings

from papers.feeds.entries import Feed, joined, tag
from papers.http.links import absolute, query_string
from papers.lists.cursor import Cursor
from papers.lists.scopes import ListOfPapers
from papers.text.bilingual import ZH, Bilingual, Reading
from papers.text.sanitize import clean

ABOUT = (
    "New arXiv papers, titles and abstracts in English and Chinese; the Chinese is machine"
    " translation. This is a feed: to subscribe, add its address to a feed reader. Help: {help}"
    " 这是一个订阅源：将其网址添加到阅读器即可订阅。说明：{help}"
)
ALSO_SEARCHED = (
    "Also searched for: {words}. Add bridge=off to the address to search as typed."
    " 也搜索了：{chinese_words}。在网址中加上 bridge=off 则只搜原词。"
)
BEGINNING = datetime.datetime(2026, 1, 1, tzinfo=datetime.UTC)  # the date of an empty feed


@dataclass(frozen=True)
class FeedTarget:
    """The list that a feed belongs to: name, path of its page, and query string."""

    name: Bilingual
    path: str
    query: dict[str, object]

    @property
    def page(self) -> str:
        return absolute(f"{self.path}{query_string(self.query)}")

    @property
    def help_path(self) -> str:
        """The path of the help page of this feed."""
        return f"{self.path}feed/{query_string(self.query)}"

    def feed(self, form: str, before: Cursor | None = None) -> str:
        """Return the address of the feed in a format (``atom``, ``rss`` or ``json``)."""
        query = self.query | ({"before": str(before)} if before else {})
        return absolute(f"{self.path}feed.{form}{query_string(query)}")


def place_of(the_list: ListOfPapers, filters: Mapping[str, object], lang: str) -> FeedTarget:
    """Return the feed target of a list. ``lang`` is the language in the address, or empty."""
    query = dict(the_list.query) | dict(filters) | ({"lang": lang} if lang else {})
    return FeedTarget(the_list.name, the_list.path, query)


def title_of(place: FeedTarget, reading: Reading) -> str:
    """Return the title: the names of the site and the list, and the active filters."""
    filters = [
        f"{name}: {_filter_value(value)}"
        for name, value in sorted(place.query.items())
        if name != "lang"
    ]
    return " · ".join([settings.SITE_NAME, joined(place.name, reading.title), *filters])


def _filter_value(value: object) -> str:
    if not isinstance(value, list):
        return str(value)
    return ", ".join(map(str, value)) if len(value) <= 5 else f"{len(value)}"


def head_of(
    place: FeedTarget,
    form: str,
    reading: Reading,
    before: Cursor | None,
    following: Cursor | None,
    updated: datetime.datetime | None,
    also_searched: Sequence[str] = (),
) -> Feed:
    """Return the head of one page of a feed.

    The page begins after ``before``, which is None on the first page. The next page begins after
    ``following``, which is None on the last. ``also_searched``: what the query was searched as,
    too; the description says so.
    """
    return Feed(
        id=tag(f"feed{place.path}{query_string(place.query)}"),
        title=title_of(place, reading),
        about=_about(place, also_searched),
        language="zh-Hans" if reading.title == ZH else "en",
        home=place.page,
        address=place.feed(form, before),
        first=place.feed(form),
        next=place.feed(form, following) if following else "",
        is_complete=before is None and following is None,
        updated=updated or BEGINNING,
    )


def _about(place: FeedTarget, also_searched: Sequence[str]) -> str:
    about = ABOUT.format(help=absolute(place.help_path))
    if not also_searched:
        return about
    said = ALSO_SEARCHED.format(
        words=", ".join(also_searched), chinese_words="、".join(also_searched)
    )
    return clean(f"{said} {about}")  # curators type terms
