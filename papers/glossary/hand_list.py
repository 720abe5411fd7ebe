"""The terms that we wrote by hand, in ``terms.txt``: the format and its parser.

One line is one concept: English terms, ``=``, Chinese terms, each list separated by commas and the
usual term first. An abbreviation stands in parentheses. A term after ``~`` is found by searches but
never shown. ``#`` starts a comment.

    large language model (LLM), ~big language model = 大语言模型, 大型语言模型, 大模型
"""

import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from papers.glossary.term_pairs import Kind, TermPair
from papers.glossary.tokens import chinese_key, english_key, has_han

FILE = Path(__file__).with_name("terms.txt")
STEP = 0.02  # of the score, from one synonym to the next
OF_VARIANTS = 0.6  # their score, as a share of that of terms that are shown

_ABBREVIATION = re.compile(r"\(([^()]*)\)")


class HandListError(ValueError):
    """A mistake in the list; the message begins with the file and the line."""


def read(file: Path = FILE) -> list[TermPair]:
    """Return the pairs of the list. Raise HandListError at the first mistake."""
    return list(parse(file.read_text("utf-8").splitlines(), file.name))


def parse(lines: Iterable[str], name: str) -> Iterator[TermPair]:
    """Yield the pairs of these lines; ``name`` is the file's name, for errors."""
    seen: dict[tuple[str, str], int] = {}
    for number, line in enumerate(lines, start=1):
        content = line.partition("#")[0].strip()
        if not content:
            continue
        try:
            for pair in _pairs(content):
                if seen.setdefault(pair.key, number) != number:
                    raise ValueError(f"line {seen[pair.key]} has {pair.english} = {pair.chinese}")
                yield pair
        except ValueError as error:
            raise HandListError(f"{name}, line {number}: {error}") from error


def _pairs(content: str) -> Iterator[TermPair]:
    left, equals, right = content.partition("=")
    if not equals or "=" in right:
        raise ValueError("write English terms, one =, and Chinese terms")
    abbreviations = [found.strip() for found in _ABBREVIATION.findall(left)]
    english = _terms(_ABBREVIATION.sub("", left), "English")
    chinese = _terms(right, "Chinese")
    _require_scripts([*english, *abbreviations], chinese)
    for zh_place, (zh, zh_kind) in enumerate(chinese):
        for en_place, (en, en_kind) in enumerate(english):
            kind = Kind.CORE if zh_kind == en_kind == Kind.CORE else Kind.VARIANT
            yield TermPair(zh, en, kind, score=_score(zh_place + en_place, kind))
        for en in abbreviations:
            kind = Kind.ABBREVIATION if zh_kind == Kind.CORE else Kind.VARIANT
            yield TermPair(zh, en, kind, score=_score(zh_place + len(english), kind))


def _terms(text: str, language: str) -> list[tuple[str, str]]:
    """Return the terms of one side, each with its kind."""
    terms = [one.strip() for one in re.split("[,，]", text)]
    if not all(terms):
        raise ValueError(f"a term is empty on the {language} side")
    return [
        (term.removeprefix("~").strip(), Kind.VARIANT if term.startswith("~") else Kind.CORE)
        for term in terms
    ]


def _require_scripts(english: list, chinese: list[tuple[str, str]]) -> None:
    for one in english:
        term = one if isinstance(one, str) else one[0]
        if not english_key(term) or has_han(term):
            raise ValueError(f"“{term}” is no English term")
    for term, _ in chinese:
        if not chinese_key(term):
            raise ValueError(f"“{term}” is no Chinese term")


def _score(places: int, kind: Kind) -> float:
    return round((1 - STEP * min(places, 20)) * (OF_VARIANTS if kind == Kind.VARIANT else 1), 2)
