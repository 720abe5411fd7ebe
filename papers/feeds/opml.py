"""Subscription lists for feed readers: OPML 2.0, http://opml.org/spec2.opml."""

from collections.abc import Iterable
from dataclasses import dataclass

from papers.text.xml_elements import element

CONTENT_TYPE = "text/x-opml; charset=utf-8"


@dataclass(frozen=True)
class Subscription:
    """A feed in a subscription list: title, address of the feed, address of its page."""

    title: str
    feed: str
    page: str


def write(title: str, subscriptions: Iterable[Subscription]) -> str:
    """Return an OPML document with these subscriptions."""
    outlines = [
        element(
            "outline",
            type="rss",
            text=one.title,
            title=one.title,
            xmlUrl=one.feed,
            htmlUrl=one.page,
        )
        for one in subscriptions
    ]
    return "\n".join(
        [
            '<?xml version="1.0" encoding="utf-8"?>',
            f'<opml version="2.0"><head>{element("title", title)}</head><body>',
            *outlines,
            "</body></opml>\n",
        ]
    )
