"""The three feed formats, by the extension of the address."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.http import HttpRequest

from papers.feeds import atom, jsonfeed, rss
from papers.feeds.entries import Entry, Feed
from papers.http.visitors import opened_by_a_person


@dataclass(frozen=True)
class FeedFormat:
    """A feed format. ``write`` takes the head, the results of ``write_entry`` and the author."""

    name: str
    content_type: str
    write_entry: Callable[[Entry], str]
    write: Callable[[Feed, Iterable[str], str], str]

    def content_type_for(self, request: HttpRequest) -> str:
        """Return the content type; plain XML for a browser, which then shows the feed styled."""
        if opened_by_a_person(request) and "xml" in self.content_type:
            return "application/xml; charset=utf-8"
        return self.content_type


FEED_FORMATS = {
    "atom": FeedFormat("Atom", atom.CONTENT_TYPE, atom.write_entry, atom.write),
    "rss": FeedFormat("RSS", rss.CONTENT_TYPE, rss.write_entry, rss.write),
    "json": FeedFormat("JSON Feed", jsonfeed.CONTENT_TYPE, jsonfeed.write_entry, jsonfeed.write),
}
