"""Which parameters an address understands, and its query string written in one way.

What a page does not understand must not make another page of it: anybody can put ``?u=1`` behind
an address. A view says what it understands in ``parameters``; an address whose view says nothing
gets its query string as it came, as the API does, which refuses what it does not know.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any, TypeVar
from urllib.parse import urlencode

from django.http import QueryDict
from django.urls import Resolver404, resolve

View = TypeVar("View", bound=Callable[..., Any])


@dataclass(frozen=True)
class Parameters:
    """``single`` ones count once, the last time that they stand there, as a QueryDict has it;
    ``repeatable`` ones keep their values in order. ``defaults`` are values that say nothing."""

    single: frozenset[str] = frozenset()
    repeatable: frozenset[str] = frozenset()
    defaults: Mapping[str, str] = field(default_factory=dict)
    keeps_empty: bool = False

    def canonical(self, query: QueryDict) -> str:
        """The query string with these parameters alone, in the order of their names. A value that
        is not understood stays, for the page says so."""
        return urlencode([pair for name in sorted(query) for pair in self._pairs(name, query)])

    def _pairs(self, name: str, query: QueryDict) -> list[tuple[str, str]]:
        if name in self.repeatable:
            values = list(dict.fromkeys(query.getlist(name)))
        else:
            values = query.getlist(name)[-1:] if name in self.single else []
        return [(name, value) for value in values if self._says_something(name, value)]

    def _says_something(self, name: str, value: str) -> bool:
        return (value != "" or self.keeps_empty) and value != self.defaults.get(name)


def of_page(*single: str, repeatable: Iterable[str] = (), paged: bool = False) -> Parameters:
    """Of a page for people, which has a language and perhaps pages. An empty value, as a form sends
    for a field that was left empty, is none."""
    names = {"lang", *single, *(("page", "per") if paged else ())}
    defaults = {"page": "1", "per": "25"} if paged else {}
    return Parameters(frozenset(names), frozenset(repeatable), defaults)


def of_program(*single: str, repeatable: Iterable[str] = ()) -> Parameters:
    """Of an address for programs, where an empty value may be refused."""
    return Parameters(frozenset(single), frozenset(repeatable), keeps_empty=True)


def understands(parameters: Parameters) -> Callable[[View], View]:
    """Says for a view that is a function what it understands."""

    def said(view: View) -> View:
        view.parameters = parameters  # type: ignore[attr-defined]
        return view

    return said


def parameters_of(view: Callable[..., Any]) -> Parameters | None:
    """What a view understands; None where it says nothing and wants all."""
    return getattr(getattr(view, "view_class", view), "parameters", None)


@lru_cache(maxsize=512)  # looking an address up takes longer than its query string
def parameters_at(path: str) -> Parameters | None:
    """What is understood at this path of the site."""
    try:
        return parameters_of(resolve(path).func)
    except Resolver404:
        return None
