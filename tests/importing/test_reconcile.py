"""Reconciling: which of several texts is shown."""

import datetime
import random

from hypothesis import given
from hypothesis import strategies as st

from papers.importing.reconcile import Candidate, choose
from papers.text.triage import words_left

EARLY, LATE = datetime.date(2025, 1, 28), datetime.date(2025, 1, 29)
ENGLISH = "a lamp and a lantern"
TEXTS = st.sampled_from(["灯", "灯笼", "小灯", "", "lamp 灯", "lamp 与 lantern 灯", "无"])
CANDIDATES = st.builds(
    Candidate,
    text=TEXTS,
    day=st.sampled_from([EARLY, LATE]),
    source=st.sampled_from(["daily", "robotics"]),
    rank=st.sampled_from([1, 100]),
    fault_count=st.integers(0, 2),
)


def cleaned(candidate: Candidate) -> str:
    return "" if candidate.text == "无" else candidate.text


def test_fewest_faults_win_over_everything():
    sound, newer = Candidate("灯", EARLY, "z", 100, 0), Candidate("笼", LATE, "a", 1, 1)
    assert choose([newer, sound]) is sound


def test_then_the_lowest_rank_of_the_source():
    newer, first = Candidate("灯", LATE, "a", 100, 0), Candidate("笼", EARLY, "b", 50, 0)
    assert choose([newer, first]) is first


def test_then_the_fewest_english_words_left():
    newest, first = Candidate("lamp 灯", LATE, "a", 1, 0), Candidate("一盏灯", EARLY, "b", 1, 0)
    assert choose([newest, first], english=ENGLISH) is first
    assert choose([newest, first], english="Kites") is newest
    ranked = Candidate("lamp 与 lantern 灯", EARLY, "c", 0, 0)
    assert choose([newest, first, ranked], english=ENGLISH) is ranked


def test_one_of_which_nothing_is_left_comes_last():
    empty, faulty = Candidate("无", LATE, "a", 1, 1), Candidate("灯", EARLY, "b", 100, 2)
    assert choose([empty, faulty], cleaned) is faulty
    assert choose([empty], cleaned) is empty


def test_a_text_without_rivals_is_not_read_at_all():
    sound, faulty = Candidate("灯", EARLY, "a", 1, 0), Candidate("笼", LATE, "b", 1, 1)
    read: list[str] = []

    def reading(candidate: Candidate) -> str:
        read.append(candidate.text)
        return candidate.text

    assert choose([sound], reading) is sound
    assert read == []
    assert choose([faulty, sound], reading) is sound
    assert read == ["灯"]


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
    chosen = choose(candidates, cleaned, ENGLISH)
    assert choose(shuffled, cleaned, ENGLISH) == chosen
    assert choose(reversed(candidates), cleaned, ENGLISH) == chosen
    assert chosen in candidates
    assert choose([*candidates, *candidates], cleaned, ENGLISH) == chosen


@given(st.lists(CANDIDATES, min_size=1))
def test_what_is_not_read_would_not_have_been_better(candidates):
    def merit(one: Candidate) -> tuple:
        left = words_left(cleaned(one), ENGLISH)
        order = (-one.day.toordinal(), one.source, one.text)
        return not cleaned(one), one.fault_count, one.rank, left, *order

    assert choose(candidates, cleaned, ENGLISH) == min(candidates, key=merit)
