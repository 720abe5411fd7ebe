"""What a feed says of itself and of each paper, before it is written in one of the forms.

Readers strip MathML, so an entry holds plain text in paragraphs.
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

TAG_YEAR = 2026  # the year from which the site's permanent ids are its own (RFC 4151)
MISSING = {True: "（暂无中文 · no Chinese yet）", False: "（暂无英文 · no English yet）"}


@dataclass(frozen=True)
class Feed:
    """A feed's head. ``home`` is the page that it follows, ``address`` its own."""

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


@dataclass(frozen=True)
class Entry:
    """One entry. ``topics`` are slugs and names; ``html`` is safe."""

    id: str
    link: str
    title: str
    html: str
    published: datetime.datetime
    updated: datetime.datetime
    authors: tuple[str, ...] = ()
    topics: tuple[tuple[str, str], ...] = ()
    arxiv_url: str = ""
    pdf_url: str = ""


def tag(name: str) -> str:
    """The permanent id of something of this site (RFC 4151), the same in every feed."""
    return f"tag:{urlsplit(settings.SITE_URL).hostname},{TAG_YEAR}:{name}"


def at_midnight(day: datetime.date) -> datetime.datetime:
    """The beginning of the day where the site is."""
    return datetime.datetime.combine(day, datetime.time(), timezone.get_default_timezone())


def entry_of(paper: Paper, reading: Reading, topics: Mapping[str, Topic]) -> Entry:
    link = absolute(paper.get_absolute_url())
    return Entry(
        id=tag(paper.arxiv_id),
        link=link,
        title=joined(paper.title, reading.title),
        html=_abstracts(paper.abstract, reading.abstract) + _links(paper),
        published=at_midnight(paper.first_seen),
        updated=paper.modified,
        authors=tuple(clean(name) for name in split_authors(paper.authors_text)),
        topics=tuple(
            (slug, joined(topics[slug].name, reading.title))
            for slug in paper.card["topics"]
            if slug in topics
        ),
        arxiv_url=paper.arxiv_url,
        pdf_url=paper.pdf_url,
    )


def joined(text: Bilingual, choice: str) -> str:
    """One line in the languages of this choice: ``English / 中文``."""
    return " / ".join(" ".join(_readable(shown).split()) for shown in text.shown(choice))


def _abstracts(text: Bilingual, choice: str) -> str:
    """The abstract as paragraphs, and a word where one language stands in for the other."""
    return "\n".join(_paragraphs(shown) + _missing(shown) for shown in text.shown(choice))


def _paragraphs(shown: Shown) -> str:
    return "\n".join(
        f'<p lang="{shown.html_lang}">{escape(paragraph, quote=False)}</p>'
        for paragraph in markup.paragraphs(_readable(shown))
    )


def _readable(shown: Shown) -> str:
    """The text with its formulas readable, without what breaks XML, which a curator may type."""
    return clean(shown.plain)


def _missing(shown: Shown) -> str:
    return f"\n<p>{MISSING[shown.missing == ZH]}</p>" if shown.missing else ""


def _links(paper: Paper) -> str:
    return (
        f'\n<p><a href="{paper.arxiv_url}">arXiv {paper.arxiv_id}</a>'
        f' · <a href="{paper.pdf_url}">PDF</a></p>'
    )
