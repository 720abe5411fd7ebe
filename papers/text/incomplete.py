"""Find English sentences that a translation leaves out.

A sentence that the aligner left without translation may still be translated, within the Chinese of
a neighbour. It counts as left out only if three conditions hold: the aligner is sure, the Chinese
around it is not long enough to contain it, and not all of its common words and terms have a
translation there. ``docs/alignment.md`` reports the precision.
"""

from papers.text.alignment import Alignment, Bead
from papers.text.anchors import NO_TERMS, Terms, telling_words
from papers.text.bead_costs import length
from papers.text.sentences import Span

ROOM = 0.4
"""A share of the sentence's length. If the Chinese beside it is longer than its own English by more
than this, the sentence may be translated there."""

LEAST_WORDS = 2
"""The least number of common words and terms in a sentence to judge it."""


def left_out(
    english: str, chinese: str, alignment: Alignment, terms: Terms = NO_TERMS
) -> tuple[Span, ...]:
    """Return the spans of English sentences that the Chinese leaves out.

    ``alignment`` is that of these two texts. Without any Chinese the result is empty: then the
    translation is missing, not incomplete.
    """
    return tuple(
        bead.english
        for position, bead in enumerate(alignment.beads)
        if bead.counts == (1, 0)
        and bead.sure
        and _is_left_out(english, chinese, bead, _beside(alignment, position), terms)
    )


def _beside(alignment: Alignment, position: int) -> list[Bead]:
    """Return the nearest beads with Chinese before and after a position, if any."""
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
