"""Counters that processes share: sums over all, and nothing lost when one ends."""

import os

from papers.operations import shared_counters
from papers.operations.shared_counters import SharedCounters


def in_another_process(counters: SharedCounters, amounts: dict[int, float]) -> None:
    if pid := os.fork():
        os.waitpid(pid, 0)
    else:
        counters.add(amounts)
        os._exit(0)


def test_a_sum_is_over_all_processes():
    counters = SharedCounters(3)
    counters.add({0: 1})
    in_another_process(counters, {0: 1, 2: 0.25})
    in_another_process(counters, {0: 1, 2: 0.5})
    assert counters.sums() == [3, 0, 0.75]


def test_what_an_ended_process_counted_stays_and_its_row_is_used_again(monkeypatch):
    monkeypatch.setattr(shared_counters, "ROWS", 3)
    counters = SharedCounters(1)
    counters.add({0: 1})
    for _ in range(10):
        in_another_process(counters, {0: 1})
    assert counters.sums() == [11]


def test_only_running_processes_are_named():
    counters = SharedCounters(1)
    assert counters.processes() == []
    in_another_process(counters, {0: 1})
    counters.add({0: 1})
    assert counters.processes() == [os.getpid()]
