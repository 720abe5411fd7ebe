from django.db import migrations, models

THE_ROW, BEFORE = 1, 1


def note_older_rules(apps, schema_editor):
    """Translations that are there already were judged by the rules before these."""
    using = schema_editor.connection.alias
    if apps.get_model("papers", "Translation").objects.using(using).exists():
        rules = apps.get_model("papers", "TriageRules").objects.using(using)
        rules.create(pk=THE_ROW, version=BEFORE)


class Migration(migrations.Migration):

    dependencies = [
        ("papers", "0002_trust"),
    ]

    operations = [
        migrations.CreateModel(
            name="TriageRules",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("version", models.PositiveIntegerField(verbose_name="version of the rules")),
            ],
            options={
                "verbose_name": "rules of the triage",
                "verbose_name_plural": "rules of the triage",
                "constraints": [models.CheckConstraint(condition=models.Q(("id", 1)), name="triagerules_one_row")],
            },
        ),
        migrations.RunPython(note_older_rules, migrations.RunPython.noop, elidable=True),
    ]
