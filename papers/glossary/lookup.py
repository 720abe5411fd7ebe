"""The glossary in memory: find terms in texts of either language, and translate them. Pure.

Terms are found by longest match from the left. Where a pair of terms has several rows, the row of
the highest rank counts (curator, hand list, mined); a hidden one removes the pair.
"""

import gc
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import cached_property, lru_cache
from sys import intern
from typing import NamedTuple

from papers.glossary.term_pairs import Kind, Origin, TermPair
from papers.glossary.tokens import (
    EnglishWords,
    chinese_key,
    chinese_text,
    english_key,
    english_words,
    slug_of,
)

_Key = tuple[str, str]  # the normal forms of a pair, Chinese and English
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
        self._known_forms: dict[str, tuple[str, ...]] = {}
        with _collector_paused():
            self._by_english = _by_english(pairs)
        self._number = sum(map(len, self._by_english.values()))
        self._abbreviations = frozenset(_abbreviations(self._by_english))
        self._following = _following(self._by_english)

    @cached_property
    def _by_chinese(self) -> dict[str, tuple[TermPair, ...]]:
        by_chinese = defaultdict(list)
        for english, pairs in self._by_english.items():
            for pair in pairs:
                key = intern(chinese_key(pair.chinese))
                by_chinese[key].append(((key, english), pair))
        return {
            chinese: _in_order(some, lambda pair: pair.to_english)
            for chinese, some in by_chinese.items()
        }

    @cached_property
    def _lengths(self) -> dict[str, tuple[int, ...]]:
        return _lengths(self._by_chinese)

    def warm_up(self) -> None:
        """Make now what is made when Chinese is first asked for."""
        self.in_chinese("模型")

    # ---- finding terms in texts

    def in_english(self, text: str, *, searched: bool = False) -> list[Found]:
        """Return the English terms of a text that may be shown, none within a formula.

        With ``searched`` also those that only searches use.
        """
        words = english_words(text)
        starts, ends = words.places
        return [
            Found(starts[first], ends[last], pair.english)
            for first, last, _, pair in self._english_terms(words)
            if pair.is_shown or searched
        ]

    def _english_terms(self, words: EnglishWords) -> Iterator[tuple[int, int, str, TermPair]]:
        """Yield the longest terms of a text: first and last word, normal form and first pair."""
        by_english, following = self._by_english, self._following
        normal, after = [*words.words, ""], 0
        for first, key in enumerate(words.words):
            if first < after:
                continue
            last, longest = first, None
            while True:
                pairs = by_english.get(key)
                if pairs and (key not in self._abbreviations or _is_meant(words, first, last)):
                    longest = first, last, key, pairs[0]
                longer = following.get(key)
                key = longer.get(normal[last + 1], "") if longer else ""
                if not key or not words.is_joined(last):
                    break
                last += 1
            if longest:
                yield longest
                after = longest[1] + 1

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
        terms = {key: pair for _, _, key, pair in self._english_terms(english_words(text))}
        return frozenset(key for key, pair in terms.items() if pair.is_shown)

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


def _by_english(pairs: Iterable[TermPair]) -> dict[str, tuple[TermPair, ...]]:
    """Return the pairs that count, by the normal form of their English term."""
    given = defaultdict(list)
    for pair in pairs:
        given[intern(english_key(pair.english))].append(pair)
    return {english: some for english, all_ in given.items() if (some := _decided(english, all_))}


def _decided(english: str, pairs: list[TermPair]) -> tuple[TermPair, ...]:
    """Return one row for each Chinese translation of an English term, in order.

    It is that of the highest rank, with the counts of mining.
    """
    if len(pairs) == 1:  # as most
        return () if pairs[0].hidden else (pairs[0],)
    by_key: dict[_Key, TermPair] = {}
    for pair in pairs:
        key = chinese_key(pair.chinese), english
        if before := by_key.get(key):
            low, high = sorted((before, pair), key=lambda one: one.merit)
            pair = high if high.together else _with_counts(high, low)
        by_key[key] = pair
    shown = [(key, pair) for key, pair in by_key.items() if not pair.hidden]
    return _in_order(shown, lambda pair: pair.to_chinese)


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


def _abbreviations(pairs: Mapping[str, Sequence[TermPair]]) -> Iterator[str]:
    return (key for key, some in pairs.items() if some[0].kind == Kind.ABBREVIATION)


def _following(keys: Iterable[str]) -> dict[str, dict[str, str]]:
    """Return what follows the beginnings of keys of several words.

    ``language`` has ``model`` → ``language model``, which is a key or another beginning.
    """
    following: dict[str, dict[str, str]] = defaultdict(dict)
    for key in keys:
        beginning, space, word = key.rpartition(" ")
        while space:
            following[beginning][word] = key
            key = beginning
            beginning, space, word = key.rpartition(" ")
    return dict(following)


def _is_meant(words: EnglishWords, first: int, last: int) -> bool:
    """Whether these words are meant as an abbreviation, and not as a word: RAG, not rag."""
    written = words.written(first, last)
    return sum(map(str.isupper, written)) >= min(2, len(written))


def _lengths(keys: Iterable[str]) -> dict[str, tuple[int, ...]]:
    """Return, for the first two characters of the keys, the lengths of keys, the longest first."""
    lengths: dict[str, set[int]] = defaultdict(set)
    for key in keys:
        if len(key) > 1:
            lengths[key[:2]].add(len(key))
    return {start: tuple(sorted(some, reverse=True)) for start, some in lengths.items()}


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
