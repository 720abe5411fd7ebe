"""Select the search index of the current database: ``sqlite.py`` or ``postgres.py``.

Both modules offer the same functions and constants.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from types import ModuleType

from django.db import connection

from papers.search import postgres, sqlite

ENTRIES, WORDS = "papers_search_entry", "papers_search_word"


def backend() -> ModuleType:
    """Return the module of the current database."""
    return postgres if connection.vendor == "postgresql" else sqlite


def create_tables() -> None:
    """Create the index and its two companion tables.

    One has an entry for each paper: its sort key, a checksum of the indexed texts, and the values
    that facets count. The other has the words of titles and how many papers use them.
    """
    backend().create()
    byte_order = ' COLLATE "C"' if connection.vendor == "postgresql" else ""
    without_rowid = "" if connection.vendor == "postgresql" else " WITHOUT ROWID"
    with connection.cursor() as cursor:
        cursor.execute(
            f"CREATE TABLE {ENTRIES} (paper_id bigint NOT NULL PRIMARY KEY, "
            "place bigint NOT NULL UNIQUE, arxiv_id varchar(32) NOT NULL, "
            "checksum bigint NOT NULL, facets text NOT NULL)"
        )
        cursor.execute(
            f"CREATE TABLE {WORDS} (word varchar(40){byte_order} NOT NULL PRIMARY KEY, "
            f"papers integer NOT NULL){without_rowid}"
        )


@contextmanager
def rebuilding() -> Iterator[None]:
    """Replace the tables by new, empty ones that the block fills.

    Use it inside a transaction; readers see the old tables until the transaction ends.
    """
    with backend().rebuilding((backend().TABLE, ENTRIES, WORDS), create_tables, drop_tables):
        yield


def drop_tables() -> None:
    """Drop the index and its companion tables."""
    backend().drop()
    with connection.cursor() as cursor:
        for table in (ENTRIES, WORDS):
            cursor.execute(f"DROP TABLE IF EXISTS {table}")
