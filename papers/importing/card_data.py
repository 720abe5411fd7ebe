"""Card data: what is stored with a paper so that a list needs no further query."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from papers.models import Paper
from papers.text.bilingual import EN, ZH
from papers.text.markup import VERSION, kept_html
from papers.text.sentence_pairs import kept_pairs

FIRST_AUTHORS = 6


LATEST_APPEARANCES = 3

Machine = dict[str, list[str]]
"""Model and ISO day of the shown Chinese that the site's own translator wrote, by field."""


@dataclass(frozen=True)
class DigestRef:
    """A digest that a paper appeared in: its day, source and topic, without the row."""

    day: datetime.date
    source: str
    topic_slug: str


def stored_card(
    paper: Paper,
    authors: list[tuple[str, str]],
    topic_slugs: Iterable[str],
    places: Iterable[DigestRef],
    machine: Machine,
) -> dict:
    """Return the value of ``Paper.card``. No other code makes it.

    ``authors`` are pairs of printed name and author's key, in order; ``places`` are the digests
    that the paper appeared in. ``machine`` is stored where there is any.
    """
    in_order = sorted(
        places, key=lambda place: (-place.day.toordinal(), place.source, place.topic_slug)
    )
    return {
        "authors": [list(author) for author in authors[:FIRST_AUTHORS]],
        "author_count": len(authors),
        "topics": sorted(topic_slugs),
        "places": [
            [place.day.isoformat(), place.source, place.topic_slug]
            for place in in_order[:LATEST_APPEARANCES]
        ],
        "place_count": len(in_order),
        **({"machine": machine} if machine else {}),
        **rendered(paper),
    }


def rendered(paper: Paper) -> dict:
    """The part of a card that the aligner and the renderer make of the paper's texts."""
    return {
        "html": _stored_html(paper),
        "pairs": kept_pairs(paper.abstract_en, paper.abstract_zh, paper.arxiv_url),
    }


def _stored_html(paper: Paper) -> dict:
    """Return the HTML of the paper's texts that contain markup, and the renderer's version."""
    html: dict[str, Any] = {"version": VERSION}
    for language, title, abstract in (
        (EN, paper.title_en, paper.abstract_en),
        (ZH, paper.title_zh, paper.abstract_zh),
    ):
        if kept := kept_html(title, abstract, paper.arxiv_url):
            html[language] = kept
    return html
