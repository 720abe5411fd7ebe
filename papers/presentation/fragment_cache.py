"""Pieces of pages and feeds that show one paper, kept in this process: a card, an entry of a feed.

A piece depends on its paper (``modified`` is new whenever anything of it changed), the names of
topics, and what else its user says. The rest of a page is made for each address.
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
    """The pieces of one kind used last, at most ``size`` of them."""

    def __init__(self, size: int) -> None:
        self._kept = LruCache(size)

    def of(
        self, rows: Iterable[Row], common: tuple[Hashable, ...], make: Callable[[Paper], T]
    ) -> dict[int, T]:
        """The pieces of these papers by id, in this order; ``make`` makes those that are not kept
        under what they have in ``common``."""
        names = names_of_topics()
        keys = {row[0]: (*row, *common, names) for row in rows}
        found = {pk: self._kept.get(key) for pk, key in keys.items()}
        missing = [pk for pk, piece in found.items() if piece is None]
        if missing:
            for pk, paper in Paper.objects.published().in_bulk(missing).items():
                found[pk] = make(paper)
                self._kept.put(keys[pk], found[pk])
        return {pk: piece for pk, piece in found.items() if piece is not None}
