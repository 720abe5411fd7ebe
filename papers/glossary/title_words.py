"""Translate single words by the titles that have them, for searches only. Pure.

Terms leave out verbs and general words (评测, 突破), which people search for nevertheless. IBM's
first model says which words of one title the words of the other stand for, by expectation and
maximisation (P. F. Brown et al., The Mathematics of Statistical Machine Translation: Parameter
Estimation, Computational Linguistics 19, 1993).
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from itertools import chain
from typing import NamedTuple

from papers.glossary import termhood
from papers.glossary.ngrams import Words

ROUNDS = 6
LEAST_CHINESE, LEAST_ENGLISH = 4, 3
"""The least number of titles with a word."""
LEAST_SHARE, LEAST_ALIGNED = 0.03, 1.5
"""The least share of a Chinese word's titles in which it stands for an English word, and the least
number of them."""
LEAST_FAMILY = 0.1
"""The same share for all words that begin alike: analysis, analyzing, analytic."""
FAMILY = 5  # letters
LEAST_LIFT = 2.0
"""How much likelier an English word must be where the Chinese one stands than elsewhere."""
KEPT = 8  # English words for a Chinese one
_NOTHING = 0  # English words that stand for no Chinese one
_UNLIKELY = 1e-4

Title = tuple[list[int], list[int]]
"""The different words of a title: English, Chinese."""
Table = dict[int, dict[int, float]]
"""For each Chinese word, a number for each English one."""


class Translation(NamedTuple):
    """A Chinese and an English word, by number.

    ``share``: that of the titles with the Chinese word in which the English word, or one that
    begins alike, stands for it. Behind it, the number of titles with either word.
    """

    chinese: int
    english: int
    share: float
    titles_zh: int
    titles_en: int


def translations(english: Words, chinese: Words, titles: Iterable[int]) -> list[Translation]:
    """Return the likely translations of the Chinese words of these texts, by Chinese word."""
    read = _without_rare(list(_titles(english, chinese, titles)))
    counts = _Counts.of(read)
    aligned = _aligned(read)
    return [
        one
        for word in sorted(aligned.keys() - {_NOTHING})
        for one in _likely(word, aligned[word], counts, english.names)
    ]


class _Counts(NamedTuple):
    """The number of all titles, and of those with each word."""

    titles: int
    english: Counter[int]
    chinese: Counter[int]

    @classmethod
    def of(cls, titles: list[Title]) -> "_Counts":
        english = Counter(chain.from_iterable(words for words, _ in titles))
        return cls(len(titles), english, Counter(chain.from_iterable(words for _, words in titles)))


def _titles(english: Words, chinese: Words, titles: Iterable[int]) -> Iterator[Title]:
    for title in titles:
        words_en = {one for one in english.of_text(title) if english.names[one]}
        words_zh = {one for one in chinese.of_text(title) if _is_word(chinese.names[one])}
        yield sorted(words_en), sorted(words_zh)


def _without_rare(titles: list[Title]) -> list[Title]:
    _, english, chinese = _Counts.of(titles)
    return [
        (
            [word for word in words_en if english[word] >= LEAST_ENGLISH],
            [word for word in words_zh if chinese[word] >= LEAST_CHINESE],
        )
        for words_en, words_zh in titles
    ]


def _is_word(name: str) -> bool:
    return len(name) > 1 and not name.isascii()


def _aligned(titles: list[Title]) -> Table:
    """Return in how many titles each Chinese word is expected to stand for each English one."""
    likely: Table = {}
    counts: Table = {}
    for _ in range(ROUNDS):
        counts = _expected(titles, likely)
        likely = {word: _shares(row) for word, row in counts.items()}
    return counts


def _expected(titles: list[Title], likely: Table) -> Table:
    counts: Table = defaultdict(lambda: defaultdict(float))
    for words_en, words_zh in titles:
        sources = [_NOTHING, *words_zh]
        rows = [likely.get(word, {}) for word in sources]
        for word in words_en:
            weights = [row.get(word, 0.0) for row in rows] if likely else [1.0] * len(sources)
            whole = sum(weights)
            for source, weight in zip(sources, weights, strict=True):
                if weight > _UNLIKELY * whole:
                    counts[source][word] += weight / whole
    return counts


def _shares(row: dict[int, float]) -> dict[int, float]:
    whole = sum(row.values())
    return {word: number / whole for word, number in row.items() if number > _UNLIKELY * whole}


def _likely(
    word: int, aligned: dict[int, float], counts: _Counts, names: list[str]
) -> Iterator[Translation]:
    """Yield the likely translations of a Chinese word, the likeliest first."""
    titles = counts.chinese[word]
    shares = {
        english: number / titles
        for english, number in aligned.items()
        if number >= max(LEAST_ALIGNED, LEAST_SHARE * titles)
        and number / titles >= LEAST_LIFT * counts.english[english] / counts.titles
        and termhood.is_english_start(names[english])
    }
    families: dict[str, float] = defaultdict(float)
    for english, share in shares.items():
        families[names[english][:FAMILY]] += share
    for english in sorted(shares, key=lambda one: (-shares[one], names[one]))[:KEPT]:
        family = min(families[names[english][:FAMILY]], 1.0)
        if family >= LEAST_FAMILY:
            yield Translation(word, english, family, titles, counts.english[english])
