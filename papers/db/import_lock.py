"""Locks for one import, translation run, upload worker, fetch, daily run, preparation at a time.

The kernel or the database frees them when the process ends.
"""

import datetime
import fcntl
import json
import os
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager, nullcontext, suppress

from django.db import DatabaseError, connection

# Arbitrary numbers, the same for every process on one PostgreSQL database.
_ADVISORY_KEYS = {
    "import": 0x4475697A68616F,
    "uploads": 0x4475697A686170,
    "translation": 0x4475697A686171,
    "fetch": 0x4475697A686172,
    "daily": 0x4475697A686173,
    "prepare": 0x4475697A686174,
}
_ADVISORY_HOLDER = """
    SELECT activity.pid, activity.backend_start
    FROM pg_locks AS locks JOIN pg_stat_activity AS activity USING (pid)
    WHERE locks.locktype = 'advisory' AND locks.granted
      AND locks.database = (SELECT oid FROM pg_database WHERE datname = current_database())
      AND (locks.classid::bigint << 32) + locks.objid::bigint = %s
"""
_BUSY = dict.fromkeys(
    ("import", "uploads"),
    "Another import is running{}; try again when it has finished, or use --wait SECONDS.",
) | {
    "translation": "Another translation run is running{}; try again when it has finished.",
    "fetch": "Another fetch is running{}; try again when it has finished.",
    "daily": "Another daily run is running{}; it does what this one would do.",
    "prepare": "Another process is preparing the database{}; start again when it has finished.",
}
_BETWEEN_TRIES = 0.2  # seconds
_TO_SAY_WHO = 2.0  # seconds that a process with the lock may take to write its process id


class ImportRunning(Exception):
    """Another process of the kind holds the lock. The message names it and the remedy."""


@contextmanager
def import_lock(wait: float = 0.0) -> Iterator[None]:
    """Hold the import lock while the block runs.

    Wait up to ``wait`` seconds for another import to end, then raise ImportRunning.
    """
    with _lock("import", time.monotonic() + wait):
        yield


@contextmanager
def translation_lock() -> Iterator[None]:
    """Hold the lock of the translator while the block runs. Raise ImportRunning if another has it.

    Imports go on meanwhile.
    """
    with _lock("translation", time.monotonic()):
        yield


@contextmanager
def fetch_lock(wait: float = 0.0) -> Iterator[None]:
    """Hold the lock of the publishers' checkouts while the block runs.

    Wait up to ``wait`` seconds for another fetch to end, then raise ImportRunning.
    """
    with _lock("fetch", time.monotonic() + wait):
        yield


@contextmanager
def daily_lock() -> Iterator[None]:
    """Hold the lock of the daily run while the block runs. Raise ImportRunning if it is taken."""
    with _lock("daily", time.monotonic()):
        yield


@contextmanager
def preparing_lock(wait: float) -> Iterator[None]:
    """Hold the lock of preparing the database while the block runs: one node migrates at a time.

    Wait up to ``wait`` seconds for another node, then raise ImportRunning.
    """
    with _lock("prepare", time.monotonic() + wait):
        yield


def is_translating() -> bool:
    """Return whether any process holds the lock of the translator."""
    return _is_held("translation")


@contextmanager
def only_queue() -> Iterator[bool]:
    """Hold the upload lock while the block runs, and yield whether this process got it.

    Do not wait if another process has it.
    """
    with ExitStack() as held:
        try:
            held.enter_context(_lock("uploads", time.monotonic()))
        except ImportRunning:
            yield False
            return
        yield True


def queue_is_worked_off() -> bool:
    """Return whether any process is importing uploads now."""
    return _is_held("uploads")


def _is_held(name: str) -> bool:
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(_ADVISORY_HOLDER, [_ADVISORY_KEYS[name]])
            return cursor.fetchone() is not None
    if in_memory(str(connection.settings_dict["NAME"])):
        return False
    descriptor = _open_lock(name)
    try:
        return not _try_lock(descriptor)
    finally:
        os.close(descriptor)


def _lock(name: str, until: float) -> AbstractContextManager[None]:
    if connection.vendor == "postgresql":
        return _advisory_lock(name, until)
    if in_memory(str(connection.settings_dict["NAME"])):
        return nullcontext()  # no other process can open a database in memory
    return _file_lock(name, until)


def in_memory(name: str) -> bool:
    return name == ":memory:" or "mode=memory" in name


@contextmanager
def _file_lock(name: str, until: float) -> Iterator[None]:
    """Hold a lock on a file next to the database. The kernel frees it when the process ends."""
    descriptor = _open_lock(name)
    try:
        _wait(lambda: _try_lock(descriptor), until, lambda: _holder(descriptor), _BUSY[name])
        _write(descriptor, json.dumps(_this_process()))
        yield
        _write(descriptor, "")
    finally:
        os.close(descriptor)


def _open_lock(name: str) -> int:
    path = f"{connection.settings_dict['NAME']}.{name}-lock"
    return os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)


def _try_lock(descriptor: int) -> bool:
    with suppress(BlockingIOError):
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        return True
    return False


def _this_process() -> dict[str, str | int]:
    started = datetime.datetime.now().strftime("%Y-%m-%d %H:%M:%S")
    return {"process": os.getpid(), "since": started}


def _write(descriptor: int, text: str) -> None:
    os.ftruncate(descriptor, 0)
    os.pwrite(descriptor, text.encode(), 0)


def _holder(descriptor: int) -> str:
    """Return the process that holds the lock, as words for a message; empty if it is not known.

    The file may be empty or name a process that has died: the present holder has not written yet.
    """
    with suppress(ValueError, KeyError, TypeError, ProcessLookupError):
        holder = json.loads(os.pread(descriptor, 200, 0))
        with suppress(PermissionError):  # raised for another user's process, which is alive too
            os.kill(holder["process"], 0)
        return f" (process {holder['process']} since {holder['since']})"
    return ""


@contextmanager
def _advisory_lock(name: str, until: float) -> Iterator[None]:
    """Hold a PostgreSQL advisory lock. The server frees it when the connection ends."""
    key = _ADVISORY_KEYS[name]
    with connection.cursor() as cursor:

        def try_lock() -> bool:
            cursor.execute("SELECT pg_try_advisory_lock(%s)", [key])
            return bool(cursor.fetchone()[0])

        def holder() -> str:
            cursor.execute(_ADVISORY_HOLDER, [key])
            row = cursor.fetchone()
            return f" (process {row[0]} since {row[1]:%Y-%m-%d %H:%M:%S})" if row else ""

        _wait(try_lock, until, holder, _BUSY[name])
        try:
            yield
        finally:
            with suppress(DatabaseError):  # a lost connection has freed the lock already
                cursor.execute("SELECT pg_advisory_unlock(%s)", [key])


def _wait(try_lock: Callable[[], bool], until: float, holder: Callable[[], str], busy: str) -> None:
    while not try_lock():
        now = time.monotonic()
        # A lock without a known holder was taken or freed just now, so try again.
        if now >= until and ((who := holder()) or now >= until + _TO_SAY_WHO):
            raise ImportRunning(busy.format(who))
        time.sleep(_BETWEEN_TRIES)
