"""The nodes of a parsed line of text, which can be written as HTML or as plain text."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TypeAlias


@dataclass(frozen=True)
class Formula:
    """The TeX of a formula without its delimiters; ``source`` is the original with them."""

    tex: str
    display: bool
    source: str


@dataclass(frozen=True)
class Styled:
    """Text in one of the styles of ``html.ELEMENTS``."""

    style: str
    children: "tuple[Node, ...]"


@dataclass(frozen=True)
class Link:
    """A link to a page of arXiv. An empty address means the paper's own page at arXiv."""

    children: "tuple[Node, ...]"
    address: str = ""


Node: TypeAlias = str | Formula | Styled | Link


def joined(nodes: Iterable[Node]) -> tuple[Node, ...]:
    """Return the nodes, with adjacent texts joined."""
    found: list[Node] = []
    texts: list[str] = []
    for node in nodes:
        if isinstance(node, str):
            texts.append(node)
            continue
        if text := "".join(texts):
            found.append(text)
        texts.clear()
        found.append(node)
    if text := "".join(texts):
        found.append(text)
    return tuple(found)
