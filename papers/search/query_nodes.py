"""Nodes of a parsed query: what a paper must match. Both databases and the scoring read them."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Term:
    """Words next to each other in one field (title, authors, abstract), or in any if it is empty.

    With ``prefix`` the last word matches every word that starts with it. ``weight`` says how sure
    it is that the words mean what was asked; it only matters for the score.
    """

    words: tuple[str, ...]
    field: str = ""
    prefix: bool = False
    weight: float = 1.0


@dataclass(frozen=True)
class AllOf:
    """Match all parts."""

    parts: tuple["Node", ...]


@dataclass(frozen=True)
class AnyOf:
    """Match at least one part; only the best one counts for the score."""

    parts: tuple["Node", ...]


@dataclass(frozen=True)
class SomeOf:
    """Match at least one part; every part counts for the score."""

    parts: tuple["Node", ...]


@dataclass(frozen=True)
class Without:
    """Match ``part`` but not ``excluded``."""

    part: "Node"
    excluded: "Node"


Node = Term | AllOf | AnyOf | SomeOf | Without


def all_of(parts: list[Node]) -> Node | None:
    """Join nodes with "and", without duplicates; None if there are none."""
    return _joined(AllOf, parts)


def any_of(parts: list[Node]) -> Node | None:
    """Join nodes with "or", without duplicates; None if there are none."""
    return _joined(AnyOf, parts)


def some_of(parts: list[Node]) -> Node | None:
    """Join nodes with an "or" whose parts all count, without duplicates; None if there are none."""
    return _joined(SomeOf, parts)


def _joined(kind: type[AllOf | AnyOf | SomeOf], parts: list[Node]) -> Node | None:
    distinct = tuple(dict.fromkeys(parts))
    if len(distinct) > 1:
        return kind(distinct)
    return distinct[0] if distinct else None
