"""The sitemap for search engines: https://www.sitemaps.org/protocol.html

Papers are split into files by primary key, one range of 50,000 keys per file, the maximum of the
protocol. A range may have gaps.
"""

import datetime
from collections.abc import Iterator
from typing import NamedTuple

from django.db.models import Max
from django.urls import reverse

from papers.glossary import current_glossary
from papers.http.links import absolute
from papers.models import Digest, Paper, PaperQuerySet, Topic
from papers.text.xml_elements import element

IN_A_FILE = 50_000
BATCH = 2_000
NAMESPACE = "http://www.sitemaps.org/schemas/sitemap/0.9"
CONTENT_TYPE = "application/xml; charset=utf-8"


class Listed(NamedTuple):
    """A path and the time of its last change, if known."""

    path: str
    changed: datetime.datetime | None = None


def index() -> Iterator[str]:
    """Yield the sitemap index, which lists the other files."""
    yield from _document("sitemapindex", "sitemap", _files())


def pages() -> Iterator[str]:
    """Yield the sitemap of all pages except papers."""
    yield from _document("urlset", "url", _pages())


def papers(number: int) -> Iterator[str]:
    """Yield the sitemap of the papers in one file; the first has number 0."""
    yield from _document("urlset", "url", _papers(number))


def last_number() -> int:
    """Return the number of the last file of papers. The first is 0 and may be empty."""
    newest = Paper.objects.aggregate(newest=Max("pk"))["newest"] or 0
    return newest // IN_A_FILE


def _files() -> Iterator[Listed]:
    yield Listed(reverse("sitemap-pages"), _newest_import())
    for number in range(last_number() + 1):
        papers = _between(number * IN_A_FILE, (number + 1) * IN_A_FILE)
        if changed := papers.aggregate(newest=Max("modified"))["newest"]:
            yield Listed(reverse("sitemap-papers", args=[number]), changed)


def _pages() -> Iterator[Listed]:
    changed = _newest_import()
    for name in ("front", "papers", "days", "topics", "authors", "glossary"):
        yield Listed(reverse(name), changed)
    yield Listed(reverse("about"))
    for topic in Topic.objects.filter(paper_count__gt=0):
        yield Listed(topic.get_absolute_url())
    for entry in current_glossary().entries():
        if entry.is_multiword:
            yield Listed(reverse("term", args=[entry.key]))
    days = Digest.objects.order_by("-date").values("date").annotate(imported=Max("imported"))
    for day, imported in days.values_list("date", "imported"):
        yield Listed(reverse("day", args=[day]), imported)


def _papers(number: int) -> Iterator[Listed]:
    first, end = number * IN_A_FILE, (number + 1) * IN_A_FILE
    for start in range(first, end, BATCH):
        rows = _between(start, min(start + BATCH, end))
        for arxiv_id, modified in rows.order_by("pk").values_list("arxiv_id", "modified"):
            yield Listed(reverse("paper", args=[arxiv_id]), modified)


def _between(first: int, end: int) -> PaperQuerySet:
    return Paper.objects.published().filter(pk__gte=first, pk__lt=end)


def _newest_import() -> datetime.datetime | None:
    return Digest.objects.aggregate(newest=Max("imported"))["newest"]


def _document(root: str, item: str, listed: Iterator[Listed]) -> Iterator[str]:
    yield f'<?xml version="1.0" encoding="utf-8"?>\n<{root} xmlns="{NAMESPACE}">\n'
    for one in listed:
        changed = element("lastmod", one.changed.isoformat("T", "seconds")) if one.changed else ""
        yield f"<{item}>{element('loc', absolute(one.path))}{changed}</{item}>\n"
    yield f"</{root}>\n"
