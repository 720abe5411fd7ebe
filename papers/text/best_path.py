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
    AnchorWeights,
    Side,
    kind_cost,
    length_cost,
)

BAND = 12
"""Most sentences by which a path may leave the diagonal, so that time is linear in the length."""
LEAST_BAND = 2
"""The same where both texts have equally many; by each sentence that one has more it is one more.
A wider band changed nothing in 3,000 abstracts and takes half as long again."""

Node = tuple[int, int]
# Start, end, its cost, and that of the best path to its end through it. An import takes millions of
# steps, and a plain tuple is made in half the time of a named one.
Step = tuple[Node, Node, float, float]
_MOVES = [(*move, kind_cost(share)) for move, share in KINDS.items()]


class Placed(NamedTuple):
    """A step of the best path. ``margin`` is the extra cost of the best path without the step."""

    start: Node
    end: Node
    cost: float
    margin: float


def best_path(one: Side, other: Side, rare: int) -> list[Placed]:
    """Return the steps of the best path from the beginning of both texts to their end."""
    end = one.sentences, other.sentences
    steps, last_steps = _steps(one, other, rare)
    margins = _margins(steps, end)
    path = []
    while end != (0, 0):
        start, _, cost, _ = last_steps[end]
        path.append(Placed(start, end, cost, margins[sum(start)]))
        end = start
    return path[::-1]


def _steps(one: Side, other: Side, rare: int) -> tuple[list[Step], dict[Node, Step]]:
    """Return all steps within the band, ordered by their start, and the best step to each node."""
    shared, alone = AnchorWeights.of_shared(rare), AnchorWeights.of_alone(rare)
    moves = [
        (*move, one.lengths[move[0]], other.lengths[move[1]])
        + (one.anchors[move[0]], other.anchors[move[1]])
        for move in _MOVES
    ]
    costs: dict[Node, float] = {(0, 0): 0.0}
    steps: list[Step] = []
    last_steps: dict[Node, Step] = {}
    for start in _nodes(one.sentences, other.sentences):
        if (so_far := costs.get(start)) is None:  # no path leads here
            continue
        first, second = start
        crossed = PARAGRAPHS_CROSSED * (one.begins[first] != other.begins[second])
        for of_one, of_other, cost, lengths, other_lengths, anchors, other_anchors in moves:
            end = first + of_one, second + of_other
            if end[0] > one.sentences or end[1] > other.sentences:
                continue
            if of_one and of_other:
                cost += length_cost(lengths[first], other_lengths[second])
                cost += crossed
            bits, other_bits = anchors[first], other_anchors[second]
            cost += alone[bits ^ other_bits] - shared[bits & other_bits]
            step = start, end, cost, so_far + cost
            steps.append(step)
            if step[3] < costs.get(end, inf):
                costs[end] = step[3]
                last_steps[end] = step
    return steps, last_steps


def _nodes(one: int, other: int) -> Iterator[Node]:
    reach = min(BAND, LEAST_BAND + abs(one - other)) * max(one, other)
    for first in range(one + 1):
        lowest = (first * other - reach) // one if one else 0
        highest = (first * other + reach) // one if one else other
        for second in range(max(0, lowest), min(other, highest) + 1):
            if abs(first * other - second * one) <= reach:
                yield first, second


def _margins(steps: Sequence[Step], whole: Node) -> list[float]:
    """Return the extra cost of the second-best step, for each number of sentences before it.

    Every path takes exactly one of the steps that cross a given number of sentences. So the best
    path without the best of these steps takes the second best. The steps are read from the last,
    so that the best path from the end of each of them to the end of the texts is known.
    """
    best, second = [inf] * sum(whole), [inf] * sum(whole)
    to_end: dict[Node, float] = {whole: 0.0}
    for start, end, cost, reached in reversed(steps):
        if (rest := to_end.get(end)) is None:
            continue
        if rest + cost < to_end.get(start, inf):
            to_end[start] = rest + cost
        path = reached + rest
        for before in range(start[0] + start[1], end[0] + end[1]):
            if path < second[before]:
                if path < best[before]:
                    best[before], second[before] = path, best[before]
                else:
                    second[before] = path
    return [dear - cheap for dear, cheap in zip(second, best, strict=True)]
