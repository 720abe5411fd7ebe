"""Move a whole site from a SQLite file into an empty PostgreSQL database, in one transaction.

Rows are copied with COPY and keep their ids; at the end the rows of every table are counted on both
sides. The full-text index differs between the engines and is rebuilt afterwards.
"""

import sqlite3
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

from django.apps import apps
from django.core.management import call_command, get_commands
from django.core.management.color import no_style
from django.db import DatabaseError, connection, models, transaction

Model = type[models.Model]
Progress = Callable[[list[Model]], Iterable[Model]]

REBUILT = "rebuild_search_index"


class CannotMove(Exception):
    """Nothing was moved; the message says why and what to do."""


def move_from(file: Path, progress: Progress = iter) -> dict[str, int]:
    """Move the rows of ``file`` into the site's database. Return the number of rows by table.

    Raise CannotMove.
    """
    if connection.vendor != "postgresql":
        raise CannotMove("DATABASE_URL must be the PostgreSQL database to move into.")
    if not file.is_file():
        raise CannotMove(f"{file} does not exist; give the SQLite file of the site.")
    with closing(sqlite3.connect(f"{file.resolve().as_uri()}?mode=ro", uri=True)) as source:
        source.execute("BEGIN")  # read one snapshot, even if the site writes meanwhile
        tables = _tables()
        _check(source, file)
        with transaction.atomic():
            _refuse_a_site()
            _empty(tables)
            counts = {model._meta.db_table: _copy(source, model) for model in progress(tables)}
            _count_again(source, counts)
            _reset_sequences(tables)
    _vacuum(tables)
    if REBUILT in get_commands():
        call_command(REBUILT)
    return counts


def _tables() -> list[Model]:
    models_of_all = apps.get_models(include_auto_created=True)
    return [one for one in models_of_all if one._meta.managed and not one._meta.proxy]


def _check(source: sqlite3.Connection, file: Path) -> None:
    """Raise CannotMove unless both databases have the same migrations."""
    query = "SELECT app, name FROM django_migrations"
    try:
        there = set(source.execute(query).fetchall())
    except sqlite3.DatabaseError as error:
        raise CannotMove(f"{file} is not a database of this site ({error}).") from None
    try:
        with connection.cursor() as cursor:
            cursor.execute(query)
            here = set(cursor.fetchall())
    except DatabaseError:
        raise CannotMove("The new database has no tables yet; run: manage.py migrate") from None
    if there != here:
        raise CannotMove(
            "The two databases are from different versions of the site; run manage.py migrate on "
            "each of them (DATABASE_URL selects the database)."
        )


def _refuse_a_site() -> None:
    from django.contrib.auth.models import User

    from papers.models import Digest, Paper

    filled = [one for one in (Paper, Digest, User) if one._default_manager.exists()]
    if filled:
        names = ", ".join(str(one._meta.verbose_name_plural) for one in filled)
        raise CannotMove(f"The new database is not empty ({names}); give an empty one.")


def _empty(tables: list[Model]) -> None:
    """Delete the rows that migrations wrote; the old site has its own."""
    with connection.cursor() as cursor:
        cursor.execute(f"TRUNCATE {_names(tables)}")


def _vacuum(tables: list[Model]) -> None:
    """Tell the planner what is in the tables, which it assumes to be empty, and that all of it can
    be seen by everybody, without which indexes alone answer nothing."""
    with connection.cursor() as cursor:
        cursor.execute(f"VACUUM (ANALYZE) {_names(tables)}")


def _names(tables: list[Model]) -> str:
    return ", ".join(connection.ops.quote_name(one._meta.db_table) for one in tables)


def _copy(source: sqlite3.Connection, model: Model) -> int:
    fields = list(model._meta.concrete_fields)
    columns = ", ".join(f'"{field.column}"' for field in fields)
    table = model._meta.db_table
    statement = f'COPY "{table}" ({columns}) FROM STDIN'
    count = 0
    with connection.cursor() as cursor:
        try:
            with connection.wrap_database_errors, cursor.copy(statement) as copy:
                for row in _rows(source, table, columns, fields):
                    copy.write_row(row)
                    count += 1
        except DatabaseError as error:
            said = " ".join(str(error).split())[:300]
            raise CannotMove(f"PostgreSQL refused a row of {table}: {said}") from None
    return count


def _rows(
    source: sqlite3.Connection, table: str, columns: str, fields: list[models.Field]
) -> Iterator[list[Any]]:
    converters = [(place, _converter(field)) for place, field in enumerate(fields)]
    needed = [(place, convert) for place, convert in converters if convert]
    for row in source.execute(f'SELECT {columns} FROM "{table}"'):
        values = list(row)
        for place, convert in needed:
            if values[place] is not None:
                values[place] = convert(values[place])
        yield values


def _converter(field: models.Field) -> Callable[[Any], Any] | None:
    """Return a function from SQLite's to PostgreSQL's form of a field; None if they are equal."""
    target = field.target_field if isinstance(field, models.ForeignKey) else field
    if isinstance(target, models.BooleanField):
        return bool
    if isinstance(target, models.DateTimeField):
        return "{}+00".format  # SQLite stores UTC without a time zone
    return None


def _count_again(source: sqlite3.Connection, copied: dict[str, int]) -> None:
    for table, count in copied.items():
        (there,) = source.execute(f'SELECT count(*) FROM "{table}"').fetchone()
        with connection.cursor() as cursor:
            cursor.execute(f'SELECT count(*) FROM "{table}"')
            (here,) = cursor.fetchone()
        if not here == there == count:
            raise CannotMove(f"{table} has {there} rows in the file and {here} here.")


def _reset_sequences(tables: list[Model]) -> None:
    """Continue the id sequences after the copied rows."""
    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(no_style(), tables):
            cursor.execute(statement)
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")  # report broken foreign keys now
