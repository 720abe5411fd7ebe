"""The data version: a token that changes with every change to the data that readers see.

It is part of the keys of cached pages and of ETags, so a page made from older data is never served
again. The token is random, not a counter: after a restore from a backup, a counter would reach
values again that already stood for other data.
"""

import datetime
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass

from django.db import DEFAULT_DB_ALIAS, connections
from django.utils import timezone

from papers.models.site_state import THE_ROW, DataVersion

# Plain SQL, because every request begins with this query and the ORM takes ten times as long.
_READ = f"SELECT token, at FROM {DataVersion._meta.db_table} WHERE id = %s"
THE_BEGINNING = datetime.datetime(2025, 1, 1, tzinfo=datetime.UTC)


@dataclass(frozen=True)
class Version:
    """A version of the data: its token, and the time of the change that made it."""

    token: str
    at: datetime.datetime


def current(using: str = DEFAULT_DB_ALIAS) -> Version:
    """Return the version of this database, in one query. Raise DatabaseError if that fails."""
    with connections[using].cursor() as cursor:
        cursor.execute(_READ, [THE_ROW])
        row = cursor.fetchone()
    return Version(row[0], _in_utc(row[1])) if row else Version("new", THE_BEGINNING)


def _in_utc(moment: datetime.datetime) -> datetime.datetime:
    """Return the time in UTC. SQLite stores no time zone; Django writes times in UTC there."""
    return moment.replace(tzinfo=datetime.UTC) if timezone.is_naive(moment) else moment


_of_this_page: ContextVar[Version | None] = ContextVar("of_this_page", default=None)


@contextmanager
def using_version(version: Version) -> Iterator[None]:
    """Set the version that the current page is made from, within the block."""
    token = _of_this_page.set(version)
    try:
        yield
    finally:
        _of_this_page.reset(token)


def current_for_request() -> Version:
    """Return the version that the current page is made from, without a second query."""
    return _of_this_page.get() or current()


def mark_data_changed() -> None:
    """Mark the public data as changed.

    Call it inside the transaction of every write that changes what readers see.
    """
    changed = {"token": secrets.token_hex(8), "at": timezone.now()}
    DataVersion.objects.using(DEFAULT_DB_ALIAS).update_or_create(pk=THE_ROW, defaults=changed)
