"""What a bead costs: how likely it is that some sentences of two texts say the same.

All costs are natural logarithms of how unlikely, so that they add up. The constants come from the
33,561 good bilingual papers that the glossary is mined from (``bench/alignment.py estimate``):

- ``HAN`` and ``VARIANCE`` from the 84 % of abstracts whose sentences are equally many, the first
  beside the first and so on. ``HAN``: the English characters, less those of the Chinese text that
  are no Han, for each Han. ``VARIANCE``: the mean square of the difference, for each character.
- ``KINDS``: how often the aligner finds each kind, being as it is. 2–1 and 1–2 have the mean of
  both, so that both directions cost the same, and so have 1–0 and 0–1.
- What anchors save and cost is a third to three quarters of what their frequencies there would give
  if they were independent, which the words of a sentence are not.
"""

import math
import re
from collections.abc import Sequence
from typing import NamedTuple

HAN = 3.82
"""Characters of English for one Han character."""
VARIANCE = 2.8
"""Of a difference in length, for each character."""
MOST_FOR_LENGTH = 12.0

KINDS = {(1, 1): 0.97, (2, 1): 0.011, (1, 2): 0.011, (2, 2): 0.0006, (1, 0): 0.004, (0, 1): 0.004}

RARE_SHARED, RARE_ALONE = 1.5, 0.7
COMMON_SHARED, COMMON_ALONE = 0.5, 0.3
PARAGRAPHS_CROSSED = 2.0
"""Where two texts have equally many paragraphs and a bead begins one in the one text only."""

_HAN = re.compile("[\u3400-\u4dbf\u4e00-\u9fff]")


class Side(NamedTuple):
    """One of the two texts. ``lengths[2][i]`` is the length of two sentences from the i-th on."""

    count: int
    lengths: tuple[Sequence[float], Sequence[float], Sequence[float]]
    anchors: tuple[Sequence[int], Sequence[int], Sequence[int]]
    begins: Sequence[bool]
    """Whether a sentence begins a paragraph."""


def side(sentences: Sequence[str], anchors: Sequence[int], begins: Sequence[bool]) -> Side:
    lengths = [length(sentence) for sentence in sentences]
    nothing = [0] * (len(sentences) + 1)
    return Side(
        len(sentences),
        (nothing, lengths, [a + b for a, b in zip(lengths, lengths[1:], strict=False)]),
        (nothing, anchors, [a | b for a, b in zip(anchors, anchors[1:], strict=False)]),
        begins,
    )


def length(text: str) -> float:
    """In characters of English."""
    text = text.strip()
    return len(text) + (HAN - 1) * len(_HAN.findall(text))


def kind_cost(share: float) -> float:
    return -math.log(share)


def length_cost(one: float, other: float) -> float:
    difference = one - other
    return min(difference * difference / (VARIANCE * (one + other)), MOST_FOR_LENGTH)


def anchor_cost(one: int, other: int, rare: int) -> float:
    """Of two sets of anchors: below zero where they share some."""
    cost = 0.0
    if shared := one & other:
        few = (shared & rare).bit_count()
        cost -= RARE_SHARED * few + COMMON_SHARED * (shared.bit_count() - few)
    if alone := one ^ other:
        few = (alone & rare).bit_count()
        cost += RARE_ALONE * few + COMMON_ALONE * (alone.bit_count() - few)
    return cost
