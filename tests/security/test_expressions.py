"""No regular expression of the site or its proxies backtracks without bounds (ReDoS)."""

import importlib
import pkgutil
import re
import signal
import time
from collections.abc import Iterator
from pathlib import Path
from re import _constants as codes  # type: ignore[attr-defined]
from re import _parser  # type: ignore[attr-defined]

import pytest
from django.conf import settings
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


def attacks(pattern: re.Pattern, length: int = LENGTH) -> Iterator[str]:
    """One letter, and two by turns, very often, with an end that no expression likes."""
    letters = letters_of(pattern)
    start = "".join(letters)
    for one in letters:
        yield one * length + "\x00"
        yield start + one * length + "\x00"
    for one, other in zip(letters, letters[1:] + letters[:1], strict=True):
        yield (one + other) * (length // 2) + "\x00"
    yield start * (length // len(start)) + "\x00"


class RanAway(Exception):
    pass


def longest(pattern: re.Pattern) -> float:
    """Seconds of the processor for the worst of the attacks; raises RanAway after LONGEST."""

    def stop(*args) -> None:
        raise RanAway(pattern.pattern)

    worst = 0.0
    before = signal.signal(signal.SIGPROF, stop)
    try:
        for text in attacks(pattern):
            attack = text.encode() if isinstance(pattern.pattern, bytes) else text
            signal.setitimer(signal.ITIMER_PROF, LONGEST)
            started = time.process_time()
            pattern.search(attack)
            pattern.fullmatch(attack)
            worst = max(worst, time.process_time() - started)
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, before)
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


# --- The fronts' own: one process answers everybody, so theirs must be linear. nginx has PCRE,
# which goes back as Python's does.

DEPLOY = Path(settings.BASE_DIR) / "deploy"
HEADER = 16_000  # characters, twice what nginx takes of one header
AT_ONCE = 0.15  # seconds of the processor; what is linear takes a hundredth of it
WORDS = [
    "en,",
    "en;q=0,",
    "zh-",
    "en-zh ",
    "br,",
    "gzip;q=0,",
    "document /feed.",
    "document /",
    "/?",
]
WORDS += ["lang=en; ", "a:", "::", "2001:", "/admin/", " ", "\\", "%7C", "1", "9" * 7 + "a", "?"]


def expressions_of_nginx(text: str) -> list[re.Pattern]:
    """In quotes where a map has them, else behind a tilde and a space."""
    found = re.findall(r'"~(\*?)([^"]+)"|\s~(\*?)\s*([^\s"]+)', text)
    return [_like_python(one or other, bool(star or star2)) for star, one, star2, other in found]


def expressions_of_caddy(text: str) -> list[re.Pattern]:
    return [_like_python(one) for one in re.findall(r"_regexp .*?(\S+)$", text, re.M)]


def _like_python(pattern: str, ignoring_case: bool = False) -> re.Pattern:
    return re.compile(pattern.replace("(?<", "(?P<").replace("(?P<!", "(?<!"), re.I * ignoring_case)


def seconds_in_a_header(pattern: re.Pattern) -> float:
    """Of the processor, for the worst text that fits into a header, or the first that is bad."""
    worst = 0.0
    for text in [*attacks(pattern, HEADER), *((word * HEADER)[:HEADER] for word in WORDS)]:
        started = time.thread_time()
        pattern.search(text)
        worst = max(worst, time.thread_time() - started)
        if worst > AT_ONCE:
            break
    return worst


def test_the_expression_that_made_nginx_stand_still_is_found():
    (bad,) = expressions_of_nginx(r'  "~*^(?!.*\ben\b.*\bzh\b).*\bzh\b" zh-CN;')
    assert seconds_in_a_header(bad) > AT_ONCE


@pytest.mark.parametrize(
    ("name", "expressions_of", "least"),
    [("nginx.conf", expressions_of_nginx, 4), ("Caddyfile", expressions_of_caddy, 2)],
)
def test_no_expression_of_a_front_takes_more_than_a_look_at_each_letter(
    name, expressions_of, least
):
    found = expressions_of((DEPLOY / name).read_text("utf-8"))
    assert len(found) >= least, "the collector has lost sight of them"
    for pattern in found:
        assert seconds_in_a_header(pattern) < AT_ONCE, pattern.pattern
