"""Writing many rows at once: plain SQL through Django's connection, no object for each row."""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import lru_cache, partial
from itertools import islice
from typing import Any, TypeVar

from django.db import connection, models
from django.db.models.expressions import RawSQL

CHUNK = 1000  # fewer than the parameters that a statement may have on either database
T = TypeVar("T")


def chunks(items: Iterable[T], size: int = CHUNK) -> Iterator[list[T]]:
    """The items in lists of at most ``size``, for queries that name each of them."""
    rest = iter(items)
    while chunk := list(islice(rest, size)):
        yield chunk


def new_ids(model: type[models.Model], number: int) -> Sequence[int]:
    """Primary keys for rows to insert, so that nobody has to ask for them afterwards.

    On SQLite they are free until the transaction ends: it is the only one that writes.
    """
    if not number:
        return ()
    table = model._meta.db_table
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            sequence = (
                "SELECT nextval(pg_get_serial_sequence(%s, 'id')) FROM generate_series(1, %s)"
            )
            cursor.execute(sequence, [table, number])
            return [pk for (pk,) in cursor.fetchall()]
        cursor.execute("SELECT seq FROM sqlite_sequence WHERE name = %s", [table])
        last = (cursor.fetchone() or (0,))[0]
        return range(last + 1, last + 1 + number)


def in_values(ids: Iterable[int]) -> RawSQL:
    """For ``__in``: one of these ids, of which there may be any number.

    They are one parameter: Django would look at each of them several times over.
    """
    if connection.vendor == "postgresql":
        return RawSQL("SELECT unnest(%s::bigint[])", [list(ids)])
    return RawSQL("SELECT value FROM json_each(%s)", [json.dumps(list(ids))])


def select_rows(
    model: type[models.Model], names: Sequence[str], where: str, values: Iterable[int | str]
) -> list[tuple]:
    """These fields of the rows whose field ``where`` is one of the values, which may be any number.

    For texts and numbers, which both databases give as they are.
    """
    *columns, wanted = map(_column, _fields(model, [*names, where]))
    table = connection.ops.quote_name(model._meta.db_table)
    statement = f"SELECT {', '.join(columns)} FROM {table} WHERE {wanted} "
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(f"{statement} = ANY(%s)", [list(values)])
        else:
            listed = json.dumps(list(values))
            cursor.execute(f"{statement} IN (SELECT value FROM json_each(%s))", [listed])
        return cursor.fetchall()


def insert_rows(model: type[models.Model], names: Sequence[str], rows: Iterable[tuple]) -> None:
    """Inserts rows of these fields' values; a foreign key is given as its id (``paper_id``).

    Fields that are not named must have a default in the database or be null.
    """
    fields = _fields(model, names)
    columns = ", ".join(_column(field) for field in fields)
    table = connection.ops.quote_name(model._meta.db_table)
    adapted = _adapted(fields, rows)
    if connection.vendor == "postgresql":
        _copy(f"COPY {table} ({columns}) FROM STDIN", adapted)
    else:
        places = ", ".join(["%s"] * len(fields))
        _execute(f"INSERT INTO {table} ({columns}) VALUES ({places})", adapted)


def update_rows(model: type[models.Model], names: Sequence[str], rows: Iterable[tuple]) -> None:
    """Writes these fields; each row is the fields' new values and then the row's primary key."""
    fields = _fields(model, [*names, model._meta.pk.attname])
    *assigned, key = (f"{_column(field)} = %s" for field in fields)
    table = connection.ops.quote_name(model._meta.db_table)
    statement = f"UPDATE {table} SET {', '.join(assigned)} WHERE {key}"
    _execute(statement, _adapted(fields, rows))


def increment_rows(model: type[models.Model], name: str, changes: Mapping[int, int]) -> None:
    """Adds to a number of the rows with these primary keys."""
    (column,) = map(_column, _fields(model, [name]))
    table = connection.ops.quote_name(model._meta.db_table)
    statement = f"UPDATE {table} SET {column} = {column} + %s WHERE id = %s"
    _execute(statement, [(change, pk) for pk, change in sorted(changes.items()) if change])


def analyze() -> None:
    """Tells the database's planner what the tables hold now, from a sample of each."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("PRAGMA analysis_limit = 1000")
            cursor.execute("ANALYZE")
        else:  # ours, and none of the server's own, for which another site may have to wait
            tables = connection.introspection.table_names(cursor)
            cursor.execute(f"ANALYZE {', '.join(map(connection.ops.quote_name, tables))}")


def _execute(statement: str, rows: list[Sequence[Any]]) -> None:
    if rows:
        with connection.cursor() as cursor:
            cursor.executemany(statement, rows)


def _copy(statement: str, rows: list[Sequence[Any]]) -> None:
    if rows:
        # COPY is the driver's own: without the wrapper its errors would not be Django's.
        wrapped = connection.wrap_database_errors
        with connection.cursor() as cursor, wrapped, cursor.copy(statement) as copy:
            for row in rows:
                copy.write_row(row)


def _fields(model: type[models.Model], names: Sequence[str]) -> list[models.Field]:
    by_name = {field.attname: field for field in model._meta.concrete_fields}
    return [by_name[name] for name in names]


def _column(field: models.Field) -> str:
    return connection.ops.quote_name(str(field.column))


def _adapted(fields: list[models.Field], rows: Iterable[tuple]) -> list[Sequence[Any]]:
    """The rows as the database's driver takes them; most kinds of value go as they are."""
    adapters = {
        place: adapt for place, field in enumerate(fields) if (adapt := _adapter(field)) is not None
    }
    return [_with(adapters, row) for row in rows] if adapters else list(rows)


def _adapter(field: models.Field) -> Callable[[Any], Any] | None:
    if isinstance(field, models.JSONField):
        if connection.vendor == "sqlite":
            # (Django would write each Chinese character as six.)
            return json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode
        return partial(field.get_db_prep_save, connection=connection)
    if isinstance(field, models.DateField):  # the same few days and times again and again
        return lru_cache(partial(field.get_db_prep_save, connection=connection))
    return None


def _with(adapters: Mapping[int, Callable[[Any], Any]], row: tuple) -> list[Any]:
    values = list(row)
    for place, adapt in adapters.items():
        values[place] = adapt(values[place])
    return values
