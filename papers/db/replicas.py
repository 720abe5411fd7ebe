"""Choose a read-only replica of the database for each public page.

A public page is read from a replica that has the primary's data version. Everything else (writes,
and all reads by curators) uses the primary. A replica that lags or does not answer is not used
until it has caught up.
"""

import random
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from django.conf import settings
from django.db import DEFAULT_DB_ALIAS
from django.db.models import Model

from papers.db.availability import require_available, version_if_answering
from papers.db.data_version import Version

_reading_from: ContextVar[str] = ContextVar("reading_from", default=DEFAULT_DB_ALIAS)
_last_read_from: ContextVar[str] = ContextVar("last_read_from", default=DEFAULT_DB_ALIAS)


class ReplicaRouter:
    """Django's database router; see the setting DATABASE_ROUTERS."""

    def db_for_read(self, model: type[Model], **hints: object) -> str:
        return _reading_from.get()

    def db_for_write(self, model: type[Model], **hints: object) -> str:
        return DEFAULT_DB_ALIAS

    def allow_relation(self, one: Model, other: Model, **hints: object) -> bool:
        return True  # all databases are copies of one database

    def allow_migrate(self, db: str, app_label: str, **hints: object) -> bool:
        return db == DEFAULT_DB_ALIAS


@contextmanager
def using_replica_at(version: Version) -> Iterator[str]:
    """Read from a replica that has this version, or else from the primary, within the block.

    Yield the alias of that database. Raise OperationalError if no replica has the version and the
    primary did not answer a moment ago.
    """
    alias = _one_with(version)
    require_available(alias)
    with reading_from(alias):
        yield alias


@contextmanager
def reading_from(alias: str) -> Iterator[None]:
    """Read rows from this database within the block."""
    token = _reading_from.set(alias)
    try:
        yield
    finally:
        _last_read_from.set(alias)
        _reading_from.reset(token)


def drop_dead_replica() -> bool:
    """Return whether the last page was read from a replica that no longer answers.

    Call it after a database error. A replica that does not answer is not used for some seconds.
    """
    alias = _last_read_from.get()
    return alias != DEFAULT_DB_ALIAS and version_if_answering(alias) is None


def _one_with(version: Version) -> str:
    replicas = list(settings.REPLICAS)
    random.shuffle(replicas)
    return next((alias for alias in replicas if _has(alias, version)), DEFAULT_DB_ALIAS)


def _has(alias: str, version: Version) -> bool:
    there = version_if_answering(alias)
    return there is not None and there.token == version.token
