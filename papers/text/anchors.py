"""Find anchors: numbers, Latin words, formulas and terms that occur in both texts.

Each anchor is one bit. The anchors of a sentence are an integer, so that one operation compares two
sentences. Terms and common words connect the languages: "benchmark" in the English and 基准 in the
Chinese are the same anchor.
"""

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import accumulate, chain
from pathlib import Path
from types import MappingProxyType
from typing import NamedTuple

from papers.text.markup.formulas import find_formulas

Terms = Mapping[str, Collection[str]]
"""English term in lower case, words separated by single spaces → its Chinese translations."""

NO_TERMS: Terms = MappingProxyType({})

LONGEST_TERM = 5
"""The most words of a term that is looked up."""

RARE = 0.34
"""An anchor is rare if it occurs in at most this share of the sentences of each text."""

_WORD = re.compile(r"[a-z]{2,}\d*|\d+(?:[.,]\d+)*")
_OF_LINKS = frozenset(("http", "https", "url", "this"))
_HAN = re.compile("[\u3400-\u4dbf\u4e00-\u9fff]")


class Anchors(NamedTuple):
    """The anchor bits of each sentence of both texts, and the bits of all rare anchors."""

    one: list[int]
    other: list[int]
    rare: int


def find_anchors(one: Sequence[str], other: Sequence[str], terms: Terms) -> Anchors:
    """Return the anchors of two texts, given as sentences. Either text may be the English one."""
    in_one, in_other = [_own(sentence) for sentence in one], [_own(sentence) for sentence in other]
    _add_translated(one, in_one, other, in_other, terms)
    _add_translated(other, in_other, one, in_one, terms)
    in_both = _frequencies(in_one), _frequencies(in_other)
    shared = in_both[0].keys() & in_both[1].keys()
    bits = {anchor: 1 << number for number, anchor in enumerate(shared)}
    rare = sum(
        bits[anchor]
        for anchor in shared
        if _is_rare(in_both[0][anchor], len(one)) and _is_rare(in_both[1][anchor], len(other))
    )
    return Anchors(_as_bits(in_one, bits), _as_bits(in_other, bits), rare)


def telling_words(sentence: str, chinese: str, terms: Terms) -> dict[str, bool]:
    """Return the common words and terms of an English sentence, and whether ``chinese`` has each.

    A word counts as present if any of its known translations occurs.
    """
    known = _translated(sentence, _own(sentence), terms)
    return {word: any(form in chinese for form in forms) for word, forms in known.items()}


def _own(sentence: str) -> set[str]:
    """Return the words, numbers and formulas of the sentence, normalised for comparison."""
    found = set(map(_bare, _words(sentence)))
    if "$" in sentence or "\\" in sentence:
        found.update("".join(one.formula.tex.split()) for one in find_formulas(sentence))
    return found


def _words(sentence: str) -> list[str]:
    return [word for word in _WORD.findall(sentence.lower()) if word not in _OF_LINKS]


@lru_cache(maxsize=50_000)
def _bare(word: str) -> str:
    """Return a number without commas, or a word without plural "s", as Chinese has no plural."""
    if word[0].isdigit():
        return word.replace(",", "")
    return word[:-1] if len(word) > 3 and word[-1] == "s" else word


def _common_words() -> dict[str, Collection[str]]:
    lines = Path(__file__).with_name("common_words.txt").read_text("utf-8").splitlines()
    rows = [line.split() for line in lines if not line.startswith("#")]
    return {_bare(english): chinese for english, *chinese in rows}


_COMMON = _common_words()


def _add_translated(
    english: Sequence[str],
    in_english: Sequence[set[str]],
    chinese: Sequence[str],
    in_chinese: Sequence[set[str]],
    terms: Terms,
) -> None:
    """Add the terms of the English text to both: to the Chinese where a translation occurs."""
    whole = "\n".join(chinese)
    if not _HAN.search(whole):
        return
    forms: dict[str, Collection[str]] = {}
    for sentence, found in zip(english, in_english, strict=True):
        known = _translated(sentence, found, terms)
        found.update(known)
        forms = known | forms
    starts = [0, *accumulate(len(sentence) + 1 for sentence in chinese)]
    for term, written in forms.items():
        for number in _sentences_with(written, whole, starts):
            in_chinese[number].add(term)


def _sentences_with(forms: Collection[str], whole: str, starts: Sequence[int]) -> Iterator[int]:
    """Yield the numbers of the sentences with one of the forms, some of them more than once."""
    for form in forms:
        at = whole.find(form)
        while at >= 0:
            following = bisect_right(starts, at)
            yield following - 1
            at = whole.find(form, starts[following])


def _translated(sentence: str, own: set[str], terms: Terms) -> dict[str, Collection[str]]:
    """Return the words and terms of the sentence with known translations."""
    known = {word: _COMMON[word] for word in own & _COMMON.keys()}
    if terms:
        known.update(_known(_words(sentence), terms))
    return known


def _known(words: Sequence[str], terms: Terms) -> Iterator[tuple[str, Collection[str]]]:
    """Yield the terms among these words, as written or else in the singular."""
    for start in range(len(words)):
        for end in range(start + 1, min(start + LONGEST_TERM, len(words)) + 1):
            *before, last = words[start:end]
            for term in (" ".join((*before, last)), " ".join((*before, _bare(last)))):
                if term in terms:
                    yield term, terms[term]
                    break


def _frequencies(sentences: Sequence[set[str]]) -> Counter[str]:
    return Counter(chain.from_iterable(sentences))


def _is_rare(frequency: int, sentences: int) -> bool:
    return frequency == 1 or frequency <= RARE * sentences


def _as_bits(sentences: Sequence[set[str]], bits: Mapping[str, int]) -> list[int]:
    return [sum(bits[anchor] for anchor in found & bits.keys()) for found in sentences]
