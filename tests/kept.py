"""What an import leaves, kept as rows: a test puts them back and need not import again.

Most tests begin with the same few digests. To import them takes a tenth of a second, to write the
rows that the import left a hundredth.
"""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any, NamedTuple

from django.db import connection, transaction

from papers.db.data_version import mark_data_changed
from papers.search.backend import ENTRIES, WORDS, backend, create_tables, drop_tables

OF_SEARCH = [ENTRIES, WORDS]
INDEX_PARTS = ("config", "content", "data", "docsize", "idx")  # tables of SQLite's FTS5

Statement = tuple[str, Any, bool]


class Table(NamedTuple):
    """The rows of a table with the names of its columns, whose order depends on how it was made."""

    columns: tuple[str, ...]
    rows: list[tuple]


class Kept:
    """The rows that ``act`` writes into a database without any papers. It leaves nothing itself."""

    def __init__(self, act: Callable[[], object]) -> None:
        self.act = act
        with transaction.atomic(), _index_written() as self._index:
            before = _all_rows()
            act()
            after = _all_rows()
            transaction.set_rollback(True)
        self._changed = {name: kept for name, kept in after.items() if kept != before[name]}
        ours = [name for name in before if name.startswith("papers_") and not before[name].rows]
        self._empty = [name for name in ours if not name.startswith("papers_search")]

    def put_back(self) -> None:
        """Write the rows; do the act itself where the database holds something already."""
        if _any_row(self._empty):
            self.act()
            return
        with transaction.atomic(), connection.cursor() as cursor:
            if _any_row(OF_SEARCH):  # left by a test that commits: Django empties models' tables
                drop_tables()
                create_tables()
            for table, kept in self._changed.items():
                _replace(cursor, table, kept)
            for sql, params, many in self._index:
                (cursor.executemany if many else cursor.execute)(sql, params)
            mark_data_changed()  # pages kept by other tests are not of this data


@contextmanager
def _index_written() -> Iterator[list[Statement]]:
    """What is written to SQLite's search index, which does not give back what it was told."""
    statements: list[Statement] = []
    start = f"INSERT INTO {backend().TABLE} "

    def note(execute, sql, params, many, context):
        if connection.vendor == "sqlite" and str(sql).startswith(start):
            params = list(params) if many else params
            statements.append((sql, params, many))
        return execute(sql, params, many, context)

    with connection.execute_wrapper(note):
        yield statements


def _all_rows() -> dict[str, Table]:
    with connection.cursor() as cursor:
        return {name: _rows_of(cursor, name) for name in _tables(cursor)}


def _tables(cursor) -> list[str]:
    """Every table but SQLite's own and those in which it keeps the index."""
    names = connection.introspection.table_names(cursor)
    index = backend().TABLE if connection.vendor == "sqlite" else ""
    of_index = {index, *(f"{index}_{part}" for part in INDEX_PARTS)}
    return [name for name in names if not name.startswith("sqlite_") and name not in of_index]


def _rows_of(cursor, table: str) -> Table:
    cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")
    columns = tuple(connection.ops.quote_name(column[0]) for column in cursor.description)
    return Table(columns, sorted(cursor.fetchall(), key=repr))


def _any_row(tables: Sequence[str]) -> bool:
    looks = (f"EXISTS (SELECT 1 FROM {connection.ops.quote_name(table)})" for table in tables)
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {' OR '.join(looks)}")
        return bool(cursor.fetchone()[0])


def _replace(cursor, table: str, kept: Table) -> None:
    """Delete what the table holds and insert these rows, by one statement each."""
    table = connection.ops.quote_name(table)
    cursor.execute(f"DELETE FROM {table}")
    if kept.rows:
        one = f"({', '.join(['%s'] * len(kept.columns))})"
        values = [value for row in kept.rows for value in row]
        into = f"{table} ({', '.join(kept.columns)})"
        cursor.execute(f"INSERT INTO {into} VALUES {', '.join([one] * len(kept.rows))}", values)
