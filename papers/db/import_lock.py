"""One import at a time, one process for uploads at a time: locks that die with their process."""

import datetime
import fcntl
import json
import os
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager, nullcontext, suppress

from django.db import DatabaseError, connection

# Any numbers serve; they only have to be the same for every process on one PostgreSQL database.
_ADVISORY_KEYS = {"import": 0x4475697A68616F, "uploads": 0x4475697A686170}
_ADVISORY_HOLDER = """
    SELECT activity.pid, activity.backend_start
    FROM pg_locks AS locks JOIN pg_stat_activity AS activity USING (pid)
    WHERE locks.locktype = 'advisory' AND locks.granted
      AND locks.database = (SELECT oid FROM pg_database WHERE datname = current_database())
      AND (locks.classid::bigint << 32) + locks.objid::bigint = %s
"""
_BETWEEN_TRIES = 0.2  # seconds
_TO_SAY_WHO = 2.0  # seconds that a process with the lock may take to say who it is


class ImportRunning(Exception):
    """Another import holds the lock; the message says which and what to do."""


@contextmanager
def import_lock(wait: float = 0.0) -> Iterator[None]:
    """Holds the lock while the block runs.

    Waits up to ``wait`` seconds for another import to end, then raises ImportRunning.
    """
    with _lock("import", time.monotonic() + wait):
        yield


@contextmanager
def only_queue() -> Iterator[bool]:
    """Whether this process is now the one that works off uploads, while the block runs. Does not
    wait for another one."""
    with ExitStack() as held:
        try:
            held.enter_context(_lock("uploads", time.monotonic()))
        except ImportRunning:
            yield False
            return
        yield True


def queue_is_worked_off() -> bool:
    """Whether some process works off uploads."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(_ADVISORY_HOLDER, [_ADVISORY_KEYS["uploads"]])
            return cursor.fetchone() is not None
    if in_memory(str(connection.settings_dict["NAME"])):
        return False
    descriptor = _open_lock("uploads")
    try:
        return not _try_lock(descriptor)
    finally:
        os.close(descriptor)


def _lock(name: str, until: float) -> AbstractContextManager[None]:
    if connection.vendor == "postgresql":
        return _advisory_lock(_ADVISORY_KEYS[name], until)
    if in_memory(str(connection.settings_dict["NAME"])):
        return nullcontext()  # no other process can reach it
    return _file_lock(name, until)


def in_memory(name: str) -> bool:
    return name == ":memory:" or "mode=memory" in name


@contextmanager
def _file_lock(name: str, until: float) -> Iterator[None]:
    """A lock on a file beside the database; the kernel releases it when the process ends."""
    descriptor = _open_lock(name)
    try:
        _wait(lambda: _try_lock(descriptor), until, lambda: _holder(descriptor))
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
    """Empty where the file names nobody, or a process that died with the lock and has left its
    name: whoever has the lock now has not yet said so."""
    with suppress(ValueError, KeyError, TypeError, ProcessLookupError):
        holder = json.loads(os.pread(descriptor, 200, 0))
        with suppress(PermissionError):  # somebody else's process is alive too
            os.kill(holder["process"], 0)
        return f" (process {holder['process']} since {holder['since']})"
    return ""


@contextmanager
def _advisory_lock(key: int, until: float) -> Iterator[None]:
    """PostgreSQL's own lock of this connection; the server releases it when the connection ends."""
    with connection.cursor() as cursor:

        def try_lock() -> bool:
            cursor.execute("SELECT pg_try_advisory_lock(%s)", [key])
            return bool(cursor.fetchone()[0])

        def holder() -> str:
            cursor.execute(_ADVISORY_HOLDER, [key])
            row = cursor.fetchone()
            return f" (process {row[0]} since {row[1]:%Y-%m-%d %H:%M:%S})" if row else ""

        _wait(try_lock, until, holder)
        try:
            yield
        finally:
            with suppress(DatabaseError):  # a lost connection has released it already
                cursor.execute("SELECT pg_advisory_unlock(%s)", [key])


def _wait(try_lock: Callable[[], bool], until: float, holder: Callable[[], str]) -> None:
    while not try_lock():
        now = time.monotonic()
        # A lock of nobody has just been taken or given back: that is worth another try.
        if now >= until and ((who := holder()) or now >= until + _TO_SAY_WHO):
            raise ImportRunning(
                f"Another import is running{who}; try again when it has finished, "
                "or use --wait SECONDS."
            )
        time.sleep(_BETWEEN_TRIES)
