"""Which of several texts is shown: a rule that does not depend on the order of import."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TypeVar


@dataclass(frozen=True)
class Candidate:
    """One text that a source gave for a field; ``day`` is the newest day on which it did, ``rank``
    the source's own, of which the lowest comes first."""

    text: str
    day: datetime.date
    source: str
    rank: int
    fault_count: int


T = TypeVar("T", bound=Candidate)


def choose(candidates: Iterable[T]) -> T | None:
    """Fewest faults, then the source's rank, then newest, then source, then the text itself; None
    of none."""
    return min(
        candidates,
        key=lambda one: (one.fault_count, one.rank, -one.day.toordinal(), one.source, one.text),
        default=None,
    )
