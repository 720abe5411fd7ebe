"""Feed heads and entries as data, independent of the feed format.

Feed readers strip MathML, so an entry contains plain text in paragraphs.
"""

import datetime
from collections.abc import Mapping
from dataclasses import dataclass
from html import escape
from urllib.parse import urlsplit

from django.conf import settings
from django.utils import timezone

from papers.http.links import absolute
from papers.models import Paper, Topic
from papers.text import markup
from papers.text.author_names import split_authors
from papers.text.bilingual import ZH, Bilingual, Reading, Shown
from papers.text.sanitize import clean

TAG_YEAR = 2026  # a year in which the site owned its host name (RFC 4151)
MISSING = {True: "（暂无中文 · no Chinese yet）", False: "（暂无英文 · no English yet）"}


@dataclass(frozen=True)
class Feed:
    """The head of a feed.

    ``home`` is the address of the page that the feed belongs to; ``address``, ``first`` and
    ``next`` are addresses of this, the first and the next page of the feed, the latter two empty
    where there is none. ``is_complete`` is True if one page holds the whole feed (RFC 5005).
    ``hub`` is the WebSub hub that tells subscribers of news, or empty.
    """

    id: str
    title: str
    about: str
    language: str
    home: str
    address: str
    first: str
    next: str
    is_complete: bool
    updated: datetime.datetime
    hub: str = ""


@dataclass(frozen=True)
class Entry:
    """One entry. ``topics`` are pairs of slug and name; ``html`` is escaped, safe HTML."""

    id: str
    link: str
    title: str
    html: str
    published: datetime.datetime
    updated: datetime.datetime
    authors: tuple[str, ...] = ()
    topics: tuple[tuple[str, str], ...] = ()
    arxiv_url: str = ""
    html_url: str = ""
    pdf_url: str = ""


def tag(name: str) -> str:
    """Return a permanent tag URI (RFC 4151) for ``name``, the same in every feed."""
    return f"tag:{urlsplit(settings.SITE_URL).hostname},{TAG_YEAR}:{name}"


def at_midnight(day: datetime.date) -> datetime.datetime:
    """Return the start of the day in the default time zone of the site."""
    return datetime.datetime.combine(day, datetime.time(), timezone.get_default_timezone())


def updated_at(modified: datetime.datetime, pk: int) -> datetime.datetime:
    """Return the time of the paper's last change, with microseconds of its own.

    All papers of an import change at once, but no two entries of a feed should have the same time
    (https://validator.w3.org/feed/docs/warning/DuplicateUpdated.html).
    """
    return modified.replace(microsecond=pk % 1_000_000)


def entry_of(paper: Paper, reading: Reading, topics: Mapping[str, Topic]) -> Entry:
    """Return the feed entry of a paper in these languages. ``topics`` are by slug."""
    link = absolute(paper.get_absolute_url())
    return Entry(
        id=tag(paper.arxiv_id),
        link=link,
        title=joined(paper.title, reading.title),
        html=_abstracts(paper.abstract, reading.abstract) + _links(paper),
        published=at_midnight(paper.first_seen),
        updated=updated_at(paper.modified, paper.pk),
        authors=tuple(clean(name) for name in split_authors(paper.authors_text)),
        topics=tuple(
            (slug, joined(topics[slug].name, reading.title))
            for slug in paper.card["topics"]
            if slug in topics
        ),
        arxiv_url=paper.arxiv_url,
        html_url=paper.html_url,
        pdf_url=paper.pdf_url,
    )


def joined(text: Bilingual, choice: str) -> str:
    """Return the text as one line in the languages of ``choice``: ``English / 中文``."""
    return " / ".join(" ".join(_readable(shown).split()) for shown in text.shown(choice))


def _abstracts(text: Bilingual, choice: str) -> str:
    """Return the abstract as paragraphs, with a note if one language replaces the other."""
    return "\n".join(_paragraphs(shown) + _missing(shown) for shown in text.shown(choice))


def _paragraphs(shown: Shown) -> str:
    return "\n".join(
        f'<p lang="{shown.html_lang}">{escape(paragraph, quote=False)}</p>'
        for paragraph in markup.paragraphs(_readable(shown))
    )


def _readable(shown: Shown) -> str:
    """Return plain text with readable formulas, without characters that are invalid in XML.

    Imported texts are clean, but a curator may type such characters. U+FFFD, which stands for what
    a publisher lost, is left out: readers and validators take it for a broken feed.
    """
    return clean(shown.plain.replace("\ufffd", ""))


def _missing(shown: Shown) -> str:
    return f"\n<p>{MISSING[shown.missing == ZH]}</p>" if shown.missing else ""


def _links(paper: Paper) -> str:
    links = [
        (paper.arxiv_url, f"arXiv {paper.arxiv_id}"),
        (paper.html_url, "HTML"),
        (paper.pdf_url, "PDF"),
    ]
    written = " · ".join(f'<a href="{url}">{name}</a>' for url, name in links if url)
    return f"\n<p>{written}</p>"
