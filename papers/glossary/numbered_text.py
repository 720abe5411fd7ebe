"""The segments of all papers as numbers, which take little memory. Pure."""

from array import array
from collections.abc import Iterable

from papers.glossary import ngrams, termhood
from papers.glossary.bitext import BREAK, Segment
from papers.glossary.tokens import singular


class NumberedText:
    """All segments as numbers. ``surfaces`` are the English words as written, place by place."""

    def __init__(self, segments: Iterable[str]) -> None:
        """Read segments as ``bitext.Segment.as_line`` writes them."""
        self.english, self._chinese = ngrams.Words(), ngrams.Words()
        self.titles = array("I")  # the numbers of the segments that are titles
        self.surfaces = array("I")
        self.surface_names = [BREAK]
        self._surface_numbers = {BREAK: 0}
        self._words = [0]  # the number of the word of each surface
        for number, line in enumerate(segments):
            segment = Segment.from_line(line)
            self._add_english(segment.english.split(" "))
            self._add_chinese(segment.chinese.split(" "))
            if segment.is_title:
                self.titles.append(number)

    def take_chinese(self) -> ngrams.Words:
        """Return the Chinese words and forget them, to free the memory early."""
        chinese, self._chinese = self._chinese, ngrams.Words()
        return chinese

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
        numbers = [0 if word == BREAK else self._chinese.number_of(word) for word in words]
        self._chinese.add(numbers, [termhood.is_chinese_start(word) for word in words])


def _is_prefix(before: str, word: str) -> bool:
    """Whether a function word begins a compound, as in ``in-context``."""
    return word.endswith("-") and not before.endswith("-")
