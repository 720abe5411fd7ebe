"""Find the sequence of beads with the lowest cost, and the margin of each bead.

A node is a pair of positions between sentences, one in each text. A step is a bead from one node to
another. Of some 230 steps within the band only a dozen belong to paths that cost little, so nodes
are visited as in A* (Hart, Nilsson and Raphael, A Formal Basis for the Heuristic Determination of
Minimum Cost Paths, 1968): in the order of the least that a path through them can cost, until that
is too much to be the best path without one of its steps.
"""

from collections.abc import Callable, Mapping, Sequence
from heapq import heappop, heappush
from itertools import accumulate
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
A wider band changed nothing in 3,000 abstracts."""

Node = tuple[int, int]
# Start, end, its cost, and that of the best path to its end through it. An import takes millions of
# steps, and a plain tuple is made in half the time of a named one.
Step = tuple[Node, Node, float, float]
LeastMargin = Callable[[Node, Node, float], float]
"""Of a step, given as start, end and cost: the margin from which on it is sure."""

_MOVES = [(*move, kind_cost(share)) for move, share in KINDS.items()]
_OFF_DIAGONAL = min(cost / abs(one - other) for one, other, cost in _MOVES if one != other)
"""The least cost of a step for each sentence that it takes more of one text than of the other."""


class Placed(NamedTuple):
    """A step of the best path. ``margin`` is the extra cost of the best path without the step."""

    start: Node
    end: Node
    cost: float
    margin: float


class _Texts:
    """The steps that are possible between two texts, and what a path costs at least."""

    def __init__(self, one: Side, other: Side, rare: int) -> None:
        self.end = one.sentences, other.sentences
        self._reach = min(BAND, LEAST_BAND + abs(self.end[0] - self.end[1])) * max(self.end)
        self._begins = one.begins, other.begins
        self._shared, self._alone = AnchorWeights.of_shared(rare), AnchorWeights.of_alone(rare)
        self._moves = [
            (*move, one.lengths[move[0]], other.lengths[move[1]])
            + (one.anchors[move[0]], other.anchors[move[1]])
            for move in _MOVES
        ]
        self._savings = self._most_saved(one.anchors[1]), self._most_saved(other.anchors[1])

    def _most_saved(self, anchors: Sequence[int]) -> list[float]:
        """Return what all anchors from each position on would save if all were shared."""
        saved = map(self._shared.__getitem__, reversed(anchors))
        return [*accumulate(saved, initial=0.0)][::-1]

    def least_cost(self, node: Node) -> float:
        """Return what a path from the node to the end costs at least."""
        left = self.end[0] - node[0] - self.end[1] + node[1]
        saved = min(self._savings[0][node[0]], self._savings[1][node[1]])
        return _OFF_DIAGONAL * abs(left) - saved

    def steps(self, start: Node, so_far: float) -> list[Step]:
        """Return the steps from a node that stay within the band."""
        shared, alone, (one, other), reach = self._shared, self._alone, self.end, self._reach
        first, second = start
        crossed = PARAGRAPHS_CROSSED * (self._begins[0][first] != self._begins[1][second])
        steps: list[Step] = []
        for of_one, of_other, cost, lengths, other_lengths, anchors, other_anchors in self._moves:
            end = first + of_one, second + of_other
            if end[0] > one or end[1] > other or abs(end[0] * other - end[1] * one) > reach:
                continue
            if of_one and of_other:
                cost += length_cost(lengths[first], other_lengths[second])
                cost += crossed
            bits, other_bits = anchors[first], other_anchors[second]
            cost += alone[bits ^ other_bits] - shared[bits & other_bits]
            steps.append((start, end, cost, so_far + cost))
        return steps


def best_path(one: Side, other: Side, rare: int, least_margin: LeastMargin) -> list[Placed]:
    """Return the steps of the best path from the beginning of both texts to their end.

    Margins up to the greatest ``least_margin`` of these steps are exact; others are at least that.
    """
    texts = _Texts(one, other, rare)
    steps, path = _search(texts, least_margin)
    margins = _margins(steps, texts.end)
    return [Placed(start, end, cost, margins[sum(start)]) for start, end, cost, _ in path]


def _search(texts: _Texts, least_margin: LeastMargin) -> tuple[dict[Node, list[Step]], list[Step]]:
    """Return the steps from each node of paths that matter for a margin, and the best path."""
    costs: dict[Node, float] = {(0, 0): 0.0}
    last_steps: dict[Node, Step] = {}
    steps: dict[Node, list[Step]] = {}
    path: list[Step] = []
    queue, most = [(0.0, (0, 0))], inf
    while queue and queue[0][0] <= most:
        node = heappop(queue)[1]
        if node in steps:
            continue
        steps[node] = texts.steps(node, costs[node])
        if node == texts.end:
            path = _path(last_steps, node)
            most = costs[node] + max((least_margin(*step[:3]) for step in path), default=0.0)
        for step in steps[node]:
            _, end, _, reached = step
            known = costs.get(end, inf)
            if reached < known or (reached == known and node < last_steps[end][0]):
                costs[end] = reached
                last_steps[end] = step
                heappush(queue, (reached + texts.least_cost(end), end))
    return steps, path


def _path(last_steps: Mapping[Node, Step], end: Node) -> list[Step]:
    path = []
    while end != (0, 0):
        path.append(last_steps[end])
        end = path[-1][0]
    return path[::-1]


def _margins(steps: Mapping[Node, list[Step]], whole: Node) -> list[float]:
    """Return the extra cost of the second-best step, for each number of sentences before it.

    Every path takes exactly one of the steps that cross a given number of sentences. So the best
    path without the best of these steps takes the second best. The steps are read from the last,
    so that the best path from the end of each of them to the end of the texts is known.
    """
    best, second = [inf] * sum(whole), [inf] * sum(whole)
    to_end: dict[Node, float] = {whole: 0.0}
    for node in sorted(steps, reverse=True):
        for start, end, cost, reached in steps[node]:
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
