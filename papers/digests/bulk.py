"""Writing many rows at once: one prepared statement for all of them, no object for each."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import partial
from itertools import islice
from typing import Any, TypeVar

from django.db import connection, models

CHUNK = 500
T = TypeVar("T")


def chunks(items: Iterable[T], size: int = CHUNK) -> Iterator[list[T]]:
    """The items in lists of at most ``size``, for queries that name each of them."""
    rest = iter(items)
    while chunk := list(islice(rest, size)):
        yield chunk


def insert_rows(model: type[models.Model], names: Sequence[str], rows: Iterable[tuple]) -> None:
    """Inserts rows of these fields' values; a foreign key is given as its id (``paper_id``).

    Fields that are not named must have a default in the database or be null.
    """
    fields = _fields(model, names)
    columns = ", ".join(_column(field) for field in fields)
    places = ", ".join(["%s"] * len(fields))
    table = connection.ops.quote_name(model._meta.db_table)
    _execute(f"INSERT INTO {table} ({columns}) VALUES ({places})", _adapted(fields, rows))


def update_rows(model: type[models.Model], names: Sequence[str], rows: Iterable[tuple]) -> None:
    """Writes these fields; each row is the fields' new values and then the row's primary key."""
    fields = _fields(model, [*names, model._meta.pk.attname])
    *assigned, key = (f"{_column(field)} = %s" for field in fields)
    table = connection.ops.quote_name(model._meta.db_table)
    statement = f"UPDATE {table} SET {', '.join(assigned)} WHERE {key}"
    _execute(statement, _adapted(fields, rows))


def _execute(statement: str, rows: list[Sequence[Any]]) -> None:
    if rows:
        with connection.cursor() as cursor:
            cursor.executemany(statement, rows)


def _fields(model: type[models.Model], names: Sequence[str]) -> list[models.Field]:
    by_name = {field.attname: field for field in model._meta.concrete_fields}
    return [by_name[name] for name in names]


def _column(field: models.Field) -> str:
    return connection.ops.quote_name(str(field.column))


def _adapted(fields: list[models.Field], rows: Iterable[tuple]) -> list[Sequence[Any]]:
    """The rows as the database's driver takes them; most kinds of value go as they are."""
    adapters = {
        place: partial(field.get_db_prep_save, connection=connection)
        for place, field in enumerate(fields)
        if isinstance(field, models.DateField | models.JSONField)
    }
    return [_with(adapters, row) for row in rows] if adapters else list(rows)


def _with(adapters: Mapping[int, Callable[[Any], Any]], row: tuple) -> list[Any]:
    values = list(row)
    for place, adapt in adapters.items():
        values[place] = adapt(values[place])
    return values
