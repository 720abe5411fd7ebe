"""Databases that stopped between the ten migrations that ``0001_initial`` takes the place of.

Django says nothing about them: it uses a migration that replaces others only where all of these are
applied or none, and otherwise goes on as if the app had no migrations.
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
    """Whether some of the ten migrations were applied to this database, and not all of them."""
    replaced = set(import_module("papers.migrations.0001_initial").Migration.replaces)
    recorded = MigrationRecorder(connection).applied_migrations()
    applied = {key for key in recorded if key[0] == "papers"}
    return bool(applied) and not applied >= replaced
