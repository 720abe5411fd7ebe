"""The data's version: a token that is new after every change that a reader could see.

Cached pages and validators carry it, so what was made from older data is never served again. A
token is random rather than counted: a database restored from a backup has the token that its data
had, and not one that other data will have later.
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

# Every request asks this before anything else; the ORM would take ten times as long to say it.
_READ = f"SELECT token, at FROM {DataVersion._meta.db_table} WHERE id = %s"
THE_BEGINNING = datetime.datetime(2025, 1, 1, tzinfo=datetime.UTC)


@dataclass(frozen=True)
class Version:
    """A state of the data, and since when it is so."""

    token: str
    at: datetime.datetime


def current(using: str = DEFAULT_DB_ALIAS) -> Version:
    """The version of this database, in one query. Raises DatabaseError where it cannot be had."""
    with connections[using].cursor() as cursor:
        cursor.execute(_READ, [THE_ROW])
        row = cursor.fetchone()
    return Version(row[0], _in_utc(row[1])) if row else Version("new", THE_BEGINNING)


def _in_utc(moment: datetime.datetime) -> datetime.datetime:
    """SQLite does not say which zone its moments are in; Django writes them in UTC."""
    return moment.replace(tzinfo=datetime.UTC) if timezone.is_naive(moment) else moment


_of_this_page: ContextVar[Version | None] = ContextVar("of_this_page", default=None)


@contextmanager
def using_version(version: Version) -> Iterator[None]:
    """Within the block a page is made from data of this version."""
    token = _of_this_page.set(version)
    try:
        yield
    finally:
        _of_this_page.reset(token)


def current_for_request() -> Version:
    """The version that the page is made from, without asking again."""
    return _of_this_page.get() or current()


def mark_data_changed() -> None:
    """Says that readers may see something else once this transaction ends.

    Whoever writes what readers see calls it, within the transaction that writes.
    """
    changed = {"token": secrets.token_hex(8), "at": timezone.now()}
    DataVersion.objects.using(DEFAULT_DB_ALIAS).update_or_create(pk=THE_ROW, defaults=changed)
