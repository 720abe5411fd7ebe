"""Normal forms of terms and texts, the same for mining and for looking up. Pure.

English: words in lower case without accents, hyphens as spaces, plurals as singulars
(``Vision-Language Models`` → ``vision language model``). Chinese: lower case, without hyphens and
without the spaces between Han and Latin (``3D 高斯-泼溅`` → ``3d高斯泼溅``).
"""

import re
from functools import lru_cache
from itertools import accumulate
from typing import NamedTuple

from papers.text.folding import fold
from papers.text.markup.formulas import find_formulas

HAN = "\u3005\u3007\u3400-\u4dbf\u4e00-\u9fff"
_LATIN = "a-zA-Z0-9\u00c0-\u024f\u0370-\u03ff"
_WORD = re.compile(rf"[{_LATIN}]+(?:\.[0-9]+(?![{_LATIN}]))*")
_WORDS = re.compile(f"({_WORD.pattern})")
_JOINTS = frozenset((" ", "-", "\n", "\u2010", "\u2011", "\u2013", "- ", "-\n", "  ", " \n"))
_HAS_HAN = re.compile(f"[{HAN}]")
# (A pattern that begins with a set of characters is searched ten times as fast as one that begins
# with a look behind.)
_DROPPED = re.compile(
    rf"[- \u2010-\u2013\u00b7](?:(?<=[{HAN}] )(?=[a-z0-9])|(?<=[a-z0-9] )(?=[{HAN}])"
    rf"|(?<=[{HAN}a-z0-9][^ ])(?=[{HAN}a-z0-9]))"
)


class Token(NamedTuple):
    """A word of an English text: its normal form, its place, and whether the next word follows at
    once (after one space or hyphen)."""

    word: str
    start: int
    end: int
    joined: bool


class EnglishWords(NamedTuple):
    """The words of an English text in their normal form.

    ``parts`` are the text: what is before a word, the word as written, and so on, then the rest.
    """

    words: list[str]
    parts: list[str]

    @property
    def places(self) -> tuple[list[int], list[int]]:
        """Where in the text the words start and end."""
        places = [*accumulate(map(len, self.parts))]
        return places[:-1:2], places[1::2]

    def is_joined(self, number: int) -> bool:
        """Return whether the next word follows this one at once."""
        return number + 1 < len(self.words) and self.parts[2 * number + 2] in _JOINTS

    def written(self, first: int, last: int) -> str:
        """Return the words from the first to the last as the text has them."""
        return "".join(self.parts[2 * first + 1 : 2 * last + 2])


def english_tokens(text: str) -> list[Token]:
    """Return the words of an English text. Words within formulas are left out."""
    found = english_words(text)
    joined = map(found.is_joined, range(len(found.words)))
    return [*map(Token, found.words, *found.places, joined)]


def english_words(text: str) -> EnglishWords:
    """Return the same as columns, which takes half the time."""
    has_formulas = "$" in text or "\\" in text
    parts = _parts_outside_formulas(text) if has_formulas else _WORDS.split(text)
    return EnglishWords([*map(singular, parts[1::2])], parts)


def _parts_outside_formulas(text: str) -> list[str]:
    formulas = [(found.start, found.end) for found in find_formulas(text)]
    parts: list[str] = []
    at = 0
    for start, end in (match.span() for match in _WORD.finditer(text)):
        if not any(start < stop and begin < end for begin, stop in formulas):
            parts += text[at:start], text[start:end]
            at = end
    return [*parts, text[at:]]


@lru_cache(maxsize=50_000)
def singular(word: str) -> str:
    """Return the normal form of a word: ``Networks`` → ``network``, ``policies`` → ``policy``."""
    word = fold(word)
    if len(word) <= 3 or word[-1] != "s" or word[-2:] in ("ss", "us", "is"):
        return word
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    if word.endswith(("sses", "xes", "ches", "shes", "zzes")):
        return word[:-2]
    return word[:-1]


def english_key(term: str) -> str:
    """Return the normal form of an English term, or of its slug; empty if it has no word."""
    return " ".join(singular(word) for word in _WORD.findall(term))


def slug_of(term: str) -> str:
    """Return the term as addresses write it: ``Mixture of Experts`` → ``mixture-of-experts``."""
    return "-".join(fold(word) for word in _WORD.findall(term))


def has_han(text: str) -> bool:
    return bool(_HAS_HAN.search(text))


def chinese_key(term: str) -> str:
    """Return the normal form of a Chinese term."""
    return normal_chinese(term.strip())


def normal_chinese(text: str) -> str:
    """Return the normal form of a text, without the places in the original."""
    return _DROPPED.sub("", _lowered(text))


def _lowered(text: str) -> str:
    """Return the text in lower case, of the same length."""
    lowered = text.lower()
    if len(lowered) == len(text):
        return lowered
    return "".join(char.lower() if len(char.lower()) == 1 else char for char in text)


class ChineseText(NamedTuple):
    """A text in its normal form, and the place in the original of each of its characters."""

    text: str
    places: range | list[int]


def chinese_text(text: str) -> ChineseText:
    """Return the normal form of a text, such that terms can be found in it."""
    lowered = _lowered(text)
    dropped = {match.start() for match in _DROPPED.finditer(lowered)}
    if not dropped:
        return ChineseText(lowered, range(len(lowered) + 1))
    kept = [at for at in range(len(lowered)) if at not in dropped]
    return ChineseText("".join(lowered[at] for at in kept), [*kept, len(lowered)])
