"""What a line of foreign text consists of. It is read once and written in several ways."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TypeAlias


@dataclass(frozen=True)
class Formula:
    """TeX between its delimiters, and the whole as it stood in the text."""

    tex: str
    display: bool
    source: str


@dataclass(frozen=True)
class Styled:
    """Text in one of the styles of ``rendering.ELEMENTS``."""

    style: str
    children: "tuple[Node, ...]"


@dataclass(frozen=True)
class Link:
    """A link: to this page of arXiv, or to the paper's own where the address is empty."""

    children: "tuple[Node, ...]"
    address: str = ""


Node: TypeAlias = str | Formula | Styled | Link


def joined(nodes: Iterable[Node]) -> tuple[Node, ...]:
    """The nodes, texts that follow each other made one."""
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
