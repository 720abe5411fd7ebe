"""Tags for the card of a paper in a list."""

from collections.abc import Iterable

from django import template
from django.template import Engine
from django.utils.safestring import SafeString

from papers.presentation.card_cache import (
    AnyCard,
    CachedCard,
    marked_text,
    marked_titles,
    snippet,
)

register = template.Library()


@register.simple_tag(takes_context=True)
def paper_card(context: template.Context, card: AnyCard, level: int = 2) -> SafeString:
    """Return a card: a cached one as it is, any other rendered now."""
    if isinstance(card, CachedCard):
        return card.html
    with context.push(card=card, level=level):
        return Engine.get_default().get_template("includes/paper_card.html").render(context)


@register.simple_tag(takes_context=True)
def paper_cards(context: template.Context, cards: Iterable[AnyCard]) -> SafeString:
    """Return the cards of a list, one after the other."""
    return SafeString("".join(paper_card(context, card) for card in cards))


register.simple_tag(marked_titles)
register.simple_tag(marked_text, name="marked")
register.simple_tag(snippet)
