"""Cards of lists as HTML, kept in this process: a card is the same for every reader of a language.

A card depends on its paper (``modified`` is new whenever anything of it changed), the languages
and the names of topics. The rest of a page is made for each address.
"""

import hashlib
from collections.abc import Sequence
from typing import Any

from django.template.loader import get_template
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from papers.cards import cards_for
from papers.kept import Kept, kept_with_the_data
from papers.language import Reading
from papers.models import Paper
from papers.topics import topics_by_slug

_cards = Kept(size=2_000)  # of about 5 kB each


def kept_cards(ids: Sequence[int], reading: Reading, level: int = 2) -> list[SafeString]:
    """The cards of these papers, those that are published, in this order.

    ``level`` is that of the heading that a paper's title is.
    """
    common = (reading, level, get_language(), _names_of_topics())
    papers = Paper.objects.published().filter(pk__in=list(ids))
    keys = {
        pk: (pk, arxiv_id, modified, *common)
        for pk, arxiv_id, modified in papers.values_list("pk", "arxiv_id", "modified")
    }
    found: dict[int, Any] = {pk: _cards.get(key) for pk, key in keys.items()}
    missing = [pk for pk, html in found.items() if html is None]
    if missing:
        template = get_template("includes/card.html")
        for card in cards_for(papers.filter(pk__in=missing), reading):
            html = template.render({"card": card, "reading": reading, "level": level})
            found[card.paper.pk] = html
            _cards.put(keys[card.paper.pk], html)
    return [found[pk] for pk in ids if pk in found]


@kept_with_the_data(size=2)
def _names_of_topics() -> str:
    """A hash of the names that a card may show."""
    names = [(slug, topic.name_en, topic.name_zh) for slug, topic in topics_by_slug().items()]
    return hashlib.sha256(repr(names).encode()).hexdigest()
