"""Detect databases that have only some of the ten migrations that ``0001_initial`` replaces.

Django does not report them: it uses a squashed migration only if all of its replaced migrations are
applied or none, and otherwise continues as if the app had no migrations.
"""

from importlib import import_module

from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.migrations.recorder import MigrationRecorder

WHAT_IS_WRONG = "The database has only some of the migrations 0001 to 0010, which are one now."
WHAT_TO_DO = (
    "Check out the last version that has papers/migrations/0010_sitemap_index.py, run "
    "manage.py migrate there, and come back."
)


def is_half_migrated(connection: BaseDatabaseWrapper) -> bool:
    """Return whether some, but not all, of the ten migrations were applied to this database."""
    replaced = set(import_module("papers.migrations.0001_initial").Migration.replaces)
    recorded = MigrationRecorder(connection).applied_migrations()
    applied = {key for key in recorded if key[0] == "papers"}
    return bool(applied) and not applied >= replaced
