"""The words of a paper as a vector: TF-IDF of its English title and abstract. Pure.

A word counts in the title twice. Its weight grows with its count, which soon says no more (as in
BM25), and with its rarity, which is damped: ``count / (count + 1.2) · ln(papers / with it)^0.75``.
The ``STRONGEST`` words of a paper make a vector of length 1, with weights from 1 to 255.
``docs/related.md`` says what each of these rules is worth.
"""

import math
import sys
import zlib
from array import array
from collections import Counter
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from papers.glossary.tokens import english_words

STRONGEST = 96
"""Number of words of a paper that are compared; most abstracts have fewer."""

ONE = 255
"""The weight that stands for 1.0."""

FEWEST_PAPERS = 2  # with a word; a word of one paper compares it with none
TITLE = 2  # times that a word of the title counts
ENOUGH = 1.2  # so often, a word has half of the weight that it can have
DAMPING = 0.75  # exponent of a word's rarity


class Vector(NamedTuple):
    """Numbers of words and their weights, the heaviest first."""

    words: array
    weights: bytes

    def to_bytes(self) -> bytes:
        return _little_endian(self.words).tobytes() + self.weights

    @classmethod
    def from_bytes(cls, stored: bytes) -> "Vector":
        end = len(stored) // 5 * 4
        return cls(_little_endian(array("I", stored[:end])), stored[end:])


def _little_endian(words: array) -> array:
    if sys.byteorder == "big":
        words = words[:]
        words.byteswap()
    return words


def count_words(title: str, abstract: str) -> Counter[str]:
    """Return how often a text has each word, with plurals as singulars and without formulas."""
    counts = Counter(_words(abstract))
    for word in _words(title):
        counts[word] += TITLE
    return counts


def _words(text: str) -> Iterable[str]:
    return (word for word in english_words(text).words if len(word) > 1 and not word.isdigit())


class Words:
    """The words of many papers, numbered from A to Z, with the number of papers of each."""

    def __init__(self, papers: int, counts: Mapping[str, int]) -> None:
        self.papers = papers
        self._counts = {word: counts[word] for word in sorted(counts)}
        self._known = {
            word: (number, math.log(papers / count) ** DAMPING)
            for number, (word, count) in enumerate(self._counts.items())
        }

    @classmethod
    def of(cls, papers: int, counts: Mapping[str, int]) -> "Words":
        """Return the words that several papers have in common."""
        return cls(papers, {word: n for word, n in counts.items() if n >= FEWEST_PAPERS})

    def __len__(self) -> int:
        return len(self._counts)

    def vector(self, counts: Mapping[str, int]) -> Vector:
        """Return the vector of a text. Words that are not known are left out."""
        negative = (  # so that the heaviest is the first
            (-count / (count + ENOUGH) * known[1], known[0])
            for word, count in counts.items()
            if (known := self._known.get(word))
        )
        strongest = sorted(negative)[:STRONGEST]
        length = math.hypot(*(weight for weight, _ in strongest)) or 1.0
        weights = bytes(round(-ONE * weight / length) for weight, _ in strongest).rstrip(b"\0")
        return Vector(array("I", [word for _, word in strongest[: len(weights)]]), weights)

    def to_bytes(self) -> bytes:
        lines = (f"{word} {count}" for word, count in self._counts.items())
        return zlib.compress("\n".join(lines).encode())

    @classmethod
    def from_bytes(cls, papers: int, stored: bytes) -> "Words":
        lines = zlib.decompress(stored).decode().splitlines()
        return cls(papers, {word: int(count) for word, count in map(str.split, lines)})
