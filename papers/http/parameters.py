"""The query parameters that an address understands, and a canonical query string.

Unknown parameters must not create new cached pages: anyone can add ``?u=1`` to an address. A view
lists its parameters in ``parameters``. A view without that list gets the query string unchanged, as
the API does, which rejects unknown parameters.
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
    """The parameters of an address.

    Of a ``single`` parameter the last value counts, as in QueryDict; ``repeatable`` ones keep their
    values in order. A value equal to that in ``defaults`` is dropped.
    """

    single: frozenset[str] = frozenset()
    repeatable: frozenset[str] = frozenset()
    defaults: Mapping[str, str] = field(default_factory=dict)
    keeps_empty: bool = False

    def canonical(self, query: QueryDict) -> str:
        """Return the query string with these parameters only, ordered by name.

        Invalid values stay, because the page reports them.
        """
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
    """Return the parameters of a page for readers: ``lang``, and ``page`` and ``per`` if ``paged``.

    Empty values are dropped: a form sends them for empty fields.
    """
    names = {"lang", *single, *(("page", "per") if paged else ())}
    defaults = {"page": "1", "per": "25"} if paged else {}
    return Parameters(frozenset(names), frozenset(repeatable), defaults)


def of_program(*single: str, repeatable: Iterable[str] = ()) -> Parameters:
    """Return the parameters of an address for programs, which may reject an empty value."""
    return Parameters(frozenset(single), frozenset(repeatable), keeps_empty=True)


def understands(parameters: Parameters) -> Callable[[View], View]:
    """Set the parameters of a view function. A decorator."""

    def set_parameters(view: View) -> View:
        view.parameters = parameters  # type: ignore[attr-defined]
        return view

    return set_parameters


def parameters_of(view: Callable[..., Any]) -> Parameters | None:
    """Return the parameters of a view; None if it takes the query string unchanged."""
    return getattr(getattr(view, "view_class", view), "parameters", None)


@lru_cache(maxsize=512)  # resolving the address takes longer than reading its query string
def parameters_at(path: str) -> Parameters | None:
    """Return the parameters of the view at this path; None for an unknown path."""
    try:
        return parameters_of(resolve(path).func)
    except Resolver404:
        return None
