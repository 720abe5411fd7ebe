"""Cut excerpts of a text between words, never within a formula, and split it into paragraphs."""

from collections.abc import Iterable
from typing import TypeVar

from papers.text.markup.nodes import Formula, Link, Node, Styled
from papers.text.markup.plain_text import plain


def lead(nodes: Iterable[Node], length: int) -> tuple[Node, ...]:
    """Return the first nodes, with at most ``length`` characters of plain text and an ellipsis.

    Return all nodes, without the ellipsis, if they are not longer.
    """
    nodes = tuple(nodes)
    if len(plain(nodes)) <= length:
        return nodes
    return (*_first(nodes, length), "…")


def _first(nodes: Iterable[Node], length: int) -> tuple[Node, ...]:
    kept: list[Node] = []
    for node in nodes:
        size = len(plain((node,)))
        if size > length:
            kept.extend(_cut(node, length))
            break
        kept.append(node)
        length -= size
    return tuple(kept)


def _cut(node: Node, length: int) -> tuple[Node, ...]:
    match node:
        case str():
            return (_words(node, length),)
        case Formula():
            return ()
        case Styled():
            return (Styled(node.style, _first(node.children, length)),)
        case Link():
            return _first(node.children, length)


def _words(text: str, length: int) -> str:
    """Return the first words. Chinese has no spaces and may be cut anywhere."""
    start, following = text[:length], text[length : length + 1]
    if following.isascii() and not following.isspace():
        start = start.rpartition(" ")[0] or ("" if start.isascii() else start)
    return start.rstrip()


T = TypeVar("T")


def paragraphs(text: str) -> list[str]:
    """Return the paragraphs of an abstract, which one or more newlines separate."""
    return [line.strip() for line in text.split("\n") if line.strip()]


def pairs(left: list[T], right: list[T]) -> list[tuple[list[T], list[T]]]:
    """Return the paragraphs of two texts as rows to show side by side.

    If both have equally many, they correspond, and each pair is a row. If not, there is one row
    with all paragraphs of both texts.
    """
    if len(left) == len(right):
        return [([one], [other]) for one, other in zip(left, right, strict=True)]
    return [(left, right)]
