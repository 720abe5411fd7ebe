"""Runs of Han cut into words by jieba, or by its faster twin where that is installed.

Both know jieba's own dictionary and give the same words for runs of Han alone. Words that the
dictionary does not know stay single characters (no hidden Markov model): what a run is cut into
then depends on the dictionary only, so a query is cut as the text was.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import NamedTuple

LONGEST_RUN = 200  # characters: jieba takes quadratic time on a run without any break


@dataclass(frozen=True)
class Engine:
    """``cut`` divides a run into words; ``parts`` finds the shorter words within one word."""

    name: str
    cut: Callable[[str], list[str]]
    parts: Callable[[str], list[str]]


class Word(NamedTuple):
    """A word of a run: its smallest pieces in order, and the longer words that it holds."""

    pieces: tuple[str, ...]
    extra: tuple[str, ...]


_cache_folder: list[Path] = []


def keep_cache_in(folder: Path) -> None:
    """Where jieba keeps its parsed dictionary. By default it is the shared temporary folder, where
    anybody could plant one."""
    _cache_folder[:] = [folder]


@cache
def engine() -> Engine:
    """The engine of this machine; the first call loads its dictionary."""
    try:
        import rjieba
    except ModuleNotFoundError:
        return _jieba()
    return Engine(
        "rjieba", lambda run: rjieba.cut(run, False), lambda run: rjieba.cut_for_search(run, False)
    )


def _jieba() -> Engine:
    import logging

    import jieba

    jieba.setLogLevel(logging.WARNING)
    if _cache_folder:
        _cache_folder[0].mkdir(parents=True, exist_ok=True)
        jieba.dt.tmp_dir = str(_cache_folder[0])
    jieba.initialize()
    return Engine(
        "jieba",
        lambda run: jieba.lcut(run, HMM=False),
        lambda run: jieba.lcut_for_search(run, HMM=False),
    )


def words_of(run: str) -> list[str]:
    """The words of a run of Han; a very long run is cut in slices."""
    cut = engine().cut
    if len(run) <= LONGEST_RUN:
        return cut(run)
    slices = (run[at : at + LONGEST_RUN] for at in range(0, len(run), LONGEST_RUN))
    return [word for piece in slices for word in cut(piece)]


@lru_cache(maxsize=50_000)
def divided(word: str) -> Word:
    """A word as it is indexed, after jieba's search mode: ``中国科学院`` has the pieces 中国, 科学
    and 院, and holds 学院, 科学院 and itself."""
    if len(word) <= 2:
        return Word((word,), ())
    within = [part for part in engine().parts(word) if len(part) < len(word)]
    pieces = tuple(_pieces(word, {part for part in within if len(part) == 2}))
    extra = [part for part in dict.fromkeys(within) if part not in pieces]
    return Word(pieces, (*extra, word))


def _pieces(word: str, pairs: set[str]) -> list[str]:
    """The word from left to right in known pairs and single characters."""
    pieces = []
    at = 0
    while at < len(word):
        length = 2 if word[at : at + 2] in pairs else 1
        pieces.append(word[at : at + length])
        at += length
    return pieces
