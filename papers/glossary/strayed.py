"""Judge whether a Chinese abstract translates its English one: the fault *strayed*. Pure.

The measure is the share of the abstract's English terms whose Chinese stands in the translation.
``docs/glossary.md`` reports it for right and wrong pairs.
"""

from itertools import islice
from math import ceil
from typing import NamedTuple

from papers.glossary.lookup import Glossary
from papers.glossary.tokens import normal_chinese

LEAST_TERMS = 8
"""The least number of different terms of an abstract that is judged."""
LEAST_SHARE = 0.4
"""A translation with a lower share is that of another text, or half of it is missing."""


class Coverage(NamedTuple):
    """How many different terms an abstract has, and how many of them its translation has."""

    terms: int
    translated: int

    @property
    def share(self) -> float:
        return self.translated / self.terms if self.terms else 1.0


def strayed(english: str, chinese: str, glossary: Glossary) -> bool:
    """Return whether a Chinese abstract is not a translation of this English one.

    An abstract with few terms of the glossary is never judged so. No more terms are looked for than
    the least share, which nearly all translations have.
    """
    terms = glossary.terms_in(english)
    if len(terms) < LEAST_TERMS:
        return False
    text, least = normal_chinese(chinese), ceil(LEAST_SHARE * len(terms))
    translated = (True for term in terms if glossary.is_in_chinese(term, text))
    return len([*islice(translated, least)]) < least


def coverage(english: str, chinese: str, glossary: Glossary) -> Coverage:
    """Count the terms of an English text and those whose Chinese stands in the other one."""
    terms = translated_terms(english, chinese, glossary).values()
    return Coverage(len(terms), sum(terms))


def translated_terms(english: str, chinese: str, glossary: Glossary) -> dict[str, bool]:
    """Return the terms of an English text, and whether their Chinese stands in the other one.

    A term counts as translated if the Chinese has any of its forms, or the English itself.
    """
    text = normal_chinese(chinese)
    return {term: glossary.is_in_chinese(term, text) for term in glossary.terms_in(english)}
