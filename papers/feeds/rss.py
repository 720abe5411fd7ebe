"""RSS 2.0, https://www.rssboard.org/rss-specification, with Dublin Core for the authors.

RSS allows one author, given by e-mail address; ``dc:creator`` may be repeated.
"""

from collections.abc import Iterable, Iterator

from django.utils.feedgenerator import rfc2822_date

from papers.feeds.entries import Entry, Feed
from papers.feeds.xml import ATOM_NAMESPACE, PAGING_NAMESPACE, declaration
from papers.text.xml_elements import element

CONTENT_TYPE = "application/rss+xml; charset=utf-8"


def write(feed: Feed, entries: Iterable[str], author: str) -> str:
    """Return an RSS document with these items, as ``write_entry`` returns them."""
    return "\n".join([*_head(feed), *entries, "</channel></rss>\n"])


def _head(feed: Feed) -> Iterator[str]:
    yield declaration() + (
        f'<rss version="2.0" xmlns:atom="{ATOM_NAMESPACE}" xmlns:fh="{PAGING_NAMESPACE}"'
        ' xmlns:dc="http://purl.org/dc/elements/1.1/"><channel>'
    )
    yield element("title", feed.title)
    yield element("link", feed.home)
    yield element("description", feed.about)
    yield element("language", feed.language)
    yield element("lastBuildDate", rfc2822_date(feed.updated))
    yield element("atom:link", rel="self", type="application/rss+xml", href=feed.address)
    for relation, address in (("first", feed.first), ("next", feed.next)):
        if address:
            yield element("atom:link", rel=relation, type="application/rss+xml", href=address)
    if feed.hub:
        yield element("atom:link", rel="hub", href=feed.hub)
    if feed.is_complete:
        yield element("fh:complete")


def write_entry(entry: Entry) -> str:
    """Return an ``<item>`` element."""
    return "".join(
        [
            "<item>",
            element("title", entry.title),
            element("link", entry.link),
            element("guid", entry.id, isPermaLink="false"),
            element("pubDate", rfc2822_date(entry.published)),
            element("atom:updated", entry.updated.isoformat()),
            *(element("dc:creator", name) for name in entry.authors),
            *(element("category", name) for _, name in entry.topics),
            element("description", entry.html),
            "</item>",
        ]
    )
