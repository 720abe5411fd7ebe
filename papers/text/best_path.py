"""Find the sequence of beads with the lowest cost, and the margin of each bead.

A node is a pair of positions between sentences, one in each text. A step is a bead from one node to
another.
"""

from collections.abc import Iterator, Sequence
from math import inf
from typing import NamedTuple

from papers.text.bead_costs import (
    KINDS,
    PARAGRAPHS_CROSSED,
    Side,
    anchor_cost,
    kind_cost,
    length_cost,
)

BAND = 12
"""Most sentences by which a path may leave the diagonal, so that time is linear in the length."""
LEAST_BAND = 2
"""The same where both texts have equally many; by each sentence that one has more it is one more.
A wider band changed nothing in 3,000 abstracts and takes half as long again."""

Node = tuple[int, int]
_MOVES = [(*counts, kind_cost(share)) for counts, share in KINDS.items()]


class Step(NamedTuple):
    start: Node
    end: Node
    cost: float


class Placed(NamedTuple):
    """A step of the best path. ``margin`` is the extra cost of the best path without the step."""

    start: Node
    end: Node
    cost: float
    margin: float


def best_path(one: Side, other: Side, rare: int) -> list[Placed]:
    """Return the steps of the best path from the beginning of both texts to their end."""
    steps = [*_steps(one, other, rare)]
    end = one.sentences, other.sentences
    from_start, last_steps = _costs_from_start(steps)
    margins = _margins(steps, from_start, _costs_to_end(steps, end), sum(end))
    path = []
    while end != (0, 0):
        step = last_steps[end]
        path.append(Placed(*step, margins[sum(step.start)]))
        end = step.start
    return path[::-1]


def _steps(one: Side, other: Side, rare: int) -> Iterator[Step]:
    """Yield all steps within the band, ordered by their start."""
    for first, second in _nodes(one.sentences, other.sentences):
        for of_one, of_other, cost in _MOVES:
            end = first + of_one, second + of_other
            if end[0] > one.sentences or end[1] > other.sentences:
                continue
            if of_one and of_other:
                cost += length_cost(one.lengths[of_one][first], other.lengths[of_other][second])
                cost += PARAGRAPHS_CROSSED * (one.begins[first] != other.begins[second])
            cost += anchor_cost(one.anchors[of_one][first], other.anchors[of_other][second], rare)
            yield Step((first, second), end, cost)


def _nodes(one: int, other: int) -> Iterator[Node]:
    reach = min(BAND, LEAST_BAND + abs(one - other)) * max(one, other)
    for first in range(one + 1):
        lowest = (first * other - reach) // one if one else 0
        highest = (first * other + reach) // one if one else other
        for second in range(max(0, lowest), min(other, highest) + 1):
            if abs(first * other - second * one) <= reach:
                yield first, second


def _costs_from_start(steps: Sequence[Step]) -> tuple[dict[Node, float], dict[Node, Step]]:
    costs: dict[Node, float] = {(0, 0): 0.0}
    last_steps: dict[Node, Step] = {}
    for step in steps:
        cost = costs.get(step.start, inf) + step.cost
        if cost < costs.get(step.end, inf):
            costs[step.end] = cost
            last_steps[step.end] = step
    return costs, last_steps


def _costs_to_end(steps: Sequence[Step], end: Node) -> dict[Node, float]:
    costs: dict[Node, float] = {end: 0.0}
    for step in reversed(steps):
        cost = costs.get(step.end, inf) + step.cost
        if cost < costs.get(step.start, inf):
            costs[step.start] = cost
    return costs


def _margins(
    steps: Sequence[Step], from_start: dict[Node, float], to_end: dict[Node, float], length: int
) -> list[float]:
    """Return the extra cost of the second-best step, for each number of sentences before it.

    Every path takes exactly one of the steps that cross a given number of sentences. So the best
    path without the best of these steps takes the second best.
    """
    best, second = [inf] * length, [inf] * length
    for start, end, cost in steps:
        whole = from_start.get(start, inf) + cost + to_end.get(end, inf)
        for before in range(sum(start), sum(end)):
            if whole < best[before]:
                best[before], second[before] = whole, best[before]
            elif whole < second[before]:
                second[before] = whole
    return [dear - cheap for dear, cheap in zip(second, best, strict=True)]
