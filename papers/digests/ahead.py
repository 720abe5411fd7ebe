"""The next digests are parsed by a second process while this one writes those before them.

What a digest's text alone decides is half of an import (``papers.digests.foreseeing``), and needs
no database. Where the second process cannot be had, or dies, all is worked out here.
"""

import logging
import os
import pickle
import subprocess
import sys
from collections.abc import Iterable
from concurrent.futures import Future, ThreadPoolExecutor
from types import TracebackType
from typing import NamedTuple

from django.conf import settings

from papers import foreseen
from papers.digests import forms
from papers.digests.errors import DigestRefused
from papers.digests.forms import Content, Reading
from papers.foreseen import Answers
from papers.search.index import current_version

logger = logging.getLogger(__name__)


class Worked(NamedTuple):
    """What came of a digest, and what else its text decides."""

    reading: Reading | DigestRefused
    answers: Answers


class Ahead:
    """The second process: begins with the first digest that it is given, ends with the block."""

    def __init__(self) -> None:
        self._process: subprocess.Popen[bytes] | None = None
        self._is_of_use = cores() > 1
        self._line = ThreadPoolExecutor(max_workers=1)  # one question at a time, in their order
        self._asked: dict[tuple[str, str], Future[Worked]] = {}  # by the file and its hash

    def __enter__(self) -> "Ahead":
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._end()
        self._line.shutdown(cancel_futures=True)
        foreseen.forget()

    def start(self, contents: Iterable[Content]) -> None:
        """Has these parsed meanwhile, where two things can be done at once."""
        for content in contents if self._is_of_use else ():
            try:
                process = self._process = self._process or _started()
            except OSError as error:
                self._give_up(error)
                return
            self._asked[_name(content)] = self._line.submit(_ask, process, content)

    def parse(self, content: Content) -> Reading:
        """As ``forms.parse`` does, and learns what else was found out."""
        asked = self._asked.pop(_name(content), None)
        worked = asked and self._answer(asked)
        if not worked:
            return forms.parse(content)
        foreseen.learn(worked.answers)
        if isinstance(worked.reading, DigestRefused):
            raise worked.reading
        return worked.reading

    def _answer(self, asked: Future[Worked]) -> Worked | None:
        try:
            return asked.result()
        except (OSError, EOFError, pickle.PickleError) as error:
            self._give_up(error)
            return None

    def _give_up(self, error: Exception) -> None:
        """Once: what it was asked is worked out here, and so is all that comes."""
        logger.warning("The import's second process is gone; going on without it. %s", error)
        self._is_of_use = False
        for asked in self._asked.values():
            asked.cancel()
        self._asked.clear()
        self._end()

    def _end(self) -> None:
        if self._process:
            self._process.kill()
            self._process.communicate()


def _name(content: Content) -> tuple[str, str]:
    return content.main.shown, content.hash


def cores() -> int:
    """How many cores this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def _started() -> subprocess.Popen[bytes]:
    """A process that sees the end of its input when this one dies, however that happens.

    In a session of its own, as a Ctrl-C at the terminal is not meant for it.
    """
    return subprocess.Popen(
        [sys.executable, "-m", "papers.digests.foreseeing"],
        cwd=settings.BASE_DIR,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )


def _ask(process: subprocess.Popen[bytes], content: Content) -> Worked:
    """Gives the digest to the other process, and waits for what comes of it.

    Raises EOFError where that process is gone or would make another index than this one.
    """
    assert process.stdin
    assert process.stdout
    pickle.dump(content.detached(), process.stdin)
    process.stdin.flush()
    version, reading, answers = pickle.load(process.stdout)
    if version != current_version():
        raise EOFError(f"It would index with {version}.")
    return Worked(reading, answers)
