"""Papers as lists show them, as HTML: a card and a row are the same for every reader of a language,
and kept."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from html import escape
from typing import TypeVar

from django.template.loader import get_template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from papers.db.bulk import in_values
from papers.db.raw_sql import fetch_all
from papers.http.language import ReadingRequest
from papers.http.visitors import is_anonymous
from papers.models import Paper
from papers.presentation.cards import Card, MarkedText, Match, Passages, cards_for
from papers.presentation.formatting import missing_mark
from papers.presentation.fragment_cache import FragmentCache
from papers.search.highlighter import Highlighted
from papers.text.bilingual import Reading

# Stands before and after what a search replaces. HTML cannot hold it: no text of a paper does.
CUT = "\0"


@dataclass(frozen=True)
class CachedCard:
    """A card as HTML, in parts: what comes before the titles, the titles, what is between them and
    the first words of the abstract, these, the rest. Without an abstract there are three parts."""

    parts: tuple[str, ...]
    passages: Passages

    @property
    def html(self) -> SafeString:
        return SafeString("".join(self.parts))

    def marked(self, match: Match) -> "CachedCard":
        """The same card as the answer to a query."""
        parts = list(self.parts)
        parts[1] = marked_titles(match)
        if match.snippet and len(parts) > 3:
            parts[3] = snippet(match.snippet)
        return replace(self, parts=tuple(parts))


AnyCard = Card | CachedCard
T = TypeVar("T")
_cards = FragmentCache[CachedCard](size=2_000)  # of about 9 kB each, texts included
_rows = FragmentCache[SafeString](size=2_000)  # of about 1 kB each


def cards_to_show(
    request: ReadingRequest, ids: Sequence[int], level: int = 2
) -> Mapping[int, AnyCard]:
    """The cards of these papers by id, those that are published, in this order: kept ones for
    readers; those of somebody known are made now, and may hold more."""
    reading = request.reading.chosen
    if is_anonymous(request):
        return kept_cards(ids, reading, level)
    papers = Paper.objects.published().in_order(ids)
    return {card.paper.pk: card for card in cards_for(papers, reading)}


def kept_cards(ids: Sequence[int], reading: Reading, level: int = 2) -> dict[int, CachedCard]:
    """``level`` is that of the heading that a paper's title is."""
    template = get_template("includes/paper_card.html")

    def made(paper: Paper) -> CachedCard:
        (card,) = cards_for([paper], reading)
        html = template.render({"card": card, "reading": reading, "level": level, "cut": CUT})
        return CachedCard(tuple(html.split(CUT)), card.passages)

    return _kept(_cards, ids, (reading, level), made)


def kept_rows(ids: Sequence[int], reading: Reading) -> dict[int, SafeString]:
    """The rows of these papers by id, as a day's page lists them."""

    template = get_template("includes/paper_row.html")

    def made(paper: Paper) -> SafeString:
        return SafeString(template.render({"paper": paper, "reading": reading}))

    return _kept(_rows, ids, (reading,), made)


def _kept(
    pieces: FragmentCache[T], ids: Sequence[int], common: tuple, made: Callable[[Paper], T]
) -> dict[int, T]:
    rows = {row[0]: row for row in _versions(ids)}
    return pieces.of(
        [rows[pk] for pk in ids if pk in rows],
        (*common, get_language()),
        made,
    )


def _versions(ids: Sequence[int]) -> list[tuple]:
    """Id, arXiv id and last change of the published ones of these papers. It is SQL because every
    list asks it, and Django takes several times as long to write it as a database to answer it."""
    wanted = in_values(ids)
    return fetch_all(
        "SELECT id, arxiv_id, modified FROM papers_paper "
        f"WHERE NOT hidden AND id IN ({wanted.sql})",
        wanted.params,
    )


def marked_titles(match: Match) -> SafeString:
    """The titles as ``texts`` writes them, with their marks."""
    return format_html_join(
        " ",
        '<span class="text" lang="{}">{}</span>{}',
        ((one.html_lang, _marked(one.text), missing_mark(one)) for one in match.titles),
    )


def snippet(passage: MarkedText) -> SafeString:
    """A part of a text, for the place where else the first words of the abstract stand."""
    return format_html(
        '<span class="card-lead snippet" lang="{}">{}{}{}</span>',
        passage.html_lang,
        "… " if passage.text.cut_before else "",
        _marked(passage.text),
        " …" if passage.text.cut_after else "",
    )


def _marked(text: Highlighted) -> SafeString:
    parts = ((escape(part), is_hit) for part, is_hit in text.parts())
    # Safe: each part is escaped, and a mark is put around it.
    return SafeString("".join(f"<mark>{part}</mark>" if is_hit else part for part, is_hit in parts))
