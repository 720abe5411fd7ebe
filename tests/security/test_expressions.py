"""No regular expression of ours runs away on a text made to make it."""

import importlib
import pkgutil
import re
import signal
import time
from collections.abc import Iterator
from re import _constants as codes  # type: ignore[attr-defined]
from re import _parser  # type: ignore[attr-defined]

import pytest
from django.urls import URLPattern, URLResolver, get_resolver

import digest_site
import papers

LENGTH = 2000
LONGEST = 3.0  # seconds; what grows with the square of the length takes a tenth of it


def modules() -> Iterator:
    for package in (papers, digest_site):
        for found in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
            if ".migrations" not in found.name and not found.name.endswith(".wsgi"):
                yield importlib.import_module(found.name)


def expressions() -> dict[str, re.Pattern]:
    """All that are compiled when the code is loaded: of modules, classes, tables and addresses."""
    found: dict[str, re.Pattern] = {}
    for module in modules():
        for value in list(vars(module).values()):
            for pattern in _within(value, depth=3):
                found[f"{pattern.pattern}/{pattern.flags}"] = pattern
    for pattern in _of_addresses(get_resolver()):
        if not pattern.startswith("^admin"):
            found[pattern] = re.compile(pattern)
    return found


def _within(value: object, depth: int) -> Iterator[re.Pattern]:
    if isinstance(value, re.Pattern):
        yield value
    elif depth and isinstance(value, dict):
        for one in value.values():
            yield from _within(one, depth - 1)
    elif depth and isinstance(value, list | tuple | set | frozenset):
        for one in value:
            yield from _within(one, depth - 1)
    elif depth and hasattr(value, "__dict__") and type(value).__module__.startswith("papers"):
        yield from _within(vars(value), depth - 1)
    elif depth and isinstance(value, type) and value.__module__.startswith("papers"):
        yield from _within(dict(vars(value)), depth - 1)


def _of_addresses(resolver: URLResolver) -> Iterator[str]:
    for pattern in resolver.url_patterns:
        if isinstance(pattern, URLResolver):
            yield from () if "admin" in str(pattern.pattern) else _of_addresses(pattern)
        elif isinstance(pattern, URLPattern):
            yield pattern.pattern.regex.pattern


def letters_of(pattern: re.Pattern) -> list[str]:
    """Characters that the expression can match, a few of each kind that it names."""
    kinds = {
        codes.CATEGORY_DIGIT: "1",
        codes.CATEGORY_SPACE: " \n",
        codes.CATEGORY_WORD: "a_灯",
        codes.CATEGORY_NOT_DIGIT: "a",
        codes.CATEGORY_NOT_SPACE: "a",
        codes.CATEGORY_NOT_WORD: "-",
    }
    found: dict[str, None] = {}

    def walk(node) -> None:
        if isinstance(node, _parser.SubPattern | list | tuple):
            match node:
                case (codes.LITERAL | codes.NOT_LITERAL, int(code)):
                    found[chr(code)] = None
                case (codes.RANGE, (int(first), int(last))):
                    found[chr(first)] = found[chr(last)] = None
                case (codes.CATEGORY, kind):
                    found.update(dict.fromkeys(kinds.get(kind, "a")))
                case (codes.ANY, _):
                    found.update(dict.fromkeys("a."))
                case _:
                    for part in node:
                        walk(part)

    walk(_parser.parse(pattern.pattern, pattern.flags & ~re.DEBUG))
    return list(found)[:24] or ["a"]


def attacks(pattern: re.Pattern) -> Iterator[str]:
    """One letter, and two by turns, very often, with an end that no expression likes."""
    letters = letters_of(pattern)
    start = "".join(letters)
    for one in letters:
        yield one * LENGTH + "\x00"
        yield start + one * LENGTH + "\x00"
    for one, other in zip(letters, letters[1:] + letters[:1], strict=True):
        yield (one + other) * (LENGTH // 2) + "\x00"
    yield start * (LENGTH // len(start)) + "\x00"


class RanAway(Exception):
    pass


def longest(pattern: re.Pattern) -> float:
    """Seconds for the worst of the attacks; raises RanAway after LONGEST."""

    def stop(*args) -> None:
        raise RanAway(pattern.pattern)

    worst = 0.0
    before = signal.signal(signal.SIGALRM, stop)
    try:
        for text in attacks(pattern):
            signal.setitimer(signal.ITIMER_REAL, LONGEST)
            started = time.perf_counter()
            pattern.search(text)
            pattern.fullmatch(text)
            worst = max(worst, time.perf_counter() - started)
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)
    return worst


@pytest.mark.parametrize("bad", [r"(a+)+$", r"(\w+\s?)*:$", r"(?:a|aa)+b", r"(.*),(.*),(.*),(.*)!"])
def test_an_expression_that_runs_away_is_found(bad):
    with pytest.raises(RanAway):
        longest(re.compile(bad))


def test_no_expression_of_ours_runs_away():
    found = expressions()
    assert len(found) > 60, "the collector has lost sight of them"
    for pattern in found.values():
        longest(pattern)
