"""Reconciling: which of several texts is shown."""

import datetime
import random

from hypothesis import given
from hypothesis import strategies as st

from papers.importing.reconcile import Candidate, choose

EARLY, LATE = datetime.date(2025, 1, 28), datetime.date(2025, 1, 29)
CANDIDATES = st.builds(
    Candidate,
    text=st.sampled_from(["灯", "灯笼", "小灯", ""]),
    day=st.sampled_from([EARLY, LATE]),
    source=st.sampled_from(["daily", "robotics"]),
    rank=st.sampled_from([1, 100]),
    fault_count=st.integers(0, 2),
)


def test_fewest_faults_win_over_everything():
    sound, newer = Candidate("灯", EARLY, "z", 100, 0), Candidate("笼", LATE, "a", 1, 1)
    assert choose([newer, sound]) is sound


def test_then_the_lowest_rank_of_the_source():
    newer, first = Candidate("灯", LATE, "a", 100, 0), Candidate("笼", EARLY, "b", 50, 0)
    assert choose([newer, first]) is first


def test_then_the_newest_then_the_source_then_the_text():
    last, third = Candidate("乙", EARLY, "a", 100, 0), Candidate("甲", LATE, "b", 100, 0)
    second, first = Candidate("b", LATE, "a", 100, 0), Candidate("a", LATE, "a", 100, 0)
    assert choose([last, third, second, first]) is first
    assert choose([last, third, second]) is second
    assert choose([last, third]) is third


def test_of_none_it_chooses_none():
    assert choose([]) is None
    assert choose(iter(())) is None


@given(st.lists(CANDIDATES, min_size=1), st.randoms())
def test_the_order_of_import_changes_nothing(candidates, chance: random.Random):
    shuffled = chance.sample(candidates, len(candidates))
    chosen = choose(candidates)
    assert choose(shuffled) == choose(reversed(candidates)) == chosen
    assert chosen in candidates
    assert choose([*candidates, *candidates]) == chosen
