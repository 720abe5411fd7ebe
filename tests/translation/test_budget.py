"""The budget is never overshot, whatever requests take and however many are under way."""

import threading
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from papers.translation.budget import Budget, Exhausted
from papers.translation.translator import Translator

DEAR = Translator("http://127.0.0.1:1/v1", "lamp-7b", prices=(1_000_000.0, 2_000_000.0))
"""One for a token sent, two for a token received."""


def spend(budget: Budget, most: int, used: int) -> None:
    with budget.reserved(most, 0) as reservation:
        reservation.settle(used, 0)


def test_what_was_used_is_spent():
    budget = Budget(DEAR, 100)
    with budget.reserved(10, 20) as reservation:
        reservation.settle(3, 4)
    assert budget.spent == 11


def test_an_answer_that_was_lost_counts_as_it_was_reserved():
    budget = Budget(DEAR, 100)
    with suppress(OSError), budget.reserved(10, 20):
        raise OSError
    assert budget.spent == 50


def test_a_request_that_may_cost_more_than_is_left_is_not_sent():
    budget = Budget(DEAR, 10)
    spend(budget, 8, 3)
    with pytest.raises(Exhausted), budget.reserved(8, 0):
        pass
    assert budget.is_exhausted
    assert budget.spent == 3


def test_without_a_limit_anything_may_be_spent():
    budget = Budget(DEAR)
    spend(budget, 10**9, 10**9)
    assert not budget.is_exhausted


def test_where_more_was_used_than_reserved_more_is_reserved_from_then_on():
    budget = Budget(DEAR, 100)
    spend(budget, 10, 30)
    with pytest.raises(Exhausted), budget.reserved(24, 0):
        pass


def test_it_waits_for_what_is_under_way():
    budget = Budget(DEAR, 10)
    begun, done = threading.Event(), threading.Event()

    def first() -> None:
        with budget.reserved(9, 0) as reservation:
            begun.set()
            done.wait(5)
            reservation.settle(2, 0)

    thread = threading.Thread(target=first)
    thread.start()
    begun.wait(5)
    threading.Timer(0.1, done.set).start()
    spend(budget, 8, 8)  # only after the first has taken less than it reserved
    thread.join()
    assert budget.spent == 10


@given(st.lists(st.tuples(st.integers(0, 50), st.floats(0, 1))), st.integers(0, 300))
def test_it_is_never_overshot(requests, limit):
    budget = Budget(DEAR, limit)
    for most, share in requests:
        with suppress(Exhausted):
            spend(budget, most, int(most * share))
    assert budget.spent <= limit
