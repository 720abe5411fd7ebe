"""Known items: a query made of a paper's words should find it among the first ten.

The tests use a few papers, ``bench/search.py`` some 500.
"""

import random
import re
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from papers.models import Paper
from papers.search.dictionary import HAN
from papers.text.segmenter import words_of

FIRST = 10
WINDOW = 6
_HAN_RUN = re.compile(f"[{HAN}]+")
_WORD = re.compile(r"(?<![\w-])[A-Za-z]{4,}(?![\w-])")


@dataclass(frozen=True)
class KnownItem:
    kind: str
    query: str
    paper_id: int


def known_items(number: int, seed: int = 1) -> Iterator[KnownItem]:
    """Queries about so many papers drawn at random from those with enough Chinese."""
    papers = list(Paper.objects.published().order_by("arxiv_id"))
    frequency = Counter(word for paper in papers for text in _texts(paper) for word in set(text))
    titles = [paper.title_zh for paper in papers]
    drawn = random.Random(seed)
    good = [one for one in papers if len(_han(one.title_zh)) >= 10 and len(one.abstract_zh) >= 80]
    for paper in drawn.sample(good, min(number, len(good))):
        kinds = ("English title", "Chinese title", "English abstract", "Chinese abstract")
        for kind, words in zip(kinds, _texts(paper), strict=True):
            rare = sorted(dict.fromkeys(words), key=lambda word: frequency[word])[:3]
            if len(rare) == 3:
                yield KnownItem(kind, " ".join(rare), paper.pk)
        if window := _window(paper.title_zh, titles, drawn):
            yield KnownItem("window", window, paper.pk)


def success(items: list[KnownItem], ask: Callable[[str], list[int]]) -> dict[str, float]:
    """The part of each kind that was found among the first ten; ``ask`` returns paper ids."""
    asked = Counter(item.kind for item in items)
    found = Counter(item.kind for item in items if item.paper_id in ask(item.query)[:FIRST])
    return {kind: found[kind] / number for kind, number in asked.items()}


def _texts(paper: Paper) -> tuple[list[str], ...]:
    return (
        _english(paper.title_en),
        _chinese(paper.title_zh),
        _english(paper.abstract_en),
        _chinese(paper.abstract_zh),
    )


def _english(text: str) -> list[str]:
    return [word.lower() for word in _WORD.findall(text)]


def _chinese(text: str) -> list[str]:
    return [word for run in _HAN_RUN.findall(text) for word in words_of(run) if len(word) > 1]


def _han(text: str) -> str:
    return "".join(_HAN_RUN.findall(text))


def _window(title: str, titles: list[str], drawn: random.Random) -> str:
    """Six characters of the title that are in at most ten titles."""
    windows = [
        run[at : at + WINDOW]
        for run in _HAN_RUN.findall(title)
        for at in range(len(run) - WINDOW + 1)
    ]
    drawn.shuffle(windows)
    rare = (one for one in windows[:5] if sum(one in title for title in titles) <= FIRST)
    return next(rare, "")
