"""Dry runs: run an import on the real data, then discard everything that it wrote."""

import os
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager

from django.db import DEFAULT_DB_ALIAS, connection, connections, transaction
from django.db.backends.base.base import BaseDatabaseWrapper

from papers.db.import_lock import import_lock, in_memory


@contextmanager
def dry_run(wait: float = 0.0) -> Iterator[None]:
    """Discard everything that the block writes.

    On SQLite, which allows one writer at a time, the block works on a copy of the database, so
    that no other process has to wait. On PostgreSQL it works in a transaction that is rolled back:
    readers see nothing of it, and other imports wait up to ``wait`` seconds (see ``import_lock``,
    which may raise ImportRunning).
    """
    if connection.vendor == "sqlite":
        is_alone = in_memory(str(connection.settings_dict["NAME"])) or connection.in_atomic_block
        sandbox = _rolled_back() if is_alone else _on_a_copy()
        with sandbox:
            yield
    else:
        with import_lock(wait), _rolled_back():
            yield


@contextmanager
def _rolled_back() -> Iterator[None]:
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


@contextmanager
def _on_a_copy() -> Iterator[None]:
    """Use a copy of the database file as the database of this thread."""
    original = connections[DEFAULT_DB_ALIAS]
    copy = original.copy()
    copy.settings_dict["OPTIONS"]["init_command"] = (
        "PRAGMA journal_mode=MEMORY; PRAGMA synchronous=OFF"  # the copy need not survive a crash
    )
    name = str(original.settings_dict["NAME"])
    descriptor, path = tempfile.mkstemp(
        prefix=f"{os.path.basename(name)}-rehearsal-", dir=os.path.dirname(name)
    )
    os.close(descriptor)
    try:
        _copy(original, path)
        copy.settings_dict["NAME"] = path
        copy.ensure_connection()
    finally:
        os.unlink(path)  # the connection keeps it open; a killed process leaves no file
    connections[DEFAULT_DB_ALIAS] = copy
    try:
        yield
    finally:
        connections[DEFAULT_DB_ALIAS] = original
        copy.close()


def _copy(original: BaseDatabaseWrapper, path: str) -> None:
    original.ensure_connection()
    target = sqlite3.connect(path)
    try:
        original.connection.backup(target)
    finally:
        target.close()
