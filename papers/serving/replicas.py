"""Read-only copies of the database: which of them may answer a reader.

A public page is read from a replica that has the primary's version of the data; everything else,
writes and what a curator reads, from the primary. A replica that lags, or does not answer, is
left out until it is right again.
"""

import logging
import random
import time
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from django.conf import settings
from django.db import DEFAULT_DB_ALIAS, DatabaseError
from django.db.models import Model

from papers import versions

logger = logging.getLogger(__name__)

LEFT_ALONE_FOR = 10.0  # seconds after an error

_reading_from: ContextVar[str] = ContextVar("reading_from", default=DEFAULT_DB_ALIAS)
_last_read_from: ContextVar[str] = ContextVar("last_read_from", default=DEFAULT_DB_ALIAS)
_dead_until: dict[str, float] = {}


class ReplicaRouter:
    """Django's question which database; see DATABASE_ROUTERS."""

    def db_for_read(self, model: type[Model], **hints: object) -> str:
        return _reading_from.get()

    def db_for_write(self, model: type[Model], **hints: object) -> str:
        return DEFAULT_DB_ALIAS

    def allow_relation(self, one: Model, other: Model, **hints: object) -> bool:
        return True  # they are copies of one database

    def allow_migrate(self, db: str, app_label: str, **hints: object) -> bool:
        return db == DEFAULT_DB_ALIAS


@contextmanager
def reading_what(version: versions.Version) -> Iterator[str]:
    """Within the block rows are read from a replica that has this version, if there is one.

    Gives the name of that database.
    """
    alias = _one_with(version)
    with reading_from(alias):
        yield alias


@contextmanager
def reading_from(alias: str) -> Iterator[None]:
    """Within the block rows are read from this database."""
    token = _reading_from.set(alias)
    try:
        yield
    finally:
        _last_read_from.set(alias)
        _reading_from.reset(token)


def leave_alone_what_died() -> bool:
    """After an error: whether the last page was read from a replica that does not answer now."""
    alias = _last_read_from.get()
    if alias == DEFAULT_DB_ALIAS:
        return False
    try:
        versions.current(using=alias)
    except DatabaseError as error:
        _leave_alone(alias, error)
        return True
    return False


def _leave_alone(alias: str, error: DatabaseError) -> None:
    _dead_until[alias] = time.monotonic() + LEFT_ALONE_FOR
    logger.warning("%s does not answer (%s).", alias, type(error).__name__)


def _one_with(version: versions.Version) -> str:
    replicas = list(settings.REPLICAS)
    random.shuffle(replicas)
    return next((alias for alias in replicas if _has(alias, version)), DEFAULT_DB_ALIAS)


def _has(alias: str, version: versions.Version) -> bool:
    if time.monotonic() < _dead_until.get(alias, 0.0):
        return False
    try:
        return versions.current(using=alias).token == version.token
    except DatabaseError as error:
        _leave_alone(alias, error)
        return False
