"""The next digests are parsed by a second process while this one writes those before them.

What a digest's text alone decides is half of an import (``papers.digests.foreseeing``), and needs
no database. Where the second process cannot be had, or dies, all is worked out here.
"""

import logging
from collections.abc import Iterable
from concurrent.futures import Future
from types import TracebackType

from papers.digests import formats
from papers.digests.errors import DigestRefused
from papers.digests.foreseeing import Worked, worked
from papers.digests.formats import Content, Reading
from papers.parallel import LOST, SideProcess, cores
from papers.text import precomputed

logger = logging.getLogger(__name__)


class Ahead:
    """The second process: begins with the first digest that it is given, ends with the block."""

    def __init__(self) -> None:
        self._process: SideProcess | None = None
        self._is_of_use = cores() > 1
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
        precomputed.forget()

    def start(self, contents: Iterable[Content]) -> None:
        """Has these parsed meanwhile, where two things can be done at once."""
        for content in contents if self._is_of_use else ():
            try:
                process = self._process = self._process or SideProcess()
            except OSError as error:
                self._give_up(error)
                return
            self._asked[_name(content)] = process.ask(worked, content.detached())

    def parse(self, content: Content) -> Reading:
        """As ``forms.parse`` does, and learns what else was found out."""
        asked = self._asked.pop(_name(content), None)
        found = asked and self._answer(asked)
        if not found:
            return formats.parse(content)
        precomputed.learn(found.answers)
        if isinstance(found.reading, DigestRefused):
            raise found.reading
        return found.reading

    def _answer(self, asked: Future[Worked]) -> Worked | None:
        try:
            return asked.result()
        except LOST as error:
            self._give_up(error)
            return None

    def _give_up(self, error: Exception) -> None:
        """Once: what it was asked is worked out here, and so is all that comes."""
        logger.warning("The import's second process is gone; going on without it. %s", error)
        self._is_of_use = False
        self._asked.clear()
        self._end()

    def _end(self) -> None:
        if self._process:
            self._process.end()
            self._process = None


def _name(content: Content) -> tuple[str, str]:
    return content.main.shown, content.hash
