"""Give PostgreSQL's search index the column that scores are read from.

It is empty until `rebuild_search_index` or the next import; searches find papers all the same.
"""

from django.db import migrations


def add_heads(apps, schema_editor) -> None:
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(
            "ALTER TABLE papers_search ADD COLUMN IF NOT EXISTS head tsvector NOT NULL DEFAULT ''"
        )


class Migration(migrations.Migration):
    dependencies = [("papers", "0008_term_roles")]

    operations = [migrations.RunPython(add_heads, migrations.RunPython.noop)]
