"""When requests are sent: pauses that grow, a wait for all threads, and the end of a run."""

import threading
import time

import pytest

from papers.translation import pacing
from papers.translation.pacing import Halted, Pacer


@pytest.fixture
def stop() -> threading.Event:
    return threading.Event()


@pytest.fixture
def pacer(stop) -> Pacer:
    return Pacer(stop)


def seconds_of(step) -> float:
    started = time.monotonic()
    step()
    return time.monotonic() - started


def test_nothing_waits_while_all_is_well(pacer):
    assert seconds_of(pacer.wait) < 1


def test_a_busy_endpoint_holds_every_thread_back(pacer):
    called = time.monotonic()
    pacer.busy(0.3)
    went_on: list[float] = []

    def ask() -> None:
        pacer.wait()
        went_on.append(time.monotonic())

    threads = [threading.Thread(target=ask) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(went_on) == 3
    assert min(went_on) - called >= 0.3


def test_pauses_grow_and_differ(monkeypatch):
    monkeypatch.setattr(pacing, "FIRST_PAUSE", 1.0)
    pauses = [[pacing._pause(failures) for _ in range(50)] for failures in range(1, 9)]
    assert all(0.5 * 2**n <= min(some) for n, some in enumerate(pauses[:5]))
    assert all(max(some) <= pacing.LONGEST_PAUSE for some in pauses)
    assert all(len(set(some)) > 40 for some in pauses)


@pytest.mark.usefixtures("quick")
def test_twenty_failures_in_a_row_halt_the_run(pacer):
    for number in range(1, 20):
        pacer.failed("status 500", 1)
        assert not pacer.is_halted, number
    pacer.failed("status 500", 1)
    assert pacer.is_halted
    assert pacer.reason.startswith("The endpoint does not answer: status 500, and 20 requests")
    assert not pacer.is_rejected
    with pytest.raises(Halted):
        pacer.wait()


@pytest.mark.usefixtures("quick")
def test_a_success_in_between_begins_the_count_again(pacer):
    for _ in range(3):
        for _ in range(19):
            pacer.failed("status 500", 1)
        pacer.succeeded()
    assert not pacer.is_halted


@pytest.mark.usefixtures("quick")
def test_many_threads_may_fail_together(stop):
    pacer = Pacer(stop, concurrency=32)
    for _ in range(63):
        pacer.failed("status 500", 1)
    assert not pacer.is_halted


def test_an_endpoint_that_asks_for_hours_ends_the_run(pacer):
    pacer.busy(7_200.0)
    assert pacer.reason == "The endpoint asks to wait 7,200 s. Run the command again then."


def test_the_first_reason_counts(pacer):
    pacer.halt("The key is wrong.", rejected=True)
    pacer.halt("Something else.")
    assert (pacer.reason, pacer.is_rejected) == ("The key is wrong.", True)


def test_told_to_stop_it_waits_no_longer(pacer, stop):
    pacer.busy(60.0)
    threading.Timer(0.1, stop.set).start()
    with pytest.raises(Halted):
        pacer.wait()
