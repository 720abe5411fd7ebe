"""Pure functions whose answers may have been worked out already, by another process.

``noting`` collects the answers of ``foreseen`` functions, ``learn`` takes such answers in and
``forget`` lets them go. In between, a call with the same arguments takes the answer that was
learnt. Nothing but time depends on it; ``papers.importing.prefetch`` is why it is there.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import wraps
from typing import Any, ParamSpec, TypeVar, cast

P = ParamSpec("P")
T = TypeVar("T")
# By the function's name and its arguments, as they were given.
Answers = dict[tuple, Any]

_learnt: Answers = {}
_noted: list[Answers] = []


def precomputed(function: Callable[P, T]) -> Callable[P, T]:
    """The function, which knows the answers that were learnt. Its arguments can be hashed."""
    name = f"{function.__module__}.{function.__qualname__}"

    @wraps(function)
    def answer(*args: P.args, **kwargs: P.kwargs) -> T:
        question = (name, *args, *kwargs.items())
        if question in _learnt:
            return cast(T, _learnt[question])
        found = function(*args, **kwargs)
        for noted in _noted:
            noted[question] = found
        return found

    return answer


@contextmanager
def collecting() -> Iterator[Answers]:
    """What the foreseen functions answer within the block."""
    answers: Answers = {}
    _noted.append(answers)
    try:
        yield answers
    finally:
        _noted.remove(answers)


def load(answers: Answers) -> None:
    _learnt.update(answers)


def clear() -> None:
    _learnt.clear()
