"""The segments of all papers as numbers, which take little memory. Pure."""

from array import array
from collections import Counter

from papers.glossary import ngrams, termhood
from papers.glossary.bitext import BREAK, Cut
from papers.glossary.tokens import english_key, singular


class NumberedText:
    """All segments as numbers. ``surfaces`` are the English words as written, place by place."""

    def __init__(self) -> None:
        self.english, self.chinese = ngrams.Words(), ngrams.Words()
        self.titles = bytearray()
        self.surfaces = array("I")
        self.surface_names = [BREAK]
        self._surface_numbers = {BREAK: 0}
        self._words = [0]  # the number of the word of each surface
        self.abbreviations: Counter[tuple[str, str]] = Counter()

    def add(self, some: Cut) -> None:
        for segment in some.segments:
            self._add_english(segment.english.split(" "))
            self._add_chinese(segment.chinese.split(" "))
            self.titles.append(segment.is_title)
        self.abbreviations.update((short, english_key(long)) for short, long in some.abbreviations)

    def _add_english(self, written: list[str]) -> None:
        surfaces = [self._surface_number(word) for word in written]
        numbers = [self._words[surface] for surface in surfaces]
        names = self.english.names
        starts = [
            termhood.is_english_start(names[number]) or _is_prefix(before, word)
            for before, word, number in zip(["", *written], written, numbers, strict=False)
        ]
        self.surfaces.extend([*surfaces, 0])
        self.english.add(numbers, starts)

    def _surface_number(self, word: str) -> int:
        number = self._surface_numbers.setdefault(word, len(self.surface_names))
        if number == len(self.surface_names):
            self.surface_names.append(word)
            self._words.append(self.english.number_of(singular(word.removesuffix("-"))))
        return number

    def _add_chinese(self, words: list[str]) -> None:
        numbers = [0 if word == BREAK else self.chinese.number_of(word) for word in words]
        self.chinese.add(numbers, [termhood.is_chinese_start(word) for word in words])


def _is_prefix(before: str, word: str) -> bool:
    """Whether a function word begins a compound, as in ``in-context``."""
    return word.endswith("-") and not before.endswith("-")
