"""What the glossary knows of a text: terms for the prompt, and a judge of translations."""

from typing import NamedTuple

from papers.glossary import Glossary, current_glossary
from papers.glossary.strayed import coverage, strayed
from papers.text.anchors import NO_TERMS, telling_words

MOST_TERMS = 12
"""Terms in one prompt. Each costs tokens, and a model follows few better than many."""

LEAST_WORDS = 5
"""Common words of an abstract to judge it by."""

LEAST_SHARE, LEAST_SHARE_IN_DOUBT = 0.6, 0.8
"""The share of them to be found in its Chinese. Of 3,000 sound abstracts the lowest share is 0.64,
and 95 of 100 have more than 0.84; beside the Chinese of another paper 99 of 100 have less than
0.58."""


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
        if strayed(english, chinese, self._glossary):
            return True
        words = _words(english, chinese)
        if words.known < LEAST_WORDS:
            return is_doubtful
        return words.share < (LEAST_SHARE_IN_DOUBT if is_doubtful else LEAST_SHARE)

    def found(self, english: str, chinese: str) -> Found:
        """Return how many known words and terms of a text stand in the Chinese."""
        words, terms = _words(english, chinese), coverage(english, chinese, self._glossary)
        return Found(words.translated + terms.translated, words.known + terms.terms)


def _words(english: str, chinese: str) -> Found:
    words = telling_words(english, chinese, NO_TERMS).values()
    return Found(sum(words), len(words))
