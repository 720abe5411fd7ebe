from django.db import migrations, models

from papers.search.backend import create_tables, drop_tables


class Migration(migrations.Migration):
    dependencies = [("papers", "0003_sitemap")]

    operations = [
        migrations.CreateModel(
            name="SearchIndex",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("version", models.CharField(max_length=100, verbose_name="made with")),
            ],
            options={
                "verbose_name": "search index",
                "verbose_name_plural": "search indexes",
            },
        ),
        # Tables of each database's own kind; Django knows nothing of them.
        migrations.RunPython(
            lambda apps, schema_editor: create_tables(),
            lambda apps, schema_editor: drop_tables(),
        ),
    ]
