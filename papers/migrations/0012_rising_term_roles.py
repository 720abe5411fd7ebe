"""Let every role of the admin see rising terms, and curators say which are none."""

from importlib import import_module

from django.db import migrations

VIEWED = ("view_risingterm",)
DECIDED = (*VIEWED, "change_risingterm")
ROLES = {"Reader of the admin": VIEWED, "Curator": DECIDED, "Administrator": DECIDED}


def let_them_decide(apps, schema_editor):
    permission = import_module("papers.migrations.0001_initial").permission
    for group in apps.get_model("auth", "Group").objects.filter(name__in=ROLES):
        group.permissions.add(*(permission(apps, "papers", one) for one in ROLES[group.name]))


class Migration(migrations.Migration):
    dependencies = [("papers", "0011_rising_terms")]

    operations = [migrations.RunPython(let_them_decide, migrations.RunPython.noop)]
