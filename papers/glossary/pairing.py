"""Pair terms of two languages by how often both occur in texts that translate each other. Pure.

The measure is Dice's coefficient (L. R. Dice, Measures of the Amount of Ecologic Association
Between Species, Ecology 26, 1945): twice the number of texts with both, divided by the sum of the
numbers with each.
"""

from array import array
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from heapq import nlargest
from itertools import chain
from typing import NamedTuple

KEPT = 8  # best partners of each term that are considered
LEAST_DICE = 0.05


class Partner(NamedTuple):
    """A term of the other language, by number, and the number of texts with both."""

    dice: float
    together: int
    number: int


class Occurrences:
    """In which texts the terms of one language occur, in two arrays to save memory."""

    def __init__(self, terms: int, texts: Iterable[Iterable[int]]) -> None:
        self._terms, self._ends = array("I"), array("I", [0])
        for found in texts:
            self._terms.extend(sorted(found))
            self._ends.append(len(self._terms))
        counts = Counter(self._terms)
        self.counts = array("I", (counts[number] for number in range(terms)))

    def of_text(self, text: int) -> array:
        """Return the terms of a text."""
        return self._terms[self._ends[text] : self._ends[text + 1]]

    def by_term(self) -> list[array]:
        """Return the texts of each term."""
        texts = [array("I") for _ in self.counts]
        for text in range(len(self._ends) - 1):
            for number in self.of_text(text):
                texts[number].append(text)
        return texts

    def counts_in(self, texts: Iterable[int]) -> Counter[int]:
        """Return the number of these texts with each term."""
        return Counter(chain.from_iterable(map(self.of_text, texts)))


def best_partners(
    counts: array, texts_of: Iterable[array], other: Occurrences, least: int
) -> tuple[dict[int, list[Partner]], dict[int, list[Partner]]]:
    """Return the best partners of the terms of either language, the best first.

    ``texts_of`` are the texts of each term of the first language, ``counts`` their numbers.
    ``least`` is the least number of texts with both.
    """
    of_one: dict[int, list[Partner]] = {}
    of_other: dict[int, list[Partner]] = defaultdict(list)
    for number, texts in enumerate(texts_of):
        partners = list(_partners(counts[number], texts, other, least))
        if partners:
            of_one[number] = nlargest(KEPT, partners)
        for partner in partners:
            back = of_other[partner.number]
            back.append(partner._replace(number=number))
            if len(back) > 4 * KEPT:
                back[:] = nlargest(KEPT, back)
    return of_one, {number: nlargest(KEPT, back) for number, back in of_other.items()}


def _partners(count: int, texts: array, other: Occurrences, least: int) -> Iterator[Partner]:
    bound = max(least, LEAST_DICE * count / 2)
    for number, both in other.counts_in(texts).items():
        if both >= bound:
            dice = 2 * both / (count + other.counts[number])
            if dice >= LEAST_DICE:
                yield Partner(dice, both, number)
