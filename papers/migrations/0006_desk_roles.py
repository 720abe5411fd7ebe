"""The roles of the desk, as groups with the least rights that each needs."""

from django.db import migrations

VIEWED = (
    *("paper", "translation", "doubt", "fieldlock", "digest", "appearance", "source"),
    *("author", "authorship", "authoralias", "authorchoice", "alikeauthors"),
    *("topic", "papertopic", "topicremoval", "importrun", "importproblem", "upload"),
)
READER = [f"view_{model}" for model in VIEWED]
CURATOR = [*READER, "change_paper", "change_author", "change_topic", "add_upload"]
ADMINISTRATOR = [*CURATOR, "change_source", "delete_topic"]
ACCOUNTS = ["view_user", "add_user", "change_user", "delete_user", "view_group"]

ROLES = {
    "Reader of the admin": (READER, []),
    "Curator": (CURATOR, []),
    "Administrator": (ADMINISTRATOR, ACCOUNTS),
}


def make_roles(apps, schema_editor):
    Group = apps.get_model("auth", "Group")
    for name, (ours, accounts) in ROLES.items():
        group, _ = Group.objects.get_or_create(name=name)
        group.permissions.add(
            *(permission(apps, "papers", codename) for codename in ours),
            *(permission(apps, "auth", codename) for codename in accounts),
        )


def permission(apps, app, codename):
    """The permission as Django would make it, which happens only after all migrations."""
    action, model = codename.split("_", 1)
    content_type, _ = apps.get_model("contenttypes", "ContentType").objects.get_or_create(
        app_label=app, model=model
    )
    found, _ = apps.get_model("auth", "Permission").objects.get_or_create(
        content_type=content_type,
        codename=codename,
        defaults={"name": f"Can {action} {apps.get_model(app, model)._meta.verbose_name}"[:255]},
    )
    return found


def take_roles(apps, schema_editor):
    apps.get_model("auth", "Group").objects.filter(name__in=ROLES).delete()


class Migration(migrations.Migration):
    dependencies = [
        ("papers", "0005_curators_desk"),
        ("auth", "0012_alter_user_first_name_max_length"),
        ("contenttypes", "0002_remove_content_type_name"),
    ]

    operations = [migrations.RunPython(make_roles, take_roles)]
