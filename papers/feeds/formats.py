"""The three forms of a feed, by the end of its address."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.http import HttpRequest

from papers.feeds import atom, jsonfeed, rss
from papers.feeds.entries import Entry, Feed
from papers.http.visitors import opened_by_a_person


@dataclass(frozen=True)
class FeedFormat:
    """``write`` takes the head, the entries as ``write_entry`` wrote them and the feed's author."""

    name: str
    content_type: str
    write_entry: Callable[[Entry], str]
    write: Callable[[Feed, Iterable[str], str], str]

    def content_type_for(self, request: HttpRequest) -> str:
        if opened_by_a_person(request) and "xml" in self.content_type:
            return "application/xml; charset=utf-8"
        return self.content_type


FEED_FORMATS = {
    "atom": FeedFormat("Atom", atom.CONTENT_TYPE, atom.write_entry, atom.write),
    "rss": FeedFormat("RSS", rss.CONTENT_TYPE, rss.write_entry, rss.write),
    "json": FeedFormat("JSON Feed", jsonfeed.CONTENT_TYPE, jsonfeed.write_entry, jsonfeed.write),
}
