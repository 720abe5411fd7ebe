"""Write many rows at once: plain SQL through Django's connection, without model instances."""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import lru_cache, partial
from itertools import islice
from typing import Any, TypeVar

from django.db import connection, connections, models, router
from django.db.models.expressions import RawSQL

CHUNK = 1000  # below the limit of parameters in one statement on both databases
T = TypeVar("T")


def chunks(items: Iterable[T], size: int = CHUNK) -> Iterator[list[T]]:
    """Yield the items in lists of at most ``size``, for queries with one parameter per item."""
    rest = iter(items)
    while chunk := list(islice(rest, size)):
        yield chunk


def new_ids(model: type[models.Model], number: int) -> Sequence[int]:
    """Reserve primary keys for rows to insert, so that they are known before the insert.

    On SQLite the keys stay free until the transaction ends, because only one transaction can write.
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
    """Return an expression for ``__in`` lookups with any number of ids.

    The ids are passed as one parameter: Django would process each separate parameter several times.
    """
    if connection.vendor == "postgresql":
        return RawSQL("SELECT unnest(%s::bigint[])", [list(ids)])
    return RawSQL("SELECT value FROM json_each(%s)", [json.dumps(list(ids))])


def select_rows(
    model: type[models.Model], names: Sequence[str], where: str, values: Iterable[int | str]
) -> list[tuple]:
    """Return the fields ``names`` of all rows whose field ``where`` has one of the values.

    The number of values is not limited. Use it for text and integer fields only: other values
    are returned unconverted, and the two databases differ.
    """
    *columns, wanted = map(_column, _fields(model, [*names, where]))
    reader = connections[router.db_for_read(model)]
    table = reader.ops.quote_name(model._meta.db_table)
    statement = f"SELECT {', '.join(columns)} FROM {table} WHERE {wanted} "
    with reader.cursor() as cursor:
        if reader.vendor == "postgresql":
            cursor.execute(f"{statement} = ANY(%s)", [list(values)])
        else:
            listed = json.dumps(list(values))
            cursor.execute(f"{statement} IN (SELECT value FROM json_each(%s))", [listed])
        return cursor.fetchall()


def insert_rows(model: type[models.Model], names: Sequence[str], rows: Iterable[tuple]) -> None:
    """Insert rows, each a tuple with the values of the fields ``names``.

    A foreign key is named by its column (``paper_id``). Fields that are not named must be nullable
    or have a default in the database.
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
    """Update the fields ``names``. Each row has the new values, then the primary key."""
    fields = _fields(model, [*names, model._meta.pk.attname])
    *assigned, key = (f"{_column(field)} = %s" for field in fields)
    table = connection.ops.quote_name(model._meta.db_table)
    statement = f"UPDATE {table} SET {', '.join(assigned)} WHERE {key}"
    _execute(statement, _adapted(fields, rows))


def increment_rows(model: type[models.Model], name: str, changes: Mapping[int, int]) -> None:
    """Add to the integer field ``name``; ``changes`` maps primary keys to amounts."""
    (column,) = map(_column, _fields(model, [name]))
    table = connection.ops.quote_name(model._meta.db_table)
    statement = f"UPDATE {table} SET {column} = {column} + %s WHERE id = %s"
    _execute(statement, [(change, pk) for pk, change in sorted(changes.items()) if change])


def analyze() -> None:
    """Update the statistics of the query planner from a sample of each table."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("PRAGMA analysis_limit = 1000")
            cursor.execute("ANALYZE")
        else:  # only our tables: the system catalogs may be locked by another site on the server
            tables = connection.introspection.table_names(cursor)
            cursor.execute(f"ANALYZE {', '.join(map(connection.ops.quote_name, tables))}")


def _execute(statement: str, rows: list[Sequence[Any]]) -> None:
    if rows:
        with connection.cursor() as cursor:
            cursor.executemany(statement, rows)


def _copy(statement: str, rows: list[Sequence[Any]]) -> None:
    if rows:
        # COPY is the driver's own API: without the wrapper its errors would not be Django's.
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
    """Return the rows with values that the database driver accepts; most need no conversion."""
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
