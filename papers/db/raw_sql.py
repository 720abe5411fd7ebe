"""Rows read with our own SQL from the database, perhaps a replica, that the page is read from."""

from collections.abc import Callable, Sequence
from functools import cached_property
from typing import Any

from django.db import connections, router
from django.db.models import QuerySet

from papers.models import Paper


def fetch_all(sql: str, params: Sequence[Any]) -> list[tuple]:
    """What the query finds, as the database gives it."""
    with connections[router.db_for_read(Paper)].cursor() as cursor:
        cursor.execute(sql, params)
        return cursor.fetchall()


class Compiled:
    """A queryset that every page asks, put into SQL once: Django takes several times as long over
    that as the database over the answer. Only values may differ from one time to another."""

    def __init__(self, make: Callable[[], QuerySet]) -> None:
        """``make`` is called when the query is first asked, with the database there."""
        self._make = make

    @cached_property
    def _sql(self) -> str:
        return self._make().query.sql_with_params()[0]

    def read(self, *params: Any) -> list[tuple]:
        """The rows for these values, in the order in which the queryset names them."""
        return fetch_all(self._sql, params)
