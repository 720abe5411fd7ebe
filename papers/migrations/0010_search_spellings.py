"""Give SQLite's search index the columns of further spellings, which searches in a field read.

Columns of an FTS5 table cannot be added, so an older table is replaced by an empty one. The stored
version of the index stays that of the old table: until `rebuild_search_index` or the next import
fills the new one, the checks and the log say that the index is out of date.
"""

import sqlite3

from django.db import migrations

COLUMNS = ("title", "authors", "abstract")
SPELLINGS = tuple(f"{column}_spellings" for column in COLUMNS)
TOKENS = "tokenize='porter unicode61 remove_diacritics 0'"
# Before 3.43 SQLite deletes nothing from a table that keeps no text.
TABLE, CONTENTLESS = (
    ("papers_search", ", content='', contentless_delete=1")
    if sqlite3.sqlite_version_info >= (3, 43)
    else ("papers_search_with_text", "")
)


def replace_older_table(apps, schema_editor) -> None:
    if schema_editor.connection.vendor != "sqlite":
        return
    with schema_editor.connection.cursor() as cursor:
        cursor.execute(f"SELECT name FROM pragma_table_info('{TABLE}')")
        if {name for (name,) in cursor.fetchall()}.issuperset(SPELLINGS):
            return
    columns = ", ".join((*COLUMNS, *SPELLINGS))
    for statement in (
        f"DROP TABLE IF EXISTS {TABLE}",
        f"CREATE VIRTUAL TABLE {TABLE} USING fts5({columns}, {TOKENS}{CONTENTLESS})",
        f"INSERT INTO {TABLE} ({TABLE}, rank) VALUES ('hashsize', 33554432)",
    ):
        schema_editor.execute(statement, None)


class Migration(migrations.Migration):
    dependencies = [("papers", "0009_search_heads")]

    operations = [migrations.RunPython(replace_older_table, migrations.RunPython.noop)]
