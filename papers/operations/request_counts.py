"""What is counted of every request: its kind, status and time, and whether its page was kept."""

from bisect import bisect_left
from itertools import product
from typing import NamedTuple

from papers.http.address_kinds import Kind
from papers.http.page_cache import Kept
from papers.operations.shared_counters import SharedCounters

STATUSES = ("1xx", "2xx", "3xx", "4xx", "5xx")
BOUNDS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 10.0)
"""Upper bounds of times, in seconds."""

REQUESTS = {pair: number for number, pair in enumerate(product(Kind, STATUSES))}
KEPT = {kept: len(REQUESTS) + number for number, kept in enumerate(Kept)}
_TIMES = len(REQUESTS) + len(KEPT)
_OF_A_KIND = len(BOUNDS) + 2  # one for longer times, one for their sum
_counters = SharedCounters(_TIMES + _OF_A_KIND * len(Kind))


class Times(NamedTuple):
    """How many requests of a kind took at most each bound, and how long they took together."""

    within: list[int]
    number: int
    seconds: float


def count(kind: Kind, status: int, seconds: float, kept: Kept | None) -> None:
    first = _first_time(kind)
    amounts = {
        REQUESTS[kind, f"{status // 100}xx"]: 1.0,
        first + bisect_left(BOUNDS, seconds): 1.0,
        first + _OF_A_KIND - 1: seconds,
    }
    if kept:
        amounts[KEPT[kept]] = 1.0
    _counters.add(amounts)


class Counts:
    """All sums at one moment."""

    def __init__(self) -> None:
        self._sums = _counters.sums()

    def requests(self, kind: Kind, status: str) -> int:
        return int(self._sums[REQUESTS[kind, status]])

    def kept(self, kept: Kept) -> int:
        return int(self._sums[KEPT[kept]])

    def times(self, kind: Kind) -> Times:
        first = _first_time(kind)
        *buckets, seconds = self._sums[first : first + _OF_A_KIND]
        within = [int(sum(buckets[: place + 1])) for place in range(len(buckets))]
        return Times(within[:-1], within[-1], seconds)


def workers() -> list[int]:
    """Return the ids of the processes that have answered requests and run."""
    return _counters.processes()


def _first_time(kind: Kind) -> int:
    return _TIMES + _OF_A_KIND * (kind.value - 1)
