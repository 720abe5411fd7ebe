"""The glossary in memory: find terms in texts of either language, and translate them. Pure.

Terms are found by longest match from the left. Where a pair of terms has several rows, the row of
the highest rank counts (curator, hand list, mined); a hidden one removes the pair.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from functools import cached_property
from typing import NamedTuple

from papers.glossary.term_pairs import Kind, TermPair
from papers.glossary.tokens import (
    chinese_key,
    chinese_text,
    english_key,
    english_tokens,
    slug_of,
)

MAX_HELD_FORMS = 12  # forms of one term that an entry lists


class Entry(NamedTuple):
    """One term as pages show it: an English headword with the Chinese that belongs to it."""

    key: str
    """The slug, as in ``/glossary/KEY/``."""
    english: str
    chinese: str
    """The usual Chinese."""
    other_english: tuple[str, ...]
    """Other English terms with the same Chinese, without abbreviations."""
    other_chinese: tuple[str, ...]
    """Other Chinese terms that may be shown, the usual ones first."""
    searched_chinese: tuple[str, ...]
    """Further Chinese terms that only searches use, the likeliest first."""
    abbreviations: tuple[str, ...]
    kind: str
    origin: str
    use: int
    """Pairs of sentences of the mined texts that have the English term; 0 if it was not mined."""
    chinese_use: int
    """The same for the Chinese term."""

    @property
    def term(self) -> str:
        """The normal form of the English term, by which ``TermWeek`` counts."""
        return english_key(self.english)

    @property
    def is_multiword(self) -> bool:
        return " " in self.term


class Found(NamedTuple):
    """A term in a text, ``text[start:end]``."""

    start: int
    end: int
    term: str
    """The term as the glossary writes it, in the language of the text."""


class Weighted(NamedTuple):
    """A translation and how likely it is, from 0 to 1."""

    term: str
    weight: float


class Glossary:
    """All terms of one version. Do not change it: all requests share it."""

    def __init__(self, pairs: Iterable[TermPair], version: str) -> None:
        self.version = version
        self._by_english: dict[str, tuple[TermPair, ...]] = {}
        self._by_chinese: dict[str, tuple[TermPair, ...]] = {}
        self._index(_decided(pairs))

    def _index(self, pairs: Iterable[TermPair]) -> None:
        by_english, by_chinese = defaultdict(list), defaultdict(list)
        for pair in pairs:
            chinese, english = pair.key
            by_english[english].append(pair)
            by_chinese[chinese].append(pair)
        for english, some in by_english.items():
            self._by_english[english] = _in_order(some, lambda pair: pair.to_chinese)
        for chinese, some in by_chinese.items():
            self._by_chinese[chinese] = _in_order(some, lambda pair: pair.to_english)
        self._longest_from = _longest(english.split(" ") for english in self._by_english)
        self._longest_han = _longest((key[:2], *key[2:]) for key in self._by_chinese)

    # ---- finding terms in texts

    def in_english(self, text: str, *, searched: bool = False) -> list[Found]:
        """Return the English terms of a text that may be shown, none within a formula.

        With ``searched`` also those that only searches use.
        """
        tokens = english_tokens(text)
        found: list[Found] = []
        at = 0
        while at < len(tokens):
            words = self._longest_from.get(tokens[at].word, 0)
            last = at
            while last - at + 1 < words and tokens[last].joined and last + 1 < len(tokens):
                last += 1
            for end in range(last, at - 1, -1) if words else ():
                pair = self._english_pair(" ".join(one.word for one in tokens[at : end + 1]))
                start, stop = tokens[at].start, tokens[end].end
                if pair and (pair.is_shown or searched) and _is_written(pair, text[start:stop]):
                    found.append(Found(start, stop, pair.english))
                    at = end
                    break
            at += 1
        return found

    def in_chinese(self, text: str, *, searched: bool = False) -> list[Found]:
        """Return the Chinese terms of a text that may be shown.

        With ``searched`` also those that only searches use. Terms do not reach over spaces, except
        for those between Han and Latin.
        """
        normal = chinese_text(text)
        found: list[Found] = []
        at = 0
        while at < len(normal.text) - 1:
            longest = self._longest_han.get(normal.text[at : at + 2], 0)
            for length in range(min(longest + 1, len(normal.text) - at), 1, -1) if longest else ():
                pairs = self._by_chinese.get(normal.text[at : at + length])
                if pairs and (pairs[0].is_shown or searched) and _is_whole(normal.text, at, length):
                    start, end = normal.places[at], normal.places[at + length - 1] + 1
                    found.append(Found(start, end, pairs[0].chinese))
                    at += length - 1
                    break
            at += 1
        return found

    # ---- translating

    def english_of(self, chinese: str) -> list[Weighted]:
        """Return the English for a Chinese term, variants too; the likeliest first."""
        pairs = self._by_chinese.get(chinese_key(chinese), ())
        return [Weighted(one.english, one.to_english) for one in pairs if one.to_english]

    def chinese_of(self, english: str) -> list[Weighted]:
        """Return the Chinese for an English term, variants too; the likeliest first."""
        pairs = self._by_english.get(english_key(english), ())
        return [Weighted(one.chinese, one.to_chinese) for one in pairs if one.to_chinese]

    def shown_chinese_of(self, english: str) -> str:
        """Return the Chinese that pages and prompts use for an English term, or nothing."""
        pair = self._english_pair(english_key(english))
        return pair.chinese if pair and pair.is_shown else ""

    def shown_english_of(self, chinese: str) -> str:
        """Return the English that pages use for a Chinese term, or nothing."""
        pairs = self._by_chinese.get(chinese_key(chinese), ())
        return next((one.english for one in pairs if one.is_shown), "")

    def synonyms(self, chinese: str) -> list[str]:
        """Return the other Chinese terms for what this one means, from pairs that may be shown.

        The pairs in between are written by hand or by a curator: mined ones are often only related.
        """
        key = chinese_key(chinese)
        found: dict[str, str] = {}
        for pair in self._by_chinese.get(key, ()):
            if pair.is_decided and pair.kind == Kind.CORE:
                for other in self._by_english[english_key(pair.english)]:
                    if other.is_decided:
                        found.setdefault(chinese_key(other.chinese), other.chinese)
        return [term for other, term in found.items() if other != key]

    def chinese_forms(self, key: str) -> Iterator[str]:
        """Yield all Chinese terms for an English one in normal form, in normal form, too."""
        return (chinese_key(pair.chinese) for pair in self._by_english.get(key, ()))

    # ---- entries

    def entry(self, key: str) -> Entry | None:
        """Return the entry with this key, which may be that of a plural or an abbreviation.

        The entry of an abbreviation is that of its long form. Redirect if its key is another one.
        """
        pair = self._english_pair(english_key(key))
        if not pair or not pair.is_shown:
            return None
        if pair.kind == Kind.ABBREVIATION:
            long = next(
                (
                    one
                    for one in self._by_chinese[chinese_key(pair.chinese)]
                    if one.kind == Kind.CORE
                ),
                None,
            )
            pair = long or pair
        return self._entry(pair)

    def entries(self) -> Iterator[Entry]:
        """Yield all entries, by English headword. Abbreviations have none of their own."""
        for key in sorted(self._by_english):
            pair = self._by_english[key][0]
            if pair.is_shown and pair.kind != Kind.ABBREVIATION:
                yield self._entry(pair)

    def pairs(self) -> Iterator[TermPair]:
        """Yield all pairs that count, variants too, by English and Chinese: for downloads."""
        for key in sorted(self._by_english):
            yield from sorted(self._by_english[key])

    @cached_property
    def counted_terms(self) -> frozenset[str]:
        """The terms that are counted by week: those of several words that may be shown."""
        return frozenset(
            key
            for key, pairs in self._by_english.items()
            if " " in key and pairs[0].is_shown and pairs[0].kind != Kind.ABBREVIATION
        )

    def counted_in(self, text: str) -> set[str]:
        """Return those of the counted terms that occur in an English text."""
        keys = (english_key(one.term) for one in self.in_english(text))
        return {key for key in keys if key in self.counted_terms}

    def __len__(self) -> int:
        """Return the number of pairs that count."""
        return sum(map(len, self._by_english.values()))

    def _english_pair(self, key: str) -> TermPair | None:
        pairs = self._by_english.get(key)
        return pairs[0] if pairs else None

    def _entry(self, pair: TermPair) -> Entry:
        same_english = self._by_english[english_key(pair.english)]
        same_chinese = self._by_chinese[chinese_key(pair.chinese)]
        chinese = [one for one in same_english[1:] if one.to_chinese]
        english = [one for one in same_chinese if one.is_shown and one.english != pair.english]
        return Entry(
            key=slug_of(pair.english),
            english=pair.english,
            chinese=pair.chinese,
            other_english=_names(one.english for one in english if one.kind == Kind.CORE),
            other_chinese=_names(one.chinese for one in chinese if one.is_shown),
            searched_chinese=_names(one.chinese for one in chinese if not one.is_shown),
            abbreviations=_names(one.english for one in english if one.kind == Kind.ABBREVIATION),
            kind=str(pair.kind),
            origin=str(pair.origin),
            use=pair.english_count,
            chinese_use=pair.chinese_count,
        )


def _decided(pairs: Iterable[TermPair]) -> Iterator[TermPair]:
    """Yield one row for each pair of terms: that of the highest rank, with the counts of mining."""
    by_key: dict[tuple[str, str], TermPair] = {}
    for pair in pairs:
        low, high = sorted((by_key.get(pair.key, pair), pair), key=lambda one: one.merit)
        by_key[pair.key] = high if high.together else _with_counts(high, low)
    yield from (pair for pair in by_key.values() if not pair.hidden)


def _with_counts(pair: TermPair, mined: TermPair) -> TermPair:
    return pair._replace(
        together=mined.together,
        chinese_count=mined.chinese_count,
        english_count=mined.english_count,
    )


def _in_order(pairs: list[TermPair], weight: Callable[[TermPair], float]) -> tuple[TermPair, ...]:
    """Return the pairs of one term: those that may be shown first, by rank and weight."""
    order = sorted(
        pairs,
        key=lambda one: (
            one.is_shown and weight(one) > 0,
            one.kind == Kind.CORE,
            one.is_decided,
            one.rank,
            weight(one),
            one.score,
            one.key,
        ),
        reverse=True,
    )
    return tuple(order)


def _longest(keys: Iterable[Iterable[str]]) -> dict[str, int]:
    """Return, for the first part of the keys, the greatest number of parts of a key."""
    longest: dict[str, int] = {}
    for key in keys:
        first, *rest = key
        longest[first] = max(longest.get(first, 0), 1 + len(rest))
    return longest


def _is_written(pair: TermPair, text: str) -> bool:
    """Whether a word of the text is meant as the abbreviation, and not as a word: RAG, not rag."""
    return pair.kind != Kind.ABBREVIATION or sum(map(str.isupper, text)) >= min(2, len(text))


def _is_whole(text: str, start: int, length: int) -> bool:
    """Whether a term that begins or ends with Latin does not cut a Latin word."""
    end = start + length
    return not (
        (start and _is_latin(text[start]) and _is_latin(text[start - 1]))
        or (end < len(text) and _is_latin(text[end]) and _is_latin(text[end - 1]))
    )


def _is_latin(char: str) -> bool:
    return char.isascii() and char.isalnum()


def _names(terms: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(terms))[:MAX_HELD_FORMS]
