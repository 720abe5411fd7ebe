"""Raw SQL queries, sent to the same database (primary or replica) as the page's ORM queries."""

from collections.abc import Sequence
from typing import Any

from django.db import connections, router

from papers.models import Paper


def fetch_all(sql: str, params: Sequence[Any]) -> list[tuple]:
    """Return the rows of the query, with values as the database driver returns them."""
    with connections[router.db_for_read(Paper)].cursor() as cursor:
        cursor.execute(sql, params)
        return cursor.fetchall()
