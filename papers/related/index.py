"""Find the nearest of many vectors, without looking at all of them. Pure.

Vectors that share heavy words with the one asked about are candidates; the best of them are
compared word by word.
"""

from array import array
from collections import defaultdict
from collections.abc import Callable
from functools import partial
from heapq import nlargest
from itertools import repeat
from operator import mul
from typing import NamedTuple

from papers.related.vectors import ONE, Vector

HEAVIEST = 24
"""Number of words of a vector by which it is found."""

CANDIDATES = 40
"""Number of candidates that are compared word by word, and more if several are the last alike."""

FULL_SCORE = 10_000
_LEVEL_BITS = 4
_LEVELS = 1 << _LEVEL_BITS
_STEP = (ONE + 1) // _LEVELS  # weights of one level


class Near(NamedTuple):
    """A vector near another one: their cosine times ``FULL_SCORE``, and its place in the index."""

    score: int
    place: int


class VectorIndex:
    """Vectors in the order in which they were added."""

    def __init__(self) -> None:
        self._vectors: list[Vector] = []
        # The places of the vectors with a word, by word and rough weight. An array is faster to
        # walk than a list, whose numbers lie scattered in memory.
        self._places: defaultdict[int, array] = defaultdict(partial(array, "I"))

    def __len__(self) -> int:
        return len(self._vectors)

    def add(self, vector: Vector) -> int:
        """Add a vector; return its place."""
        place = len(self._vectors)
        self._vectors.append(vector)
        for word, weight in zip(vector.words[:HEAVIEST], vector.weights, strict=False):
            self._places[word << _LEVEL_BITS | weight // _STEP].append(place)
        return place

    def vector(self, place: int) -> Vector:
        return self._vectors[place]

    def nearest(self, place: int) -> list[Near]:
        """Return the vectors nearest to this one, about ``CANDIDATES``, the nearest first."""
        vector = self.vector(place)
        weight = dict(zip(*vector, strict=True)).get
        found = [self._compare(weight, other) for other in self._candidates(vector, place)]
        return sorted((near for near in found if near.score), reverse=True)

    def _candidates(self, vector: Vector, place: int) -> list[int]:
        scores = self._rough_scores(vector)
        scores.pop(place, None)
        least = min(nlargest(CANDIDATES, scores.values()), default=0)
        return [other for other, score in scores.items() if score >= least]

    def _rough_scores(self, vector: Vector) -> dict[int, int]:
        """Return the scores of all vectors that share a heavy word, by place."""
        scores: dict[int, int] = {}
        for word, weight in zip(vector.words[:HEAVIEST], vector.weights, strict=False):
            for level in range(_LEVELS):
                gain = weight * (2 * level + 1)
                for other in self._places.get(word << _LEVEL_BITS | level, ()):
                    if other in scores:
                        scores[other] += gain
                    else:
                        scores[other] = gain
        return scores

    def _compare(self, weight: Callable[[int, int], int], place: int) -> Near:
        other = self._vectors[place]
        product = sum(map(mul, map(weight, other.words, repeat(0)), other.weights))
        return Near(min(product * FULL_SCORE // ONE**2, FULL_SCORE), place)
