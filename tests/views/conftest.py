"""Fixtures for page tests: named papers of ``sample/``, and pages as users see them."""

import re

import pytest
from django.test import Client
from lxml import html

# Papers of the sample, named after their special property (see sample/).
EXPLAINED = "2501.99010"  # its Chinese title is followed by the model's explanation
WITHOUT_CHINESE = "2501.99005"
TOO_SHORT = "2501.99026"  # its Chinese abstract is a single line like a title
IN_THREE_DIGESTS = "2501.99021"  # and its abstracts have two paragraphs
ANGLE_BRACKETS = "2501.99019"  # says <think> in its abstract
FOURTEEN_AUTHORS = "2501.99002"


class Answer:
    """A page: its status, its visible text, and its elements by CSS selector."""

    def __init__(self, response) -> None:
        self.response = response
        self.status = response.status_code
        self.source = response.content.decode()
        self._tree = html.fromstring(self.source) if self.source.strip() else None

    def all(self, selector: str) -> list[str]:
        """Return the texts of the elements that the selector finds."""
        return [_squeezed(one.text_content()) for one in self._tree.cssselect(selector)]

    def attributes(self, selector: str, name: str) -> list[str]:
        return [one.get(name) for one in self._tree.cssselect(selector)]

    def html(self, selector: str) -> list[str]:
        """Return the elements that the selector finds, as HTML."""
        return [html.tostring(one, encoding="unicode") for one in self._tree.cssselect(selector)]

    @property
    def text(self) -> str:
        (main,) = self._tree.cssselect("main")
        return _squeezed(main.text_content())


def _squeezed(text: str) -> str:
    return re.sub(r"\s+", " ", text).strip()


@pytest.fixture
def read(client: Client):
    """Return a function that reads a page: ``read("/papers/", lang="zh")``."""

    def read(path: str, headers: dict | None = None, **query) -> Answer:
        return Answer(client.get(path, query, headers=headers))

    return read
