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
    """In which texts the terms of one language occur: ``of_text`` holds the terms of each text."""

    def __init__(self, terms: int, texts: Iterable[Iterable[int]]) -> None:
        self.of_text = [array("I", sorted(found)) for found in texts]
        self.counts = array("I", bytes(4 * terms))
        for number in chain.from_iterable(self.of_text):
            self.counts[number] += 1

    def by_term(self) -> list[array]:
        """Return the texts of each term."""
        texts = [array("I") for _ in self.counts]
        for text, terms in enumerate(self.of_text):
            for number in terms:
                texts[number].append(text)
        return texts


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
    together = Counter(chain.from_iterable(map(other.of_text.__getitem__, texts)))
    bound = max(least, LEAST_DICE * count / 2)
    for number, both in together.items():
        if both >= bound:
            dice = 2 * both / (count + other.counts[number])
            if dice >= LEAST_DICE:
                yield Partner(dice, both, number)
