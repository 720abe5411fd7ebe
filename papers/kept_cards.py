"""Papers as lists show them, as HTML: a card and a row are the same for every reader of a language,
and kept."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from django.template.loader import get_template
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from papers.cards import Card, cards_for
from papers.kept_pieces import Pieces
from papers.language import Reading, ReadingRequest
from papers.models import Paper
from papers.serving.readers import is_anonymous

_cards = Pieces[SafeString](size=2_000)  # of about 5 kB each
_rows = Pieces[SafeString](size=2_000)  # of about 1 kB each


def cards_to_show(
    request: ReadingRequest, ids: Sequence[int], level: int = 2
) -> Mapping[int, Card | SafeString]:
    """The cards of these papers by id, those that are published, in this order: kept ones for
    readers; those of somebody known are made now, and may hold more."""
    reading = request.reading.chosen
    if is_anonymous(request):
        return kept_cards(ids, reading, level)
    papers = Paper.objects.published().in_order(ids)
    return {card.paper.pk: card for card in cards_for(papers, reading)}


def kept_cards(ids: Sequence[int], reading: Reading, level: int = 2) -> dict[int, SafeString]:
    """``level`` is that of the heading that a paper's title is."""

    def context(paper: Paper) -> dict[str, Any]:
        (card,) = cards_for([paper], reading)
        return {"card": card, "reading": reading, "level": level}

    return _rendered(_cards, "includes/card.html", ids, (reading, level), context)


def kept_rows(ids: Sequence[int], reading: Reading) -> dict[int, SafeString]:
    """The rows of these papers by id, as a day's page lists them."""

    def context(paper: Paper) -> dict[str, Any]:
        return {"paper": paper, "reading": reading}

    return _rendered(_rows, "includes/row.html", ids, (reading,), context)


def _rendered(
    pieces: Pieces[SafeString],
    name: str,
    ids: Sequence[int],
    common: tuple,
    context: Callable[[Paper], dict[str, Any]],
) -> dict[int, SafeString]:
    template = get_template(name)
    papers = Paper.objects.published().filter(pk__in=list(ids))
    rows = {row[0]: row for row in papers.values_list("pk", "arxiv_id", "modified")}
    return pieces.of(
        [rows[pk] for pk in ids if pk in rows],
        (*common, get_language()),
        lambda paper: SafeString(template.render(context(paper))),
    )
