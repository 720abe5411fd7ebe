"""Choose the sequences of words that may be terms, and find where they occur. Pure."""

from collections.abc import Callable
from dataclasses import dataclass

from papers.glossary import termhood
from papers.glossary.ngrams import Grams, Words, frequent, occurrences
from papers.glossary.pairing import Occurrences

LEAST = 6
"""The least number of occurrences of a sequence of words."""

Sequence = tuple[str, ...]


@dataclass(frozen=True)
class Language:
    """What differs between the languages.

    ``fragment`` is the share of its occurrences within one and the same longer sequence from which
    a sequence is only a fragment of that one.
    """

    longest: int
    fragment: float
    fits: Callable[[Sequence], bool]
    is_term: Callable[[Sequence], bool]


ENGLISH = Language(termhood.LONGEST_ENGLISH, 0.85, lambda words: True, termhood.is_english_term)
CHINESE = Language(
    termhood.LONGEST_CHINESE, 0.75, termhood.is_chinese_length, termhood.is_chinese_term
)


@dataclass(frozen=True)
class Candidates:
    """Sequences of words in the order of their words, their numbers in ``grams``, their places.

    A candidate's number is its place in ``terms``.
    """

    terms: list[Sequence]
    numbers: list[int]
    found: Occurrences


def candidates(words: Words, language: Language) -> Candidates:
    """Return the candidates among the sequences of these words, without fragments."""
    grams = frequent(words, LEAST, language.longest, language.fits)
    chosen = sorted(_chosen(grams, language))
    numbers = [number for _, number in chosen]
    found = Occurrences(len(numbers), occurrences(words, grams, numbers))
    return Candidates([term for term, _ in chosen], numbers, found)


def _chosen(grams: Grams, language: Language) -> list[tuple[Sequence, int]]:
    return [
        (words, number)
        for number, count in enumerate(grams.counts)
        if count >= LEAST
        and grams.inside[number] < language.fragment * count
        and language.is_term(words := grams.words(number))
    ]
