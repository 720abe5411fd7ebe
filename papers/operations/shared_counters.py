"""Counters that all processes of one server share, without a process of their own.

They lie in a file without a name that is mapped into memory before the server forks. Each process
adds to a row of its own, so that no addition needs a lock between processes, and any process reads
the sums. A row whose process has ended is taken over with what it holds: sums never fall while the
server runs.
"""

import fcntl
import mmap
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Lock

ROWS = 512  # processes at a time, twice as many as gunicorn.conf.py lets be started
_WORD = 8  # bytes of a number


class SharedCounters:
    """``size`` sums of floating-point numbers. Create it before the fork."""

    def __init__(self, size: int) -> None:
        self._width = size + 1  # a row begins with the id of its process
        self._file = tempfile.TemporaryFile()  # noqa: SIM115, open as long as the server runs
        self._file.truncate(ROWS * self._width * _WORD)
        self._numbers = memoryview(mmap.mmap(self._file.fileno(), 0)).cast("d")
        self._threads = Lock()
        self._pid, self._start = 0, 0

    def add(self, amounts: dict[int, float]) -> None:
        """Add to the sums with these numbers."""
        with self._threads:
            if self._pid != (pid := os.getpid()):
                self._start = self._claimed_by(pid)
                self._pid = pid
            for number, amount in amounts.items():
                self._numbers[self._start + 1 + number] += amount

    def sums(self) -> list[float]:
        """Return all sums, over all processes, those that have ended too."""
        rows = [self._numbers[start + 1 : start + self._width].tolist() for start in self._rows()]
        return [sum(column) for column in zip(*rows, strict=True)]

    def processes(self) -> list[int]:
        """Return the ids of the running processes that have counted."""
        owners = (int(self._numbers[start]) for start in self._rows())
        return sorted(pid for pid in owners if pid and _is_running(pid))

    def _rows(self) -> range:
        return range(0, ROWS * self._width, self._width)

    def _claimed_by(self, pid: int) -> int:
        """Return the start of a row that no running process has, now this one's."""
        with self._locked():
            for start in self._rows():
                owner = int(self._numbers[start])
                if not owner or not _is_running(owner):
                    self._numbers[start] = pid
                    return start
        raise RuntimeError(f"More than {ROWS} processes count.")

    @contextmanager
    def _locked(self) -> Iterator[None]:
        """Keep other processes from claiming; the kernel ends it with the process."""
        fcntl.lockf(self._file, fcntl.LOCK_EX)
        try:
            yield
        finally:
            fcntl.lockf(self._file, fcntl.LOCK_UN)


def _is_running(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True
