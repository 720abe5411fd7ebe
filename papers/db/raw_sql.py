"""Rows read with our own SQL from the database, perhaps a replica, that the page is read from."""

from collections.abc import Sequence
from typing import Any

from django.db import connections, router

from papers.models import Paper


def fetch_all(sql: str, params: Sequence[Any]) -> list[tuple]:
    """What the query finds, as the database gives it."""
    with connections[router.db_for_read(Paper)].cursor() as cursor:
        cursor.execute(sql, params)
        return cursor.fetchall()
