"""Sort keys of the index: one integer with the day in its high bits and the paper id in its low.

The newest hits can thus be read without the papers, and a range of days is a range of keys.
"""

import datetime
from collections import Counter
from collections.abc import Iterable

_BITS = 26  # 67 million papers; fewer bits keep the gaps between keys short on disk
_MASK = (1 << _BITS) - 1
FIRST_DAY = datetime.date(1990, 1, 1).toordinal()  # before arXiv


def sort_key(paper_id: int, day: datetime.date) -> int:
    """Return the sort key of a paper. Raise OverflowError if its id has more than 26 bits."""
    if paper_id > _MASK:
        raise OverflowError(f"paper number {paper_id} has no place in the search index")
    return max(day.toordinal() - FIRST_DAY, 0) << _BITS | paper_id


def paper_id_of(place: int) -> int:
    """Return the paper id of a sort key."""
    return place & _MASK


def day_at(place: int) -> datetime.date:
    """Return the day of a sort key."""
    return datetime.date.fromordinal((place >> _BITS) + FIRST_DAY)


def days_of(places: Iterable[int]) -> Counter[datetime.date]:
    """Return the number of keys by day."""
    counts = Counter(place >> _BITS for place in places)
    return Counter({day_at(day << _BITS): number for day, number in counts.items()})


def paper_sql(place: str) -> str:
    """Return SQL for ``paper_id_of``."""
    return f"({place} & {_MASK})"
