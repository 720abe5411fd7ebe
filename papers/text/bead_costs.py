"""What a bead costs: how likely it is that some sentences of two texts say the same.

All costs are natural logarithms of how unlikely, so that they add up. The constants come from the
33,561 good bilingual papers that the glossary is mined from (``bench/alignment.py estimate``):

- ``HAN`` and ``VARIANCE`` from the 84 % of abstracts whose sentences are equally many, the first
  beside the first and so on. ``HAN``: the English characters, less those of the Chinese text that
  are no Han, for each Han. ``VARIANCE``: the mean square of the difference, for each character.
- ``KINDS``: how often the aligner finds each kind, being as it is. 2–1 and 1–2 have the mean of
  both, so that both directions cost the same, and so have 1–0 and 0–1.
- What shared anchors save is about what their frequencies give (1.69 and 0.58); what anchors cost
  that stand alone is a quarter to a fifth (of 2.96 and 1.51), for they seldom go missing singly.
"""

import math
import re
from collections.abc import Callable, Sequence
from operator import add, or_
from typing import NamedTuple, TypeVar

T = TypeVar("T", float, int)

HAN = 3.82
"""Characters of English for one Han character."""
VARIANCE = 2.8
"""Of a difference in length, for each character."""
MOST_FOR_LENGTH = 12.0

KINDS = {
    (1, 1): 0.97,
    (2, 1): 0.011,
    (1, 2): 0.011,
    (1, 0): 0.0035,
    (0, 1): 0.0035,
    (2, 2): 0.0006,
    (3, 1): 0.0007,
    (1, 3): 0.0007,
}

RARE_SHARED, RARE_ALONE = 1.5, 0.7
COMMON_SHARED, COMMON_ALONE = 0.5, 0.3
PARAGRAPHS_CROSSED = 2.0
"""Where two texts have equally many paragraphs and a bead begins one in the one text only."""

_HAN = re.compile("[\u3400-\u4dbf\u4e00-\u9fff]")


class Side(NamedTuple):
    """One of the two texts. ``lengths[2][i]`` is the length of two sentences from the i-th on."""

    sentences: int
    lengths: Sequence[Sequence[float]]
    anchors: Sequence[Sequence[int]]
    begins: Sequence[bool]
    """Whether a sentence begins a paragraph, other than the first."""


def side(sentences: Sequence[str], anchors: Sequence[int], begins: Sequence[bool]) -> Side:
    lengths = [length(sentence) for sentence in sentences]
    return Side(len(sentences), _blocks(lengths, add), _blocks(anchors, or_), begins)


def _blocks(values: Sequence[T], join: Callable[[T, T], T]) -> list[Sequence[T]]:
    """The values of no sentence, of one, of two and of three from each place on, joined."""
    blocks: list[Sequence[T]] = [[0] * (len(values) + 1), values]
    for size in (2, 3):
        blocks.append(list(map(join, blocks[-1], values[size - 1 :])))
    return blocks


def length(text: str) -> float:
    """In characters of English."""
    text = text.strip()
    return len(text) + (HAN - 1) * len(_HAN.findall(text))


def kind_cost(share: float) -> float:
    return -math.log(share)


def length_cost(one: float, other: float) -> float:
    difference = one - other
    return min(difference * difference / (VARIANCE * max(one + other, 1)), MOST_FOR_LENGTH)


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
