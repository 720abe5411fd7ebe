"""JSON Feed 1.1, https://www.jsonfeed.org/version/1.1/."""

import json
from collections.abc import Iterable

from papers.feeds.entries import Entry, Feed

CONTENT_TYPE = "application/feed+json; charset=utf-8"


def write(feed: Feed, entries: Iterable[str], author: str) -> str:
    """Return a JSON Feed with these items, as ``write_entry`` returns them."""
    head = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": feed.title,
        "description": feed.about,
        "home_page_url": feed.home,
        "feed_url": feed.address,
        "next_url": feed.next,
        "language": feed.language,
        "authors": [{"name": author}],
        "hubs": [{"type": "WebSub", "url": feed.hub}] if feed.hub else None,
    }
    present = {name: value for name, value in head.items() if value}
    written = json.dumps(present | {"items": []}, ensure_ascii=False)
    return f"{written.removesuffix(']}')}{', '.join(entries)}]}}\n"


def write_entry(entry: Entry) -> str:
    """Return one item as JSON, without empty fields."""
    item = {
        "id": entry.id,
        "url": entry.link,
        "external_url": entry.arxiv_url,
        "title": entry.title,
        "content_html": entry.html,
        "date_published": entry.published.isoformat(),
        "date_modified": entry.updated.isoformat(),
        "authors": [{"name": name} for name in entry.authors],
        "tags": [name for _, name in entry.topics],
    }
    if entry.pdf_url:
        item["attachments"] = [{"url": entry.pdf_url, "mime_type": "application/pdf"}]
    present = {name: value for name, value in item.items() if value}
    return json.dumps(present, ensure_ascii=False)
