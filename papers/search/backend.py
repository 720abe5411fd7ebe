"""The index of the database in use: ``sqlite.py`` or ``postgres.py``, which know the same words."""

from collections.abc import Iterator
from contextlib import contextmanager
from types import ModuleType

from django.db import connection

from papers.search import postgres, sqlite

ENTRIES, WORDS = "papers_search_entry", "papers_search_word"


def backend() -> ModuleType:
    return postgres if connection.vendor == "postgresql" else sqlite


def create_tables() -> None:
    """The index and what is kept beside it: an entry for each paper (its place, a checksum of what
    was indexed, what is counted in facets) and the words of the titles."""
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
    """Within the block, which belongs in a transaction, the tables are new and empty; readers keep
    the old ones until the transaction ends."""
    with backend().rebuilding((backend().TABLE, ENTRIES, WORDS), create_tables, drop_tables):
        yield


def drop_tables() -> None:
    backend().drop()
    with connection.cursor() as cursor:
        for table in (ENTRIES, WORDS):
            cursor.execute(f"DROP TABLE IF EXISTS {table}")
