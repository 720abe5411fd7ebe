"""A paper's place in the index: one number that sorts by day and holds the paper's own number.

So the newest hits are read without a look at the papers, and a range of days is a range of places.
"""

import datetime
from collections import Counter
from collections.abc import Iterable

_BITS = 26  # 67 million papers; few bits keep the steps between places short on disk
_MASK = (1 << _BITS) - 1
FIRST_DAY = datetime.date(1990, 1, 1).toordinal()  # before arXiv


def sort_key(paper_id: int, day: datetime.date) -> int:
    if paper_id > _MASK:
        raise OverflowError(f"paper number {paper_id} has no place in the search index")
    return max(day.toordinal() - FIRST_DAY, 0) << _BITS | paper_id


def paper_id_of(place: int) -> int:
    return place & _MASK


def day_at(place: int) -> datetime.date:
    return datetime.date.fromordinal((place >> _BITS) + FIRST_DAY)


def days_of(places: Iterable[int]) -> Counter[datetime.date]:
    """How many places the days have."""
    counts = Counter(place >> _BITS for place in places)
    return Counter({day_at(day << _BITS): number for day, number in counts.items()})


def paper_sql(place: str) -> str:
    """The same as ``paper_at`` in SQL."""
    return f"({place} & {_MASK})"
