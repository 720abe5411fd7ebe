"""What the glossary knows of a text: terms for the prompt, and a judge of translations."""

from collections.abc import Collection, Mapping
from typing import NamedTuple

from papers.glossary import Glossary, current_glossary
from papers.glossary.strayed import LEAST_TERMS, translated_terms
from papers.text.anchors import NO_TERMS, telling_words

MOST_TERMS = 12
"""Terms in one prompt. Each costs tokens, and a model follows few better than many."""

LEAST_WORDS = 5
"""Common words of an abstract to judge it by."""

LEAST_SHARE, LEAST_SHARE_IN_DOUBT = 0.6, 0.8
"""The share of them to be found in its Chinese. Of 3,000 sound abstracts the lowest share is 0.64,
and 95 of 100 have more than 0.84; beside the Chinese of another paper 99 of 100 have less than
0.58."""

LEAST_SHARE_OF_TERMS = 0.6
"""The same for terms. The judge of ``papers.glossary`` asks for less: it blames publishers, and
this one costs a second answer. Of 1,907 sound abstracts 8 have less, or lack phrases."""

LEAST_PHRASES, LEAST_PHRASES_OF_TITLE, LEAST_SHARE_OF_PHRASES = 4, 2, 0.4
"""The same for phrases: terms of several words name the subject, also where papers are written in
the same sentences."""

LEAST_OF_TITLE, LEAST_SHARE_OF_TITLE = 2, 0.35
"""The same for words and terms of a title."""


class Found(NamedTuple):
    """How many words and terms of a text are known, and how many of them stand in its Chinese."""

    translated: int
    known: int

    @property
    def share(self) -> float:
        return self.translated / self.known if self.known else 0.0


class KnownTerms:
    """The glossary of one run. Threads share it."""

    def __init__(self, glossary: Glossary) -> None:
        self._glossary = glossary

    @classmethod
    def of_site(cls) -> "KnownTerms":
        return cls(current_glossary())

    def for_prompt(self, english: str) -> dict[str, str]:
        """Return terms of the text with the Chinese to use: the longest, as they say the most."""
        found: dict[str, str] = {}
        for one in self._glossary.in_english(english):
            if chinese := self._glossary.shown_chinese_of(one.term):
                found.setdefault(one.term, chinese)
        longest = sorted(found, key=lambda term: (-len(term.split()), -len(term), term))
        return {term: found[term] for term in sorted(longest[:MOST_TERMS])}

    def has_strayed(self, english: str, chinese: str, is_doubtful: bool = False) -> bool:
        """Return whether too few known words and terms of an abstract stand in its Chinese: it is
        the translation of something else. More are needed where it is doubtful for other reasons.
        """
        terms = translated_terms(english, chinese, self._glossary)
        found = _count(terms.values())
        if found.known >= LEAST_TERMS and found.share < LEAST_SHARE_OF_TERMS:
            return True
        if _lacks_phrases(terms, LEAST_PHRASES):
            return True
        words = _words(english, chinese)
        if words.known < LEAST_WORDS:
            return is_doubtful
        return words.share < (LEAST_SHARE_IN_DOUBT if is_doubtful else LEAST_SHARE)

    def title_has_strayed(self, english: str, chinese: str) -> bool:
        """Return whether too few known words and terms of a title stand in its Chinese."""
        terms = translated_terms(english, chinese, self._glossary)
        if _lacks_phrases(terms, LEAST_PHRASES_OF_TITLE):
            return True
        found = self.found(english, chinese)
        return found.known >= LEAST_OF_TITLE and found.share < LEAST_SHARE_OF_TITLE

    def found(self, english: str, chinese: str) -> Found:
        """Return how many known words and terms of a text stand in the Chinese."""
        terms = _count(translated_terms(english, chinese, self._glossary).values())
        words = _words(english, chinese)
        return Found(words.translated + terms.translated, words.known + terms.known)


def _words(english: str, chinese: str) -> Found:
    return _count(telling_words(english, chinese, NO_TERMS).values())


def _lacks_phrases(terms: Mapping[str, bool], least: int) -> bool:
    phrases = _count([is_there for term, is_there in terms.items() if " " in term])
    return phrases.known >= least and phrases.share < LEAST_SHARE_OF_PHRASES


def _count(found: Collection[bool]) -> Found:
    return Found(sum(found), len(found))
