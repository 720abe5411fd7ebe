"""Segment runs of Han into words (分词) with jieba, or with rjieba if it is installed.

Both use jieba's dictionary and give the same words. Unknown words stay single characters (no hidden
Markov model). Segmentation thus depends on the dictionary only, and a query is cut like the text.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import NamedTuple

LONGEST_RUN = 200  # characters; jieba takes quadratic time on a run without a break


@dataclass(frozen=True)
class Engine:
    """A segmenter: ``cut`` divides a run into words, ``parts`` finds the words inside a word."""

    name: str
    cut: Callable[[str], list[str]]
    parts: Callable[[str], list[str]]


class Word(NamedTuple):
    """A word of a run: its smallest pieces in order, and the longer words inside it."""

    pieces: tuple[str, ...]
    extra: tuple[str, ...]


_cache_folder: list[Path] = []


def keep_cache_in(folder: Path) -> None:
    """Set the folder for jieba's parsed dictionary.

    jieba's default is the shared temporary folder, where another user could place a forged file.
    """
    _cache_folder[:] = [folder]


@cache
def engine() -> Engine:
    """Return the available segmenter; the first call loads its dictionary."""
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
    """Return the words of a run of Han; a run over ``LONGEST_RUN`` is cut in slices."""
    cut = engine().cut
    if len(run) <= LONGEST_RUN:
        return cut(run)
    slices = (run[at : at + LONGEST_RUN] for at in range(0, len(run), LONGEST_RUN))
    return [word for piece in slices for word in cut(piece)]


@lru_cache(maxsize=50_000)
def divided(word: str) -> Word:
    """Return the pieces and inner words of a word, as jieba's search mode gives them.

    ``中国科学院`` has the pieces 中国, 科学 and 院; it also holds 学院, 科学院 and itself.
    """
    if len(word) <= 2:
        return Word((word,), ())
    within = [part for part in engine().parts(word) if len(part) < len(word)]
    pieces = tuple(_pieces(word, {part for part in within if len(part) == 2}))
    extra = [part for part in dict.fromkeys(within) if part not in pieces]
    return Word(pieces, (*extra, word))


def _pieces(word: str, pairs: set[str]) -> list[str]:
    """Cut the word from left to right into known pairs and single characters."""
    pieces = []
    at = 0
    while at < len(word):
        length = 2 if word[at : at + 2] in pairs else 1
        pieces.append(word[at : at + length])
        at += length
    return pieces
