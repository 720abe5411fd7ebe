"""The best path through two texts, against a search of all steps."""

from math import inf

import pytest
from hypothesis import given
from hypothesis import strategies as st

from papers.text.bead_costs import (
    KINDS,
    PARAGRAPHS_CROSSED,
    AnchorWeights,
    Side,
    kind_cost,
    length_cost,
    side,
)
from papers.text.best_path import BAND, LEAST_BAND, Node, best_path

RARE = 0b00001111  # of the eight anchors
EXACT = 3.0  # the margin up to which margins are asked for

sentences = st.lists(
    st.tuples(st.integers(1, 300), st.integers(0, 255), st.booleans()), min_size=1, max_size=7
)


def as_side(drawn: list[tuple[int, int, bool]]) -> Side:
    lengths, anchors, begins = zip(*drawn, strict=True)
    return side(["x" * length for length in lengths], anchors, begins)


def all_steps(one: Side, other: Side) -> list[tuple[Node, Node, float]]:
    """Every step within the band, in an order in which each comes after those that lead to it."""
    sizes = one.sentences, other.sentences
    reach = min(BAND, LEAST_BAND + abs(sizes[0] - sizes[1])) * max(sizes)
    shared, alone = AnchorWeights.of_shared(RARE), AnchorWeights.of_alone(RARE)
    found = []
    for first in range(sizes[0] + 1):
        for second in range(sizes[1] + 1):
            for (of_one, of_other), share in KINDS.items():
                end = first + of_one, second + of_other
                nodes = (first, second), end
                if end[0] > sizes[0] or end[1] > sizes[1]:
                    continue
                if any(abs(a * sizes[1] - b * sizes[0]) > reach for a, b in nodes):
                    continue
                bits = one.anchors[of_one][first], other.anchors[of_other][second]
                cost = kind_cost(share) + alone[bits[0] ^ bits[1]] - shared[bits[0] & bits[1]]
                if of_one and of_other:
                    cost += length_cost(one.lengths[of_one][first], other.lengths[of_other][second])
                    cost += PARAGRAPHS_CROSSED * (one.begins[first] != other.begins[second])
                found.append(((first, second), end, cost))
    return found


def least(steps: list[tuple[Node, Node, float]], whole: Node) -> float:
    """The cost of the best path that takes these steps only."""
    costs: dict[Node, float] = {(0, 0): 0.0}
    for start, end, cost in steps:
        costs[end] = min(costs.get(end, inf), costs.get(start, inf) + cost)
    return costs.get(whole, inf)


@given(sentences, sentences)
def test_no_other_path_costs_less_and_margins_say_how_much_more_the_next_costs(drawn, others):
    one, other = as_side(drawn), as_side(others)
    whole = one.sentences, other.sentences
    steps = all_steps(one, other)
    path = best_path(one, other, RARE, lambda *_: EXACT)
    assert [step.start for step in path] == [(0, 0), *(step.end for step in path[:-1])]
    assert path[-1].end == whole
    cost = sum(step.cost for step in path)
    assert cost == pytest.approx(least(steps, whole))
    for step in path:
        without = [taken for taken in steps if taken[:2] != step[:2]]
        margin = least(without, whole) - cost
        assert min(step.margin, EXACT) == pytest.approx(min(margin, EXACT), abs=1e-9)
