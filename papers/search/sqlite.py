"""Search index in SQLite: one FTS5 table without a copy of the texts.

See https://sqlite.org/fts5.html. Deleting from such a table needs SQLite 3.43; with older versions
the table also stores the texts. Do not use ``detail=none`` (no phrases) or ``prefix=`` (half as
much disk space again).
"""

import sqlite3
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager

from django.db import connection

from papers.search.documents import Document
from papers.search.query_nodes import AllOf, AnyOf, Node, SomeOf, Term, Without

KEEPS_NO_TEXT = sqlite3.sqlite_version_info >= (3, 43)
TABLE = "papers_search" if KEEPS_NO_TEXT else "papers_search_with_text"
SHAPE = "fts5-6" if KEEPS_NO_TEXT else "fts5-6-with-text"

PLACE = f"{TABLE}.rowid"
MATCHES = f"{TABLE} MATCH %s"
# Lower is better. The weights are those of the columns: spellings find papers but do not count.
SCORE = f"bm25({TABLE}, 8.0, 4.0, 1.0, 0.0, 0.0, 0.0)"
SCORE_TAKES_QUERY = False

_COLUMNS = ", ".join(Document._fields[1:])
_HASH_BYTES = 32 << 20  # bytes of memory for new words before they are written to disk


def create() -> None:
    """Create the index."""
    contentless = ", content='', contentless_delete=1" if KEEPS_NO_TEXT else ""
    with connection.cursor() as cursor:
        cursor.execute(
            f"CREATE VIRTUAL TABLE {TABLE} USING fts5({_COLUMNS}, "
            f"tokenize='porter unicode61 remove_diacritics 0'{contentless})"
        )
        _command(cursor, "hashsize", _HASH_BYTES)


def drop() -> None:
    """Drop the index."""
    with connection.cursor() as cursor:
        cursor.execute(f"DROP TABLE IF EXISTS {TABLE}")


def acquire_write_lock() -> None:
    """Do nothing: SQLite allows one writing transaction at a time."""


@contextmanager
def rebuilding(tables: Sequence[str], create: Callable, drop: Callable) -> Iterator[None]:
    """Replace the tables by new, empty ones that the block fills.

    Readers see the old tables until the transaction ends. At the end the index is merged into one
    b-tree.
    """
    drop()
    create()
    yield
    with connection.cursor() as cursor:
        _command(cursor, "optimize")
        for table in tables:
            cursor.execute(f"ANALYZE {table}")


def write(documents: Iterable[Document]) -> None:
    """Add documents to the index."""
    marks = ", ".join(["%s"] * len(Document._fields))
    statement = f"INSERT INTO {TABLE} (rowid, {_COLUMNS}) VALUES ({marks})"
    with connection.cursor() as cursor:
        cursor.executemany(statement, list(documents))


def remove(places: Sequence[int]) -> None:
    """Remove the documents with these sort keys."""
    with connection.cursor() as cursor:
        cursor.executemany(f"DELETE FROM {TABLE} WHERE rowid = %s", [(one,) for one in places])


def _command(cursor, name: str, value: int | None = None) -> None:
    if value is None:
        cursor.execute(f"INSERT INTO {TABLE} ({TABLE}) VALUES (%s)", [name])
    else:
        cursor.execute(f"INSERT INTO {TABLE} ({TABLE}, rank) VALUES (%s, %s)", [name, value])


def scores_sql(where: str) -> str:
    """Return SQL for the newest hits and their scores."""
    return f"SELECT {PLACE}, {SCORE} FROM {TABLE} WHERE {where} ORDER BY {PLACE} DESC LIMIT %s"


def expression(node: Node) -> str:
    """Return the query in FTS5 syntax. Every word is quoted and holds letters and digits only."""
    match node:
        case Term(words, field, prefix):
            phrase = f'"{" ".join(words)}"{" *" if prefix else ""}'
            return f"{{{field} {field}_spellings}} : {phrase}" if field else phrase
        case AllOf(parts):
            return f"({' AND '.join(map(expression, parts))})"
        case AnyOf(parts) | SomeOf(parts):
            return f"({' OR '.join(map(expression, parts))})"
        case Without(part, excluded):
            return f"({expression(part)} NOT {expression(excluded)})"
