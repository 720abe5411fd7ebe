"""Dump the content of a database in a form that can be compared.

Two imports of the same digests have the same dump, in any order, on any database, however often
interrupted. Only the time and manner of the imports is omitted.
"""

import json
import sqlite3
from contextlib import AbstractContextManager, closing
from datetime import date
from typing import Any

import psycopg

Row = dict[str, Any]
Dump = dict[str, list[Row]]

APP = "papers_"
WITH_TEXT = "papers_search_with_text"
LEFT_OUT = frozenset(
    {
        *("papers_importrun", "papers_importproblem", "papers_dataversion"),
        *("papers_search", "papers_searchindex"),
        *("papers_checkout", "papers_dailyrun", "papers_notice"),
    }
)
TIMES = frozenset({"at", "imported", "modified"})
NUMBERS = frozenset({"id", "place", "facets"})  # of rows, or made of such
JSON_COLUMNS = frozenset({"card", "faults"})
# What names a row, for the rows that others point to; each table after those it points to itself.
NATURAL_KEYS = {
    "papers_source": ("name",),
    "papers_topic": ("slug",),
    "papers_author": ("key",),
    "papers_paper": ("arxiv_id",),
    "papers_digest": ("source_id", "date", "topic_id"),
    "papers_translation": ("paper_id", "source_id", "field", "text_hash"),
}


def canonical_dump(database_url: str) -> Dump:
    """Every table of the app, its rows sorted: names instead of numbers, and no times.

    The words of a full-text index are not in it, but a checksum of what was indexed is.
    """
    with connect(database_url) as database:
        tables = {table: _read(database, table) for table in _tables(database)}
    names: dict[str, dict[int, str]] = {}
    for table, key in NATURAL_KEYS.items():
        named = ((row["id"], _with_names(row, names)) for row in tables[table])
        names[table] = {pk: name_of(row, key) for pk, row in named}
    return {
        table: sorted((_comparable(_with_names(row, names)) for row in rows), key=repr)
        for table, rows in tables.items()
    }


def name_of(row: Row, key: tuple[str, ...]) -> str:
    """``lamps · 2025-01-29 · cs-ai``"""
    return " · ".join(str(row[column]) for column in key)


def connect(database_url: str) -> AbstractContextManager[Any]:
    """A connection to SQLite or PostgreSQL that closes itself; both have ``execute``."""
    if database_url.startswith("sqlite:///"):
        return closing(sqlite3.connect(database_url.removeprefix("sqlite:///")))
    return psycopg.connect(database_url, autocommit=True)


def search_table(database: Any) -> str:
    """The full-text index; that of a SQLite before 3.43 has another name."""
    is_old = WITH_TEXT in _names(database, "virtual")
    return WITH_TEXT if is_old else "papers_search"


def _tables(database: Any) -> list[str]:
    return [name for name in _names(database, "table") if name not in LEFT_OUT]


def _names(database: Any, kind: str) -> list[str]:
    """The names of the app's tables of this kind; PostgreSQL has one kind."""
    if isinstance(database, psycopg.Connection):
        query = "SELECT tablename FROM pg_tables WHERE schemaname = 'public'"
    else:
        query = f"SELECT name FROM pragma_table_list WHERE type = '{kind}'"
    return sorted(name for (name,) in database.execute(query) if name.startswith(APP))


def _read(database: Any, table: str) -> list[Row]:
    cursor = database.execute(f'SELECT * FROM "{table}"')
    columns = [column[0] for column in cursor.description]
    return [
        {name: _plain(name, value) for name, value in zip(columns, values, strict=True)}
        for values in cursor
    ]


def _plain(column: str, value: Any) -> Any:
    """The value as both databases can say it."""
    if column in JSON_COLUMNS:
        content = json.loads(value) if isinstance(value, str) else value
        return json.dumps(content, ensure_ascii=False, sort_keys=True)
    if isinstance(value, bool):
        return int(value)
    return value.isoformat() if isinstance(value, date) else value


def _with_names(row: Row, names: dict[str, dict[int, str]]) -> Row:
    """The row with the names of the rows that it points to."""
    return {column: _target(column, names).get(value, value) for column, value in row.items()}


def _target(column: str, names: dict[str, dict[int, str]]) -> dict[int, str]:
    return names.get(APP + column.removesuffix("_id"), {}) if column.endswith("_id") else {}


def _comparable(row: Row) -> Row:
    return {name: value for name, value in row.items() if name not in TIMES | NUMBERS}
