"""The glossary in memory: find terms in texts of either language, and translate them. Pure.

Terms are found by longest match from the left. Where a pair of terms has several rows, the row of
the highest rank counts (curator, hand list, mined); a hidden one removes the pair.
"""

import gc
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from functools import cached_property, lru_cache
from sys import intern
from typing import NamedTuple

from papers.glossary.term_pairs import Kind, Origin, TermPair
from papers.glossary.tokens import (
    chinese_key,
    chinese_text,
    english_key,
    english_words,
    slug_of,
)

_Key = tuple[str, str]  # the normal forms of a pair, Chinese and English
_ABBREVIATION = Kind.ABBREVIATION  # read for each word of each text, which an attribute makes slow
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

    @property
    def is_decided(self) -> bool:
        """Whether a person wrote it."""
        return self.origin in (Origin.HAND, Origin.CURATOR)


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
        self.terms_in = lru_cache(maxsize=500)(self._terms_in)  # a text is judged, and counted
        self._by_english: dict[str, tuple[TermPair, ...]] = {}
        self._by_chinese: dict[str, tuple[TermPair, ...]] = {}
        self._known_forms: dict[str, tuple[str, ...]] = {}
        with _collector_paused():
            self._index(_decided(pairs))

    def _index(self, pairs: dict[_Key, TermPair]) -> None:
        by_english, by_chinese = defaultdict(list), defaultdict(list)
        for key, pair in pairs.items():
            if not pair.hidden:
                by_english[intern(key[1])].append((key, pair))
                by_chinese[intern(key[0])].append((key, pair))
        for english, some in by_english.items():
            self._by_english[english] = _in_order(some, lambda pair: pair.to_chinese)
        for chinese, some in by_chinese.items():
            self._by_chinese[chinese] = _in_order(some, lambda pair: pair.to_english)
        self._number = sum(map(len, self._by_english.values()))
        self._first_words = frozenset(key.partition(" ")[0] for key in self._by_english)
        self._beginnings = frozenset(_beginnings(self._by_english))
        self._lengths = _lengths(self._by_chinese)

    # ---- finding terms in texts

    def in_english(self, text: str, *, searched: bool = False) -> list[Found]:
        """Return the English terms of a text that may be shown, none within a formula.

        With ``searched`` also those that only searches use.
        """
        return [
            Found(start, end, pair.english)
            for start, end, _, pair in self._english_terms(text)
            if pair.is_shown or searched
        ]

    def _english_terms(self, text: str) -> Iterator[tuple[int, int, str, TermPair]]:
        """Yield start, end, normal form and first pair of the longest terms of an English text."""
        words, starts, ends, joined = english_words(text)
        at = 0
        while at < len(words):
            key, last = words[at], at
            if key not in self._first_words:  # as most
                at += 1
                continue
            longest = None
            while True:
                pairs = self._by_english.get(key)
                if pairs and _is_written(pairs[0], text[starts[at] : ends[last]]):
                    longest = starts[at], ends[last], key, pairs[0]
                    following = last + 1
                if key not in self._beginnings or not joined[last]:
                    break
                last += 1
                key = f"{key} {words[last]}"
            if longest:
                yield longest
            at = following if longest else at + 1

    def in_chinese(self, text: str, *, searched: bool = False) -> list[Found]:
        """Return the Chinese terms of a text that may be shown.

        With ``searched`` also those that only searches use. Terms do not reach over spaces, except
        for those between Han and Latin.
        """
        normal = chinese_text(text)
        found: list[Found] = []
        at = 0
        while at < len(normal.text) - 1:
            for length in self._lengths.get(normal.text[at : at + 2], ()):
                pairs = self._by_chinese.get(normal.text[at : at + length])
                if at + length > len(normal.text):
                    continue
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

    def pair(self, english: str, chinese: str) -> TermPair | None:
        """Return the pair of these two terms, in any spelling, if the glossary has it."""
        key = chinese_key(chinese)
        pairs = self._by_english.get(english_key(english), ())
        return next((one for one in pairs if chinese_key(one.chinese) == key), None)

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

    def is_in_chinese(self, term: str, text: str) -> bool:
        """Return whether a Chinese text has an English term in any form, or in English.

        Both are in normal form.
        """
        return any(form in text for form in self._forms(term))

    def _forms(self, term: str) -> tuple[str, ...]:
        """Return what an English term is written as in Chinese texts, in normal form."""
        if (forms := self._known_forms.get(term)) is None:
            pairs = self._by_english.get(term, ())
            chinese = (intern(chinese_key(one.chinese)) for one in pairs)
            english = (intern(one.english.lower()) for one in pairs)
            forms = self._known_forms[term] = tuple(dict.fromkeys([*chinese, *english]))
        return forms

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

    def counted_in(self, text: str) -> frozenset[str]:
        """Return those of the counted terms that occur in an English text."""
        return self.terms_in(text) & self.counted_terms

    def _terms_in(self, text: str) -> frozenset[str]:
        """Return the terms of an English text that may be shown, in normal form."""
        return frozenset(key for _, _, key, pair in self._english_terms(text) if pair.is_shown)

    def __len__(self) -> int:
        """Return the number of pairs that count."""
        return self._number  # counted once: a search asks several times if there is any

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


@contextmanager
def _collector_paused() -> Iterator[None]:
    """Pause the garbage collector, which would look at all terms many times while they are made."""
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()


def _decided(pairs: Iterable[TermPair]) -> dict[_Key, TermPair]:
    """Return one row for each pair of terms, by their normal forms.

    It is that of the highest rank, with the counts of mining.
    """
    by_key: dict[_Key, TermPair] = {}
    for pair in pairs:
        key = pair.key
        if before := by_key.get(key):
            low, high = sorted((before, pair), key=lambda one: one.merit)
            pair = high if high.together else _with_counts(high, low)
        by_key[key] = pair
    return by_key


def _with_counts(pair: TermPair, mined: TermPair) -> TermPair:
    return pair._replace(
        together=mined.together,
        chinese_count=mined.chinese_count,
        english_count=mined.english_count,
    )


def _in_order(
    pairs: list[tuple[_Key, TermPair]], weight: Callable[[TermPair], float]
) -> tuple[TermPair, ...]:
    """Return the pairs of one term: those that may be shown first, by rank and weight."""
    if len(pairs) > 1:
        pairs = sorted(pairs, key=lambda one: _merit(one[0], one[1], weight(one[1])), reverse=True)
    return tuple(pair for _, pair in pairs)


def _merit(key: _Key, pair: TermPair, weight: float) -> tuple:
    return (
        pair.is_shown and weight > 0,
        pair.kind == Kind.CORE,
        pair.is_decided,
        pair.rank,
        weight,
        pair.score,
        key,
    )


def _beginnings(keys: Iterable[str]) -> Iterator[str]:
    """Yield what the keys of several words begin with, all words but the last, and so on."""
    for key in keys:
        beginning, space, _ = key.rpartition(" ")
        while space:
            yield beginning
            beginning, space, _ = beginning.rpartition(" ")


def _lengths(keys: Iterable[str]) -> dict[str, tuple[int, ...]]:
    """Return, for the first two characters of the keys, the lengths of keys, the longest first."""
    lengths: dict[str, set[int]] = defaultdict(set)
    for key in keys:
        if len(key) > 1:
            lengths[key[:2]].add(len(key))
    return {start: tuple(sorted(some, reverse=True)) for start, some in lengths.items()}


def _is_written(pair: TermPair, text: str) -> bool:
    """Whether a word of the text is meant as the abbreviation, and not as a word: RAG, not rag."""
    return pair.kind != _ABBREVIATION or sum(map(str.isupper, text)) >= min(2, len(text))


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
