"""The index in SQLite: one FTS5 table without a copy of the texts.

https://sqlite.org/fts5.html. Deleting from such a table needs SQLite 3.43; an older one gets a
table that keeps the words as well. Never ``detail=none`` (no phrases), no ``prefix=`` (half as much
again on disk).
"""

import sqlite3
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager

from django.db import connection

from papers.search.analyzer import AllOf, AnyOf, Node, Term, Without
from papers.search.documents import Document

KEEPS_NO_TEXT = sqlite3.sqlite_version_info >= (3, 43)
TABLE = "papers_search" if KEEPS_NO_TEXT else "papers_search_with_text"
SHAPE = "fts5" if KEEPS_NO_TEXT else "fts5-with-text"

PLACE = f"{TABLE}.rowid"
MATCHES = f"{TABLE} MATCH %s"
# The lower the better; title, authors, abstract.
SCORE = f"bm25({TABLE}, 8.0, 4.0, 1.0)"
SCORE_TAKES_QUERY = False

_HASH_BYTES = 32 << 20  # memory in which new words are gathered before they go to disk


def create() -> None:
    contentless = ", content='', contentless_delete=1" if KEEPS_NO_TEXT else ""
    with connection.cursor() as cursor:
        cursor.execute(
            f"CREATE VIRTUAL TABLE {TABLE} USING fts5(title, authors, abstract, "
            f"tokenize='porter unicode61 remove_diacritics 0'{contentless})"
        )
        _command(cursor, "hashsize", _HASH_BYTES)


def drop() -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"DROP TABLE IF EXISTS {TABLE}")


def acquire_write_lock() -> None:
    """One transaction writes at a time here, whatever it writes."""


@contextmanager
def rebuilding(tables: Sequence[str], create: Callable, drop: Callable) -> Iterator[None]:
    """Within the block the tables are new and empty; readers keep the old ones until the
    transaction ends. What was written is one b-tree at the end instead of many."""
    drop()
    create()
    yield
    with connection.cursor() as cursor:
        _command(cursor, "optimize")
        for table in tables:
            cursor.execute(f"ANALYZE {table}")


def write(documents: Iterable[Document]) -> None:
    statement = f"INSERT INTO {TABLE} (rowid, title, authors, abstract) VALUES (%s, %s, %s, %s)"
    with connection.cursor() as cursor:
        cursor.executemany(statement, list(documents))


def remove(places: Sequence[int]) -> None:
    with connection.cursor() as cursor:
        cursor.executemany(f"DELETE FROM {TABLE} WHERE rowid = %s", [(one,) for one in places])


def _command(cursor, name: str, value: int | None = None) -> None:
    if value is None:
        cursor.execute(f"INSERT INTO {TABLE} ({TABLE}) VALUES (%s)", [name])
    else:
        cursor.execute(f"INSERT INTO {TABLE} ({TABLE}, rank) VALUES (%s, %s)", [name, value])


def scores_sql(where: str) -> str:
    """The newest hits and their scores."""
    return f"SELECT {PLACE}, {SCORE} FROM {TABLE} WHERE {where} ORDER BY {PLACE} DESC LIMIT %s"


def expression(node: Node) -> str:
    """The query in FTS5's own language. Every word is quoted, and holds letters and digits only."""
    match node:
        case Term(words, field, prefix):
            phrase = f'"{" ".join(words)}"{" *" if prefix else ""}'
            return f"{field} : {phrase}" if field else phrase
        case AllOf(parts):
            return f"({' AND '.join(map(expression, parts))})"
        case AnyOf(parts):
            return f"({' OR '.join(map(expression, parts))})"
        case Without(part, excluded):
            return f"({expression(part)} NOT {expression(excluded)})"
