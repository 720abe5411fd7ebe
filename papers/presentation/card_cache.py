"""Cache of rendered papers: a card or a row is the same for all readers of a language."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

from django.template.loader import get_template
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from papers.db.bulk import in_values
from papers.db.raw_sql import fetch_all
from papers.glossary import current_version
from papers.http.language import ReadingRequest
from papers.http.visitors import is_anonymous
from papers.models import PUBLISHED, Paper
from papers.presentation.cards import Card, MarkedText, Match, Passages, cards_for
from papers.presentation.formatting import missing_mark, short_day, texts
from papers.presentation.fragment_cache import FragmentCache
from papers.presentation.rows import row_of
from papers.related.near import nearest_rows
from papers.search.highlighter import Highlighted
from papers.text.bilingual import ZH, Reading
from papers.text.markup import SafeHtml, text_html, without_typed_spaces

# Separates the parts that a search replaces. HTML cannot contain it, and no text of a paper does.
CUT = "\0"


@dataclass(frozen=True)
class CachedCard:
    """A card as HTML, in parts.

    These are: before the titles, the titles, between titles and lead, the lead (first words of the
    abstract), the rest. A card without an abstract has three parts.
    """

    parts: tuple[str, ...]
    passages: Passages
    arxiv_id: str

    @property
    def html(self) -> SafeString:
        return SafeString("".join(self.parts))

    def marked(self, match: Match) -> "CachedCard":
        """Return the card with the query's words marked."""
        parts = list(self.parts)
        parts[1] = marked_titles(match)
        if match.snippet and len(parts) > 3:
            parts[3] = snippet(match.snippet)
        return replace(self, parts=tuple(parts))


AnyCard = Card | CachedCard
T = TypeVar("T")
_cards = FragmentCache[CachedCard](size=2_000)  # about 9 kB each, texts included
_rows = FragmentCache[SafeString](size=2_000)  # about 1 kB each
_related = FragmentCache[SafeString](size=2_000)  # about 0.5 kB each


def cards_to_show(
    request: ReadingRequest, ids: Sequence[int], level: int = 2
) -> Mapping[int, AnyCard]:
    """Return the cards of the published papers among these, by id, in this order.

    Readers get cached cards. Cards for staff are rendered now and may show more.
    """
    reading = request.reading.chosen
    if is_anonymous(request):
        return kept_cards(ids, reading, level)
    papers = Paper.objects.published().in_order(ids)
    return {card.paper.pk: card for card in cards_for(papers, reading)}


def kept_cards(ids: Sequence[int], reading: Reading, level: int = 2) -> dict[int, CachedCard]:
    """Return cached cards by paper id; ``level`` is the level of their headings."""
    template = get_template("includes/paper_card.html")

    def made(paper: Paper) -> CachedCard:
        (card,) = cards_for([paper], reading)
        html = template.render({"card": card, "reading": reading, "level": level, "cut": CUT})
        return CachedCard(tuple(html.split(CUT)), card.passages, paper.arxiv_id)

    return _kept(_cards, ids, (reading, level), made)


def kept_rows(
    ids: Sequence[int], reading: Reading, notes_missing: bool = True
) -> dict[int, SafeString]:
    """Return the rows of these papers by id, as the page of a day lists them.

    With ``notes_missing`` a row names a language that its paper lacks.
    """

    def made(paper: Paper) -> SafeString:
        return row_of(paper, reading, notes_missing)

    return _kept(_rows, ids, (reading, notes_missing), made)


def kept_related(paper: Paper, reading: Reading) -> list[SafeString]:
    """Return the papers nearest to this one, each as a link with its day. Costs one query."""

    def made(near: Paper) -> SafeString:
        return format_html(
            '<a href="{}">{}</a> <span class="count">{}</span>',
            near.get_absolute_url(),
            texts(near.title, reading),
            short_day(near.first_seen),
        )

    return list(_related.of(nearest_rows(paper), (reading, get_language()), made).values())


def _kept(
    pieces: FragmentCache[T], ids: Sequence[int], common: tuple, made: Callable[[Paper], T]
) -> dict[int, T]:
    rows = {row[0]: row for row in _versions(ids)}
    return pieces.of(
        [rows[pk] for pk in ids if pk in rows],
        (*common, get_language(), current_version()),  # for the glosses
        made,
    )


def _versions(ids: Sequence[int]) -> list[tuple]:
    """Return id, arXiv id and modification time of the published papers among these.

    Raw SQL, because every list runs this query and Django's ORM takes several times as long to
    build it as the database to answer it.
    """
    wanted = in_values(ids)
    return fetch_all(
        "SELECT id, arxiv_id, modified FROM papers_paper "
        f"WHERE {PUBLISHED} AND id IN ({wanted.sql})",
        wanted.params,
    )


def marked_titles(match: Match) -> SafeString:
    """Return the titles like ``texts``, with the query's words marked."""
    # Safe: a title is marked as HTML. (``format_html`` is slow for a page of results.)
    return SafeString(
        " ".join(
            f'<span class="text" lang="{one.html_lang}">{_marked(one)}</span>{missing_mark(one)}'
            for one in match.titles
        )
    )


def snippet(passage: MarkedText) -> SafeString:
    """Return a part of a text that replaces the lead of the card."""
    before = "… " if passage.text.cut_before else ""
    after = " …" if passage.text.cut_after else ""
    # Safe: the passage is marked as HTML.
    return SafeString(
        f'<span class="card-lead snippet" lang="{passage.html_lang}">'
        f"{before}{_marked(passage)}{after}</span>"
    )


def _marked(passage: MarkedText) -> SafeHtml | SafeString:
    html = marked_text(passage.text)
    return without_typed_spaces(SafeHtml(html)) if passage.language == ZH else html


def marked_text(text: Highlighted) -> SafeString:
    """Return a text as HTML with its spans marked."""
    parts = ((text_html(part), is_hit) for part, is_hit in text.parts())
    # Safe: each part is escaped, and only <mark> is added.
    return SafeString("".join(f"<mark>{part}</mark>" if is_hit else part for part, is_hit in parts))
