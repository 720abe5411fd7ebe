"""Which English sentences a translation leaves out: a candidate for a fault. Pure: no Django.

A sentence without partner may still be translated, within a neighbour's Chinese. It counts as left
out only if it is surely without partner, if the Chinese around it has no room for it, and if the
words by which one would know its translation are not all there. ``docs/alignment.md`` has the
precision.
"""

from papers.text.alignment import Alignment, Bead
from papers.text.anchors import NO_TERMS, Terms, telling_words
from papers.text.bead_costs import length
from papers.text.sentences import Span

ROOM = 0.4
"""Of a sentence's length. By so much more than its own English the Chinese beside it may hold."""

LEAST_WORDS = 2
"""Telling words of a sentence. With fewer nothing can be said."""


def left_out(
    english: str, chinese: str, alignment: Alignment, terms: Terms = NO_TERMS
) -> tuple[Span, ...]:
    """The English sentences that the Chinese leaves out, of the alignment of these two texts. Of a
    text without any Chinese none is left out: it is missing."""
    return tuple(
        bead.english
        for position, bead in enumerate(alignment.beads)
        if bead.counts == (1, 0)
        and bead.sure
        and _is_left_out(english, chinese, bead, _beside(alignment, position), terms)
    )


def _beside(alignment: Alignment, position: int) -> list[Bead]:
    """The nearest bead with Chinese before a place, and the nearest one after it."""
    before, after = alignment.beads[:position][::-1], alignment.beads[position:]
    nearest = (next((one for one in row if one.counts[1]), None) for row in (before, after))
    return [bead for bead in nearest if bead]


def _is_left_out(english: str, chinese: str, bead: Bead, beside: list[Bead], terms: Terms) -> bool:
    if not beside:
        return False
    sentence = english[slice(*bead.english)]
    texts = [(english[slice(*one.english)], chinese[slice(*one.chinese)]) for one in beside]
    room = max(length(translated) - length(text) for text, translated in texts)
    words = telling_words(sentence, "\n".join(translated for _, translated in texts), terms)
    has_room = room > ROOM * length(sentence)
    return not has_room and len(words) >= LEAST_WORDS and not all(words.values())
