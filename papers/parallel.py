"""Pure functions worked out by another process of the site's code, while this one goes on.

``papers.side_program`` is what runs there. Where no other process can be had, or it dies, all is
worked out here: nothing but time depends on one.
"""

import logging
import os
import pickle
import subprocess
import sys
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import ExitStack
from itertools import chain, islice
from typing import TypeVar

from django.conf import settings

from papers.search.index_version import current_version

logger = logging.getLogger(__name__)

MAX_TOGETHER = 4  # processes, of 120 MB each; whoever writes what they make keeps no more busy
AHEAD = 2  # arguments for each process that wait or are being worked out
LOST = (OSError, EOFError, pickle.PickleError)
"""What asking a process raises that is gone, or would make another index than this one."""

A = TypeVar("A")
R = TypeVar("R")


class SideProcess:
    """A process that answers one question after the other, until it is ended.

    It sees the end of its input when this one dies, however that happens. It is in a session of its
    own, as a Ctrl-C at the terminal is not meant for it. Raises OSError where there cannot be one.
    """

    def __init__(self) -> None:
        self._line = ThreadPoolExecutor(max_workers=1)  # one question at a time, in their order
        self._process = subprocess.Popen(
            [sys.executable, "-m", "papers.side_program"],
            cwd=settings.BASE_DIR,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )

    def ask(self, function: Callable[[A], R], argument: A) -> "Future[R]":
        """Its answer may raise one of ``LOST``."""
        return self._line.submit(self._asked, function, argument)

    def end(self) -> None:
        """Whatever it was asked and has not answered is cancelled or lost."""
        self._process.kill()
        self._line.shutdown(cancel_futures=True)
        self._process.communicate()

    def _asked(self, function: Callable[[A], R], argument: A) -> R:
        assert self._process.stdin
        assert self._process.stdout
        pickle.dump((function, argument), self._process.stdin)
        self._process.stdin.flush()
        version, answer = pickle.load(self._process.stdout)
        if version != current_version():
            raise EOFError(f"It would index with {version}.")
        return answer


def cores() -> int:
    """How many cores this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def worked_out(function: Callable[[A], R], arguments: Iterable[A]) -> Iterator[R]:
    """What the function makes of each argument, in their order, on all cores; some arguments are
    taken ahead. For a single one no process is started."""
    rest = iter(arguments)
    first = list(islice(rest, 2))
    with ExitStack() as stack:
        processes = _several(stack) if len(first) > 1 else []
        if processes:
            yield from _divided(processes, function, chain(first, rest))
        else:
            yield from map(function, chain(first, rest))


def _divided(
    processes: list[SideProcess], function: Callable[[A], R], arguments: Iterable[A]
) -> Iterator[R]:
    asked: deque[tuple[A, SideProcess, Future[R]]] = deque()
    for number, argument in enumerate(arguments):
        if processes:
            process = processes[number % len(processes)]
            asked.append((argument, process, process.ask(function, argument)))
            if len(asked) > AHEAD * len(processes):
                yield _answer(processes, function, *asked.popleft())
        else:
            yield from (_answer(processes, function, *one) for one in asked)
            asked.clear()
            yield function(argument)
    yield from (_answer(processes, function, *one) for one in asked)


def _several(stack: ExitStack) -> list[SideProcess]:
    """As many as are of use and can be had: none where there is one core."""
    processes: list[SideProcess] = []
    number = min(cores(), MAX_TOGETHER)
    try:
        for _ in range(number if number > 1 else 0):
            processes.append(SideProcess())
            stack.callback(processes[-1].end)
    except OSError as error:
        logger.warning("No other process can be had. %s", error)
    return processes


def _answer(
    processes: list[SideProcess],
    function: Callable[[A], R],
    argument: A,
    process: SideProcess,
    asked: "Future[R]",
) -> R:
    """Of a process that is gone the work is done here, and it is asked no more."""
    try:
        return asked.result()
    except LOST as error:
        if process in processes:
            processes.remove(process)
            logger.warning("Another process is gone; its work is done here. %s", error)
        return function(argument)
