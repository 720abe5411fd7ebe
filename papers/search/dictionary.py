"""Dictionary of the field's terms: Chinese terms kept whole, English compounds with spellings.

``terms.txt`` is a short list in the repository. ``build`` finds more terms in the titles of a site
and stores them in the data folder.
"""

import hashlib
import os
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from papers.text import segmenter

SEED = Path(__file__).with_name("terms.txt")
FUNCTION_WORDS = frozenset("的了和与及在是对中为以等之其于从到将被把由而或也都更可不有用向上下")
JOINING_WORDS = frozenset(
    "基于 用于 进行 通过 使用 利用 面向 具有 实现 关于 如何 以及 针对 采用".split()  # noqa: SIM905
)
EMPTY_WORDS = (
    FUNCTION_WORDS
    | JOINING_WORDS
    | frozenset(
        "之间 之中 其中 作为 来自 对于 由于 或者 还是 并且 从而 一种 一个 一些 一项 一类 多个 多种 "  # noqa: SIM905
        "各种 某些 可能 可以 能够 没有 更加 有助于".split()
    )
)
"""What a text in the other language need not have: it says it otherwise, or not at all."""

# The ideographs of Unicode 14, for use inside the brackets of a regular expression.
HAN = (
    "\u3005\u3007\u3400-\u4dbf\u4e00-\u9fff\U00020000-\U0002a6df\U0002a700-\U0002b738"
    "\U0002b740-\U0002b81d\U0002b820-\U0002cea1\U0002ceb0-\U0002ebe0\U00030000-\U0003134a"
)
LONGEST_TERM = 8  # characters
MAX_PIECES = 5
MIN_TITLES = 8
MIN_NEIGHBOURS = 3
MAX_TERMS = 20_000

_HAN_RUN = re.compile(rf"[{HAN}]+")
_COMPOUND = re.compile(r"[a-z]{2,}(?:-[a-z]{2,}){1,3}")
_built_file: list[Path] = []


Terms = dict[str, list[tuple[tuple[str, ...], str]]]


@dataclass
class Dictionary:
    """The terms, and a hash that identifies them.

    ``terms`` maps a first piece to the terms that start with it, each as (pieces, term).
    ``compounds`` maps a joined word to its parts (``finetuning`` → ``("fine", "tuning")``).
    ``hash`` changes when the Chinese terms change, since the index depends on them.
    """

    terms: Terms = field(default_factory=dict)
    compounds: dict[str, tuple[str, ...]] = field(default_factory=dict)
    hash: str = ""


def keep_in(file: Path) -> None:
    """Set the file that holds the terms found in titles."""
    _built_file[:] = [file]
    dictionary.cache_clear()


@cache
def dictionary() -> Dictionary:
    """Return the terms of ``terms.txt`` and of the built file; both are read once."""
    lines = _lines(SEED)
    if _built_file and _built_file[0].is_file():
        lines += _lines(_built_file[0])
    return made_of(lines)


def made_of(lines: Iterable[str]) -> Dictionary:
    """Return a dictionary of these terms."""
    terms, compounds = set(), {}
    for line in lines:
        if _HAN_RUN.fullmatch(line):
            terms.add(line)
        elif _COMPOUND.fullmatch(line):
            compounds[line.replace("-", "")] = tuple(line.split("-"))
    by_piece: Terms = defaultdict(list)
    for term in sorted(terms):
        pieces = pieces_of(term)
        if len(segmenter.words_of(term)) > 1:  # jieba already knows the others as one word
            by_piece[pieces[0]].append((pieces, term))
    known = "\n".join(sorted(terms)).encode()
    return Dictionary(dict(by_piece), compounds, hashlib.sha256(known).hexdigest()[:12])


def pieces_of(run: str) -> tuple[str, ...]:
    """Return the smallest pieces of a run of Han, in order."""
    return tuple(
        piece for word in segmenter.words_of(run) for piece in segmenter.divided(word).pieces
    )


def build(titles_zh: Iterable[str], titles_en: Iterable[str], file: Path) -> int:
    """Find terms in titles and write them to ``file``; return their number."""
    terms = [*_chinese_terms(titles_zh), *_english_compounds(titles_en)][:MAX_TERMS]
    file.parent.mkdir(parents=True, exist_ok=True)
    draft = file.with_name(f"{file.name}.{os.getpid()}")
    draft.write_text("".join(f"{term}\n" for term in terms), "utf-8")
    draft.replace(file)
    dictionary.cache_clear()
    return len(terms)


def _chinese_terms(titles: Iterable[str]) -> list[str]:
    """Return sequences of pieces that occur in many titles and with different neighbours.

    A sequence that is nearly always part of one longer sequence is not a term.
    """
    counts: Counter[tuple[str, ...]] = Counter()
    before: dict[tuple[str, ...], set[str]] = defaultdict(set)
    after: dict[tuple[str, ...], set[str]] = defaultdict(set)
    for title in titles:
        for run in _HAN_RUN.findall(title):
            pieces = pieces_of(run)
            for start, end in _windows(pieces):
                counts[pieces[start:end]] += 1
                before[pieces[start:end]].add(pieces[start - 1] if start else "")
                after[pieces[start:end]].add(pieces[end] if end < len(pieces) else "")
    within: Counter[tuple[str, ...]] = Counter()
    for pieces, count in counts.items():
        for part in (pieces[1:], pieces[:-1]):
            within[part] = max(within[part], count)
    return [
        "".join(pieces)
        for pieces, count in counts.most_common()
        if count >= MIN_TITLES
        and within[pieces] < 0.8 * count
        and min(len(before[pieces]), len(after[pieces])) >= MIN_NEIGHBOURS
    ]


def _windows(pieces: tuple[str, ...]) -> Iterator[tuple[int, int]]:
    for start in range(len(pieces)):
        length = 0
        for end in range(start + 1, min(start + MAX_PIECES, len(pieces)) + 1):
            piece = pieces[end - 1]
            length += len(piece)
            if piece in FUNCTION_WORDS or piece in JOINING_WORDS or length > LONGEST_TERM:
                break
            if end - start > 1 and length > 2:
                yield start, end


def _english_compounds(titles: Iterable[str]) -> list[str]:
    """Return the compounds written with hyphens in at least three titles."""
    counts: Counter[str] = Counter()
    for title in titles:
        counts.update(set(_COMPOUND.findall(title.lower())))
    return [compound for compound, count in counts.most_common() if count >= 3]


def _lines(file: Path) -> list[str]:
    lines = (line.strip() for line in file.read_text("utf-8").splitlines())
    return [line for line in lines if line and not line.startswith("#")]
