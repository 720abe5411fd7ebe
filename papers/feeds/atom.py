"""Atom (RFC 4287) with paged feeds (RFC 5005)."""

from collections.abc import Iterable, Iterator

from papers.feeds.entries import Entry, Feed
from papers.feeds.xml import ATOM_NAMESPACE, PAGING_NAMESPACE, declaration
from papers.text.xml_elements import element

CONTENT_TYPE = "application/atom+xml; charset=utf-8"


def write(feed: Feed, entries: Iterable[str], author: str) -> str:
    """Return an Atom document with these entries, as ``write_entry`` returns them."""
    return "\n".join([*_head(feed, author), *entries, "</feed>\n"])


def _head(feed: Feed, author: str) -> Iterator[str]:
    yield declaration() + (
        f'<feed xmlns="{ATOM_NAMESPACE}" xmlns:fh="{PAGING_NAMESPACE}" xml:lang="{feed.language}">'
    )
    yield element("title", feed.title)
    yield element("subtitle", feed.about)
    yield element("id", feed.id)
    yield element("updated", feed.updated.isoformat())
    yield f"<author>{element('name', author)}</author>"
    yield element("link", rel="alternate", type="text/html", href=feed.home)
    yield element("link", rel="self", type="application/atom+xml", href=feed.address)
    for relation, address in (("first", feed.first), ("next", feed.next)):
        if address:
            yield element("link", rel=relation, type="application/atom+xml", href=address)
    if feed.hub:
        yield element("link", rel="hub", href=feed.hub)
    if feed.is_complete:
        yield element("fh:complete")


def write_entry(entry: Entry) -> str:
    """Return an ``<entry>`` element."""
    return "".join(
        [
            "<entry>",
            element("title", entry.title),
            element("id", entry.id),
            element("published", entry.published.isoformat()),
            element("updated", entry.updated.isoformat()),
            *(f"<author>{element('name', name)}</author>" for name in entry.authors),
            element("link", rel="alternate", type="text/html", href=entry.link),
            *_related(entry),
            *(element("category", term=slug, label=name) for slug, name in entry.topics),
            element("content", entry.html, type="html"),
            "</entry>",
        ]
    )


def _related(entry: Entry) -> Iterator[str]:
    for title, kind, address in (
        ("arXiv", "text/html", entry.arxiv_url),
        ("HTML", "text/html", entry.html_url),
        ("PDF", "application/pdf", entry.pdf_url),
    ):
        if address:
            yield element("link", rel="related", type=kind, title=title, href=address)
