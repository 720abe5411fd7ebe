"""What two sentences that say the same have in common: numbers, Latin words, formulas, terms.

What stands in both texts is an anchor, and each anchor is one bit. A sentence has the bits of its
anchors, so that one operation compares two sentences. Terms and common words hold the languages
together: "benchmark" in the English and 基准 in the Chinese are the same anchor.
"""

import re
from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from pathlib import Path
from types import MappingProxyType
from typing import NamedTuple

from papers.text.markup.formulas import find_formulas

Terms = Mapping[str, Collection[str]]
"""English in small letters, its words divided by single spaces → the ways Chinese writes it."""

NO_TERMS: Terms = MappingProxyType({})

LONGEST_TERM = 5
"""Words of a term that is looked up."""

RARE = 0.34
"""The share of the sentences of either text up to which an anchor counts as rare."""

_WORD = re.compile(r"[a-z]{2,}\d*|\d+(?:[.,]\d+)*")
_OF_LINKS = frozenset(("http", "https", "url", "this"))
_HAN = re.compile("[\u3400-\u4dbf\u4e00-\u9fff]")


class Anchors(NamedTuple):
    """The bits of each sentence of either text, and the bits of the rare anchors."""

    one: list[int]
    other: list[int]
    rare: int


def find_anchors(one: Sequence[str], other: Sequence[str], terms: Terms) -> Anchors:
    """The anchors of two texts, given as their sentences in any order of the languages."""
    in_one, in_other = [_own(sentence) for sentence in one], [_own(sentence) for sentence in other]
    _add_translated(one, in_one, other, in_other, terms)
    _add_translated(other, in_other, one, in_one, terms)
    frequency_in_one, frequency_in_other = _frequencies(in_one), _frequencies(in_other)
    rare = 0
    bits: dict[str, int] = {}
    for anchor, frequency in frequency_in_one.items():
        if anchor in frequency_in_other:
            bit = bits[anchor] = 1 << len(bits)
            if _is_rare(frequency, len(one)) and _is_rare(frequency_in_other[anchor], len(other)):
                rare |= bit
    return Anchors(_as_bits(in_one, bits), _as_bits(in_other, bits), rare)


def telling_words(sentence: str, chinese: str, terms: Terms) -> dict[str, bool]:
    """The common words and terms of an English sentence, and whether the Chinese has each."""
    known = _translated(sentence, _own(sentence), terms)
    return {word: any(form in chinese for form in forms) for word, forms in known.items()}


def _own(sentence: str) -> set[str]:
    """Words, numbers and formulas as they are compared."""
    found = {_bare(word) for word in _words(sentence)}
    if "$" in sentence or "\\" in sentence:
        found.update("".join(one.formula.tex.split()) for one in find_formulas(sentence))
    return found


def _words(sentence: str) -> list[str]:
    return [word for word in _WORD.findall(sentence.lower()) if word not in _OF_LINKS]


def _bare(word: str) -> str:
    """A number without commas; a word without the "s" of the plural, which Chinese leaves out."""
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
    """Add the terms of the one text, and find them in the other."""
    whole = "\n".join(chinese)
    if not _HAN.search(whole):
        return
    forms: dict[str, list[str]] = {}
    for sentence, found in zip(english, in_english, strict=True):
        known = _translated(sentence, found, terms)
        found.update(known)
        for term, written in known.items():
            if term not in forms:
                forms[term] = [form for form in written if form in whole]
    for sentence, found in zip(chinese, in_chinese, strict=True):
        found.update(term for term, ways in forms.items() if any(way in sentence for way in ways))


def _translated(sentence: str, own: set[str], terms: Terms) -> dict[str, Collection[str]]:
    """The words and terms of the sentence whose Chinese is known."""
    known = {word: _COMMON[word] for word in own if word in _COMMON}
    if terms:
        known.update(_known(_words(sentence), terms))
    return known


def _known(words: Sequence[str], terms: Terms) -> Iterator[tuple[str, Collection[str]]]:
    """The terms among these words, as they stand or else in the singular."""
    for start in range(len(words)):
        for end in range(start + 1, min(start + LONGEST_TERM, len(words)) + 1):
            *before, last = words[start:end]
            for term in (" ".join((*before, last)), " ".join((*before, _bare(last)))):
                if term in terms:
                    yield term, terms[term]
                    break


def _frequencies(sentences: Sequence[set[str]]) -> Counter[str]:
    return Counter(anchor for found in sentences for anchor in found)


def _is_rare(frequency: int, sentences: int) -> bool:
    return frequency == 1 or frequency <= RARE * sentences


def _as_bits(sentences: Sequence[set[str]], bits: Mapping[str, int]) -> list[int]:
    return [sum(bits[anchor] for anchor in found if anchor in bits) for found in sentences]
