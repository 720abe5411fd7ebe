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
from concurrent.futures import CancelledError, Future, ThreadPoolExecutor
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
        if cores() > 1:
            for content in contents:
                self._asked[_name(content)] = self._line.submit(self._ask, content)

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
        except CancelledError:
            return None
        except (OSError, EOFError, pickle.PickleError) as error:
            logger.warning("The import's second process is gone; going on without it. %s", error)
            for other in self._asked.values():
                other.cancel()
            self._asked.clear()
            self._end()
            return None

    def _ask(self, content: Content) -> Worked:
        """Gives the digest to the other process, and waits for what comes of it."""
        process = self._process = self._process or _started()
        assert process.stdin
        assert process.stdout
        pickle.dump(content.detached(), process.stdin)
        process.stdin.flush()
        return Worked(*pickle.load(process.stdout))

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

    In a session of its own, as a Ctrl-C at the terminal is not meant for it. Raises EOFError where
    it would make another index than this process.
    """
    process = subprocess.Popen(
        [sys.executable, "-m", "papers.digests.foreseeing"],
        cwd=settings.BASE_DIR,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    assert process.stdout
    if pickle.load(process.stdout) != current_version():
        process.kill()
        process.communicate()
        raise EOFError("It would index in another way.")
    return process
