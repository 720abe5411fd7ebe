"""Databases of earlier versions of the site are migrated and read.

``tests/data/databases/README.md`` describes how they were made.
"""

import sqlite3
from pathlib import Path
from typing import Any

import psycopg
import pytest
from django.core.management import call_command
from django.core.management.base import SystemCheckError
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder

from papers.importing.run import Options, run_import
from tests import cast
from tests.faults.dump import connect
from tests.scale.sites import manage, pages
from tests.support import record_text

DUMPS = Path(__file__).parents[1] / "data" / "databases"
ADDRESSES = [
    "/papers/",
    f"/papers/{cast.LAMP}/",
    "/topics/ro/",
    "/days/2025-01-28/",
    "/papers/?q=wicks",
]

POSTGRES = (
    """
    SELECT table_name, column_name, data_type, character_maximum_length, is_nullable,
           collation_name, is_identity
    FROM information_schema.columns WHERE table_schema = 'public'
    """,
    # A check is another text after a dump.
    """
    SELECT conname, CASE contype WHEN 'c' THEN '' ELSE pg_get_constraintdef(oid) END
    FROM pg_constraint
    """,
    "SELECT indexname, indexdef FROM pg_indexes WHERE schemaname = 'public'",
)
SQLITE = """
    SELECT name, sql FROM sqlite_master WHERE sql IS NOT NULL AND name NOT LIKE 'sqlite%'
    """


@pytest.fixture
def earlier(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The address of a database that the ten migrations made, with the cast in it; on the engine
    that the tests run on."""
    dump = (DUMPS / f"ten_migrations.{connection.vendor}.sql").read_text()
    if connection.vendor == "postgresql":
        address = request.getfixturevalue("new_postgres")
        with psycopg.connect(address) as database:
            database.execute(dump)
        return address
    with sqlite3.connect(tmp_path / "earlier.sqlite3") as database:
        database.executescript(dump)
    return f"sqlite:///{tmp_path}/earlier.sqlite3"


def schema(cursor: Any) -> set[tuple]:
    """Columns, indexes and constraints, in whatever order they were made."""
    if connection.vendor == "postgresql":
        return {row for query in POSTGRES for row in rows(cursor, query)}
    return {(name, part) for name, sql in rows(cursor, SQLITE) for part in parts(sql)}


def rows(cursor: Any, query: str) -> list[tuple]:
    found = cursor.execute(query)
    return (found or cursor).fetchall()


def parts(sql: str) -> list[str]:
    """A CREATE TABLE, cut at the commas between its columns."""
    depth, pieces = 0, [""]
    for character in sql:
        depth += (character == "(") - (character == ")")
        if (depth, character) in ((1, "("), (1, ","), (0, ")")):
            pieces.append("")
        else:
            pieces[-1] += character
    return [" ".join(piece.split()) for piece in pieces]


def main(page: str) -> str:
    """A page without its head and its foot, which name stylesheets and scripts."""
    return page.partition("<main")[2].partition("</main>")[0]


def test_their_database_is_migrated_to_the_tables_of_today_and_goes_on(earlier, small_site, client):
    write(small_site / "lantern-daily" / "30-Jan-2025" / "topic" / "RAG_related_papers.md")
    run_import([str(small_site)], Options())
    said = manage(earlier, "migrate").stdout
    assert "papers.0001_initial" not in said
    assert "papers.0002_trust" in said
    with connect(earlier) as database, connection.cursor() as fresh:
        assert schema(database) ^ schema(fresh) == set()
    assert "1 new" in manage(earlier, "import_digests", small_site).stdout
    for address, (status, page) in pages(earlier, ADDRESSES).items():
        assert status == 200, address
        assert main(page) == main(client.get(address, headers={"Accept-Language": "zh"}).text)


def write(digest: Path) -> None:
    digest.parent.mkdir(parents=True)
    digest.write_text(record_text(arxiv_id="2501.97042", title="Wicks That Trim Themselves"))


@pytest.mark.django_db
@pytest.mark.parametrize("last", ["0001_initial", "0005_curators_desk", "0009_author_words"])
def test_a_database_with_some_of_the_ten_is_refused(last):
    """Django would say that there is nothing to migrate."""
    MigrationRecorder.Migration.objects.filter(app="papers", name__gt=last).delete()
    with pytest.raises(SystemCheckError, match="which are one now"):
        call_command("migrate", verbosity=0, skip_checks=False)
