"""Find the nearest of many vectors, without looking at all of them. Pure.

Vectors that share heavy words with the one asked about are candidates; the best of them are
compared word by word.
"""

from collections import defaultdict
from heapq import nlargest
from operator import mul
from typing import NamedTuple

from papers.related.vectors import ONE, Vector

HEAVIEST = 24
"""Number of words of a vector by which it is found."""

CANDIDATES = 40
"""Number of candidates that are compared word by word."""

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

    def __init__(self, words: int) -> None:
        """``words`` is the number of words that vectors know."""
        self._words = words
        self._vectors: list[Vector] = []
        # The places of the vectors with a word, by word and rough weight.
        self._places: defaultdict[int, list[int]] = defaultdict(list)

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
        """Return the vectors nearest to this one, ``CANDIDATES`` at most, the nearest first."""
        vector = self.vector(place)
        weights = bytearray(self._words)
        for word, weight in zip(*vector, strict=True):
            weights[word] = weight
        found = [self._compare(weights, other) for other in self._candidates(vector, place)]
        return sorted((near for near in found if near.score), reverse=True)

    def _candidates(self, vector: Vector, place: int) -> list[int]:
        scores = [0] * len(self._vectors)
        lists = []
        for word, weight in zip(vector.words[:HEAVIEST], vector.weights, strict=False):
            for level in range(_LEVELS):
                places = self._places.get(word << _LEVEL_BITS | level)
                if places:
                    lists.append(places)
                    gain = weight * (2 * level + 1)
                    for other in places:
                        scores[other] += gain
        touched = set().union(*lists)
        touched.discard(place)
        return nlargest(CANDIDATES, touched, key=scores.__getitem__)

    def _compare(self, weights: bytearray, place: int) -> Near:
        other = self._vectors[place]
        product = sum(map(mul, map(weights.__getitem__, other.words), other.weights))
        return Near(min(product * FULL_SCORE // ONE**2, FULL_SCORE), place)
