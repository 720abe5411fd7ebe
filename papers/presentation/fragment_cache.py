"""Cache of page and feed fragments that show one paper, in the memory of this process.

The key holds the paper's version (``modified`` changes with everything a fragment shows), the names
of topics, and further values from the caller.
"""

import datetime
from collections.abc import Callable, Hashable, Iterable
from typing import Generic, TypeVar

from papers.db.version_cache import LruCache
from papers.lists.topics import names_of_topics
from papers.models import Paper

T = TypeVar("T")
Row = tuple[int, str, datetime.datetime]  # a published paper's id, arXiv id, modified


class FragmentCache(Generic[T]):
    """The most recently used fragments of one kind, at most ``size``."""

    def __init__(self, size: int) -> None:
        self._kept = LruCache(size)

    def of(
        self, rows: Iterable[Row], common: tuple[Hashable, ...], make: Callable[[Paper], T]
    ) -> dict[int, T]:
        """Return the fragments of these papers by id, in this order.

        ``common`` is part of all keys; ``make`` renders a fragment that is not in the cache.
        """
        names = names_of_topics()
        keys = {row[0]: (*row, *common, names) for row in rows}
        found = {pk: self._kept.get(key) for pk, key in keys.items()}
        missing = [pk for pk, piece in found.items() if piece is None]
        if missing:
            for pk, paper in Paper.objects.published().in_bulk(missing).items():
                found[pk] = make(paper)
                self._kept.put(keys[pk], found[pk])
        return {pk: piece for pk, piece in found.items() if piece is not None}
