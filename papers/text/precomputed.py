"""Use results of pure functions that another process has computed.

``collecting`` gathers the results of ``precomputed`` functions, ``load`` makes them known and
``clear`` drops them. In between, a call with the same arguments returns the loaded result.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import wraps
from typing import Any, ParamSpec, TypeVar, cast

P = ParamSpec("P")
T = TypeVar("T")
Results = dict[tuple, Any]  # the key has the function's name and its arguments, as passed

_NOTHING = object()
_loaded: Results = {}
_collecting: list[Results] = []


def precomputed(function: Callable[P, T]) -> Callable[P, T]:
    """Decorate a function to return loaded results. Its arguments must be hashable."""
    name = f"{function.__module__}.{function.__qualname__}"

    @wraps(function)
    def call(*args: P.args, **kwargs: P.kwargs) -> T:
        key = (name, *args, *kwargs.items())
        result = _loaded.get(key, _NOTHING)
        if result is _NOTHING:
            result = function(*args, **kwargs)
        for results in _collecting:
            results[key] = result
        return cast(T, result)

    return call


@contextmanager
def collecting() -> Iterator[Results]:
    """Collect the results of the precomputed functions that are called within the block."""
    results: Results = {}
    _collecting.append(results)
    try:
        yield results
    finally:
        _collecting.remove(results)


def load(results: Results) -> None:
    _loaded.update(results)


def clear() -> None:
    _loaded.clear()
