"""Run pure functions in worker processes, to use all cores.

The results do not depend on it, only the time. Workers are spawned, because a forked process would
inherit the database connection and the import lock.
"""

import gc
import logging
import multiprocessing
import os
import signal
import sys
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import BrokenExecutor, Future, ProcessPoolExecutor
from contextlib import contextmanager
from itertools import chain, islice
from threading import Thread
from typing import Self, TypeVar

import django

logger = logging.getLogger(__name__)

MAX_WORKERS = 4  # of 120 MB each; one process writes their results and cannot keep more busy
AHEAD = 2  # arguments per worker that are submitted before the first result is needed
_SIGNALS = {signal.SIGINT, signal.SIGTERM}

A = TypeVar("A")
R = TypeVar("R")


class UnfitWorker(Exception):
    """Raised in a worker whose results could differ from those of the parent process."""


_POOL_FAILURES = (BrokenExecutor, MemoryError, NotImplementedError, OSError, UnfitWorker)


class Pool:
    """A pool of at most ``most`` workers; none on a single core. The first call starts them.

    If no worker can be started, or one dies, the pool logs one warning and stops: ``submit`` and
    ``result`` then return None, and the caller computes the result itself.
    """

    def __init__(self, most: int) -> None:
        self.size = min(cores(), most) if cores() > 1 else 0
        self._executor: ProcessPoolExecutor | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        if self._executor:
            if sys.version_info < (3, 11, 5):
                # Without this, a thread waits for ever for a dead worker (cpython's gh-94777).
                self._executor._call_queue._reader.close()  # type: ignore[attr-defined]
            self._executor.shutdown(cancel_futures=True)

    def submit(self, function: Callable[..., R], *arguments: object) -> "Future[R] | None":
        if not self.size:
            return None
        try:
            self._executor = self._executor or _executor(self.size)
            with _signals_blocked():
                return self._executor.submit(function, *arguments)
        except _POOL_FAILURES as error:
            self._give_up(error)
            return None

    def result(self, future: "Future[R] | None") -> R | None:
        """Return the result of a submitted call. Raise what the function raised."""
        try:
            return future.result() if future else None
        except _POOL_FAILURES as error:
            self._give_up(error)
            return None

    def _give_up(self, error: Exception) -> None:
        if self.size:
            logger.warning("Going on without worker processes. %s", error)
        self.size = 0


def cores() -> int:
    """Return the number of cores that this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def parallel_map(
    function: Callable[[A], R], arguments: Iterable[A], most: int = MAX_WORKERS
) -> Iterator[R]:
    """Like ``map``, on all cores, for a function that never returns None.

    It reads only a few arguments ahead. It starts at most ``most`` workers, and none for a single
    argument.
    """
    rest = iter(arguments)
    first = list(islice(rest, 2))
    with Pool(most if len(first) > 1 else 0) as pool:
        waiting: deque[tuple[A, Future[R] | None]] = deque()

        def next_result() -> R:
            argument, future = waiting.popleft()
            result = pool.result(future)
            return function(argument) if result is None else result

        for argument in chain(first, rest):
            waiting.append((argument, pool.submit(function, argument)))
            if len(waiting) > AHEAD * pool.size:
                yield next_result()
        while waiting:
            yield next_result()


def _executor(workers: int) -> ProcessPoolExecutor:
    os.chdir(os.getcwd())  # each worker does this; if it is denied, no worker can start
    context = multiprocessing.get_context("spawn")
    return ProcessPoolExecutor(
        workers, context, initializer=_initialize_worker, initargs=gc.get_threshold()
    )


@contextmanager
def _signals_blocked() -> Iterator[None]:
    """Block signals between the start of a worker and its registration.

    A signal that raised in between would leave the worker running. Workers inherit the mask: Ctrl-C
    in a terminal is meant for the parent process.
    """
    before = signal.pthread_sigmask(signal.SIG_BLOCK, _SIGNALS)
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _initialize_worker(*gc_threshold: int) -> None:
    gc.set_threshold(*gc_threshold)  # as the parent process has it
    Thread(target=_end_with_parent, daemon=True).start()
    signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGTERM})  # ends a worker
    django.setup()


def _end_with_parent() -> None:
    """Exit when the parent process has ended, even if SIGKILL ended it."""
    parent = multiprocessing.parent_process()
    assert parent
    parent.join()
    os._exit(0)
