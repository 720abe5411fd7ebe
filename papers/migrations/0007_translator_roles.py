"""Let every role of the admin see the runs and attempts of the translator."""

from importlib import import_module

from django.db import migrations

ROLES = ("Reader of the admin", "Curator", "Administrator")
VIEWED = ("view_translationrun", "view_translationattempt")


def let_them_see(apps, schema_editor):
    permission = import_module("papers.migrations.0001_initial").permission
    for group in apps.get_model("auth", "Group").objects.filter(name__in=ROLES):
        group.permissions.add(*(permission(apps, "papers", codename) for codename in VIEWED))


class Migration(migrations.Migration):
    dependencies = [("papers", "0006_translation_runs")]

    operations = [migrations.RunPython(let_them_see, migrations.RunPython.noop)]
