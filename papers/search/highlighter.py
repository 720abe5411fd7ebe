"""Find the words of a query in a text and return spans to highlight. No database, no HTML.

Templates escape the text first and add marks afterwards. The idea is from
https://lemon24.github.io/reader.
"""

import re
import unicodedata
from bisect import bisect, bisect_left
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice, pairwise

from papers.search.analyzer import simplified, words_in
from papers.search.dictionary import FUNCTION_WORDS, HAN
from papers.text.folding import fold
from papers.text.symbol_names import symbol_of
from papers.text.word_forms import spellings

SNIPPET = 160  # characters
MAX_WORDS = 40  # words of a query that are marked
BEFORE = 40  # characters of the snippet before the first hit
_LONG_WORD = 20  # characters that a snippet may lose so that it does not cut a word

_HAN_RUN = re.compile(rf"[{HAN}]+")
# Between Chinese and Latin letters a word begins and ends without a space.
_BEGINNING = re.compile(rf"\s|(?=[{HAN}])")
_END = re.compile(rf"\s|(?<=[{HAN}])")
_JOINT = "[-\u2010-\u2015'\u2019._ ]?"
_ENDINGS = re.compile("(?:ization|ations?|ing|ings|ers?|ed|es|ions?|ly|s|e|y)$")
_ENDING = "(?:ization|izations|ation|ations|ing|ings|er|ers|ed|es|ion|ions|ly|s|e|y|ies|ied)?"
_MARKS = re.compile("[\u0300-\u036f]")


@dataclass(frozen=True, slots=True)
class Highlighted:
    """A text and the spans that match a query.

    ``cut_before`` and ``cut_after`` are true if the text is part of a longer one.
    """

    text: str
    spans: tuple[tuple[int, int], ...] = ()
    cut_before: bool = False
    cut_after: bool = False

    def parts(self) -> Iterator[tuple[str, bool]]:
        """Yield the text in pieces, each with whether it is a hit."""
        edges = [0, *(edge for span in self.spans for edge in span), len(self.text)]
        for number, (start, end) in enumerate(pairwise(edges)):
            if start < end:
                yield self.text[start:end], number % 2 == 1

    def snippet(self, length: int = SNIPPET) -> "Highlighted":
        """Return the part of the text with the most hits, about ``length`` characters long."""
        if len(self.text) <= length:
            return self
        start = self._best_start(length)
        start = self._at_a_word(start)
        end = self._behind_a_word(min(start + length, len(self.text)))
        spans = ((max(a, start) - start, min(b, end) - start) for a, b in self.spans)
        return Highlighted(
            self.text[start:end],
            tuple((a, b) for a, b in spans if a < b),
            start > 0,
            end < len(self.text),
        )

    def _best_start(self, length: int) -> int:
        starts = [max(a - BEFORE, 0) for a, _ in self.spans[:200]] or [0]
        begins, ends = [a for a, _ in self.spans], [b for _, b in self.spans]
        hits = {at: max(bisect(ends, at + length) - bisect_left(begins, at), 0) for at in starts}
        best = max(hits, key=lambda at: (hits[at], -at))
        return min(best, max(len(self.text) - length, 0))

    def _at_a_word(self, start: int) -> int:
        """Move the start to the next word boundary if it would cut a Latin word."""
        if start == 0 or _HAN_RUN.match(self.text[start]):
            return start
        beginning = _BEGINNING.search(self.text, start, start + _LONG_WORD)
        return beginning.end() if beginning else start

    def _behind_a_word(self, end: int) -> int:
        """Move the end behind a hit that it would cut, or else back to the end of a Latin word."""
        end = next((b for a, b in self.spans if a < end < b <= end + _LONG_WORD), end)
        if end == len(self.text) or _HAN_RUN.match(self.text[end]):
            return end
        ends = [one.start() for one in _END.finditer(self.text, max(end - _LONG_WORD, 0), end)]
        if not ends:
            return end
        last_hit = max((b for a, b in self.spans if a < end and b > ends[-1]), default=ends[-1])
        return min(last_hit, end)


class Marker:
    """Mark the words of a query in texts, by the same rules as the index.

    ``terms`` are marked as a whole: what the query is called in the other language.
    """

    def __init__(self, texts: Iterable[str], terms: Iterable[str] = ()) -> None:
        found = [word for text in texts for word in [*words_in(text), *words_in(simplified(text))]]
        telling = [word for word in dict.fromkeys(found) if word not in FUNCTION_WORDS]
        self.words = telling[:MAX_WORDS]
        whole = ["-".join(fold(term).split()) for term in islice(terms, MAX_WORDS)]
        found = [one for word in [*self.words, *whole] for one in _patterns(word)]
        patterns = sorted(found, key=len)[::-1]
        self._pattern = re.compile("|".join(patterns)) if patterns else None

    def mark(self, text: str) -> Highlighted:
        """Return the text with the spans of the query's words."""
        if self._pattern is None:
            return Highlighted(text)
        folded, places = _folded_with_places(text)
        spans = [
            (places[match.start()], places[match.end() - 1] + 1)
            for match in self._pattern.finditer(folded)
        ]
        return Highlighted(text, _apart(spans))

    def found_in(self, highlighted: Highlighted) -> int:
        """Return how many different words are marked."""
        marked = {fold(highlighted.text[a:b])[:4] for a, b in highlighted.spans}
        return len(marked)


def _patterns(word: str) -> list[str]:
    """Return the patterns of a word in either spelling, and of the symbol that it names."""
    found = [_pattern(one) for one in spellings(word)]
    if symbol := symbol_of(word):
        found.append(rf"{re.escape(symbol)}(?<![^\W_{HAN}]{re.escape(symbol)})(?![^\W_{HAN}])")
    return found


def _pattern(word: str) -> str:
    if _HAN_RUN.match(word):
        return re.escape(word)
    *before, last = re.split("[-\u2010-\u2015'\u2019._]", word)
    whole = _JOINT.join([*map(re.escape, before), _stem(last)])
    # The first letter comes before the lookbehind: it is then tested only where that letter occurs.
    first = re.escape(word[0])
    return rf"{first}(?<![^\W_{HAN}].){whole.removeprefix(first)}(?![^\W_{HAN}])"


def _stem(word: str) -> str:
    """Return a pattern for the word with common endings. Shorter stems would mark other words."""
    stem = _ENDINGS.sub("", word)
    if len(stem) < 3:
        return re.escape(word) + "s?"
    doubled = f"{re.escape(stem[-1])}?" if word.isascii() else ""
    return re.escape(stem) + doubled + _ENDING


def _folded_with_places(text: str) -> tuple[str, range | list[int]]:
    """Return the folded text and, for each of its characters, the index in the original."""
    folded = fold(text)
    if len(folded) == len(text):
        return folded, range(len(text))
    pieces = [_MARKS.sub("", unicodedata.normalize("NFKD", one)).lower() for one in text]
    places = [at for at, piece in enumerate(pieces) for _ in piece]
    return "".join(pieces), places


def _apart(spans: list[tuple[int, int]]) -> tuple[tuple[int, int], ...]:
    """Return the spans in order, with touching spans joined."""
    apart: list[tuple[int, int]] = []
    for start, end in spans:
        if apart and start <= apart[-1][1]:
            apart[-1] = (apart[-1][0], max(end, apart[-1][1]))
        else:
            apart.append((start, end))
    return tuple(apart)
