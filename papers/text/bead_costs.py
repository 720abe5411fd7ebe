"""The cost of a bead: how unlikely it is that these sentences of two texts correspond.

All costs are negative natural logarithms of probabilities, so they can be added. The constants were
estimated from the 33,561 good bilingual papers that the glossary is mined from
(``bench/alignment.py estimate``):

- ``HAN`` and ``VARIANCE``: from the 84 % of abstracts with equally many sentences in both
  languages, paired in order. ``HAN`` is the number of English characters, minus the characters of
  the Chinese text that are not Han, per Han character. ``VARIANCE`` is the mean squared difference
  of the lengths per character.
- ``KINDS``: how often this aligner itself finds each kind. 2–1 and 1–2 have the mean of both, so
  that both directions cost the same; likewise 1–0 and 0–1.
- Shared anchors save about as much as their frequencies give (1.69 and 0.58). An anchor on one side
  only costs a quarter to a fifth of what its frequency gives (2.96 and 1.51), because several
  anchors of a sentence are usually missing together.
"""

import math
import re
from collections.abc import Callable, Sequence
from operator import add, or_
from typing import NamedTuple, Self, TypeVar

T = TypeVar("T", float, int)

HAN = 3.82
"""Number of English characters that correspond to one Han character."""
VARIANCE = 2.8
"""Variance of the difference in length, per character."""
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
"""Cost of a bead that begins a paragraph in one text only, if both have equally many paragraphs."""

_HAN = re.compile("[\u3400-\u4dbf\u4e00-\u9fff]")


class Side(NamedTuple):
    """One of the two texts. ``lengths[2][i]`` is the length of sentences i and i + 1 together.

    ``anchors`` is indexed in the same manner.
    """

    sentences: int
    lengths: Sequence[Sequence[float]]
    anchors: Sequence[Sequence[int]]
    begins: Sequence[bool]
    """Whether a sentence begins a paragraph, other than the first; one value more for the end."""


def side(sentences: Sequence[str], anchors: Sequence[int], begins: Sequence[bool]) -> Side:
    lengths = [length(sentence) for sentence in sentences]
    blocks = _blocks(lengths, add), _blocks(anchors, or_)
    return Side(len(sentences), *blocks, [*begins, False])


def _blocks(values: Sequence[T], join: Callable[[T, T], T]) -> list[Sequence[T]]:
    """Return the joined values of 0, 1, 2 and 3 consecutive sentences from each position."""
    blocks: list[Sequence[T]] = [[0] * (len(values) + 1), values]
    for size in (2, 3):
        blocks.append(list(map(join, blocks[-1], values[size - 1 :])))
    return blocks


def length(text: str) -> float:
    """Return the length of the text in English characters."""
    text = text.strip()
    return len(text) + (HAN - 1) * len(_HAN.findall(text))


def kind_cost(share: float) -> float:
    return -math.log(share)


def length_cost(one: float, other: float) -> float:
    difference, total = one - other, one + other
    cost = difference * difference / (VARIANCE * (total if total > 1 else 1))
    return cost if cost < MOST_FOR_LENGTH else MOST_FOR_LENGTH


class AnchorWeights(dict[int, float]):
    """The weight of a set of anchor bits; most sets come many times in one alignment."""

    def __init__(self, rare: int, weight: float, common_weight: float) -> None:
        super().__init__()
        self._rare, self._weight, self._common_weight = rare, weight, common_weight

    def __missing__(self, bits: int) -> float:
        few = (bits & self._rare).bit_count()
        weight = self._weight * few + self._common_weight * (bits.bit_count() - few)
        self[bits] = weight
        return weight

    @classmethod
    def of_shared(cls, rare: int) -> Self:
        """Return what shared anchors save."""
        return cls(rare, RARE_SHARED, COMMON_SHARED)

    @classmethod
    def of_alone(cls, rare: int) -> Self:
        """Return what anchors on one side only cost."""
        return cls(rare, RARE_ALONE, COMMON_ALONE)
