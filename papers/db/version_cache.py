"""Cache in this process for results that every page needs, valid until the data changes."""

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable
from functools import wraps
from typing import Any, TypeVar

from papers.db import data_version

T = TypeVar("T")
_NOTHING = object()
_all: "list[LruCache]" = []


class LruCache:
    """A cache of at most ``size`` results; the least recently used go first. Thread-safe."""

    def __init__(self, size: int) -> None:
        self._size = size
        self._lock = threading.Lock()
        self._answers: OrderedDict[Hashable, Any] = OrderedDict()
        _all.append(self)

    def get(self, key: Hashable, default: Any = None) -> Any:
        with self._lock:
            answer = self._answers.get(key, _NOTHING)
            if answer is _NOTHING:
                return default
            self._answers.move_to_end(key)
            return answer

    def put(self, key: Hashable, answer: Any) -> None:
        with self._lock:
            self._answers[key] = answer
            self._answers.move_to_end(key)
            while len(self._answers) > self._size:
                self._answers.popitem(last=False)

    def clear(self) -> None:
        with self._lock:
            self._answers.clear()


def cached_per_version(size: int) -> Callable[[Callable[..., T]], Callable[..., T]]:
    """Return a decorator that caches a function's results by data version and arguments.

    ``size`` is the number of results that are kept. Arguments must be positional and hashable.
    """

    def decorate(function: Callable[..., T]) -> Callable[..., T]:
        kept = LruCache(size)

        @wraps(function)
        def ask(*args: Hashable) -> T:
            key = (data_version.current_for_request().token, args)
            answer = kept.get(key, _NOTHING)
            if answer is _NOTHING:
                answer = function(*args)
                kept.put(key, answer)
            return answer

        return ask

    return decorate


def clear() -> None:
    """Empty all caches. For tests, which roll back their changes."""
    for kept in _all:
        kept.clear()
