"""Score papers by the words of a query in their texts. Pure: no database, no Django.

The score reads the nodes that a paper must match. Each part of "and" adds to it; of an "or" only
the best alternative counts, so another spelling or translation of a word finds a paper without
counting twice. What a word adds depends on how rare it is, on the fields that have it, and on how
near the word in the text is to it (``papers.text.word_forms``). Words that stand next to each other
as in the query add more. A title that is the query, then an author's name, come before all others.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from papers.search.dictionary import HAN
from papers.search.query_nodes import AllOf, AnyOf, Node, SomeOf, Term, Without
from papers.text.folding import fold
from papers.text.symbol_names import spelled_out
from papers.text.word_forms import EXACT, INFLECTED, beginning, likeness

TITLE, AUTHORS, ABSTRACT = "title", "authors", "abstract"
WEIGHTS = {TITLE: 8.0, AUTHORS: 4.0, ABSTRACT: 1.0}
SATURATION = 2.0  # the weight at which a word adds half of what it can add
MOST_PLACES = 6  # of a word in the texts of a paper
NEXT, NEAR = 3, 16  # characters between neighbours
NEIGHBOURS = {TITLE: 0.6, AUTHORS: 0.6, ABSTRACT: 0.3}  # the share that neighbours add
COVERED = 0.3  # the share that a title adds that has no other words
TITLED, CALLED, NAMED = 1_000.0, 300.0, 100.0

_BREAK = "\n" * (NEAR + 1)  # words of two texts, or of two names, are no neighbours
_REST = re.compile("[a-z0-9]*")
_BETWEEN = re.compile(r"[^\w\n]{0,2}")
_NOT_BARE = re.compile(r"[\W_]+")
_HEAD = re.compile("[^:：]+")
_LATIN_WORD = re.compile(rf"[^\W_{HAN}]+")
Rarity = Callable[[str], float]


class Place(NamedTuple):
    """Where words stand in the text of a candidate, and how near they are to those asked for."""

    start: int
    end: int
    likeness: float


class Found(NamedTuple):
    """What a node adds to the score, and where its words stand."""

    score: float
    places: Sequence[Place]


NOTHING = Found(0.0, ())


class Candidate:
    """A paper that matches: all its texts in one, and where its fields end."""

    def __init__(
        self, title_en: str, title_zh: str, authors: str, abstract_en: str, abstract_zh: str
    ) -> None:
        self.titles = [spelled_out(fold(title_en)), spelled_out(fold(title_zh))]
        self.authors = fold(authors)
        titles = "".join(f"{title}{_BREAK}" for title in self.titles)
        names = f"{self.authors.replace(', ', _BREAK)}{_BREAK}"
        self.title_end = len(titles)
        self.authors_end = len(titles) + len(names)
        abstracts = spelled_out(f"{abstract_en.lower()}{_BREAK}{abstract_zh.lower()}")
        self.text = f"{titles}{names}{abstracts}"

    def field(self, at: int) -> str:
        """Return the field that the character at this place belongs to."""
        if at < self.title_end:
            return TITLE
        return AUTHORS if at < self.authors_end else ABSTRACT


class Scorer:
    """Scores candidates for one query.

    ``rarity`` returns the weight of a word. ``titles`` and ``names`` are the words of the query
    that may be a whole title or the name of an author.
    """

    def __init__(self, node: Node, rarity: Rarity, title: str = "", name: str = "") -> None:
        self._read = _reader(node, rarity)
        self._title = _bare(title)
        self._name = _words(name)

    def score(self, candidate: Candidate) -> float:
        """Return the score of a candidate; higher is better."""
        found = self._read(candidate)
        whole = self._title_score(candidate) + self._name_score(candidate)
        return whole + found.score * (1 + COVERED * _covered(candidate, found.places))

    def _title_score(self, candidate: Candidate) -> float:
        if not self._title:
            return 0.0
        for title in candidate.titles:
            if _bare(title) == self._title:
                return TITLED
        heads = (_HEAD.match(title) for title in candidate.titles)
        return CALLED if any(head and _bare(head[0]) == self._title for head in heads) else 0.0

    def _name_score(self, candidate: Candidate) -> float:
        """Return the score of the author whose name has all words of the query."""
        wanted = self._name
        if len(wanted) < 2 or not all(word in candidate.authors for word in wanted):
            return 0.0
        return NAMED * max(_same_name(wanted, _words(n)) for n in candidate.authors.split(", "))


def _same_name(wanted: list[str], name: list[str]) -> float:
    if wanted == name:
        return 1.0
    if sorted(wanted) == sorted(name):
        return 0.9
    rest = iter(name)
    if all(word in rest for word in wanted):  # in this order, with other names between
        return 0.7
    return 0.6 if {*wanted} <= {*name} else 0.0


def _bare(text: str) -> str:
    return _NOT_BARE.sub("", spelled_out(fold(text)))


def _words(text: str) -> list[str]:
    return _LATIN_WORD.findall(fold(text))


def _covered(candidate: Candidate, places: Sequence[Place]) -> float:
    """Return the share of the title that these places cover, of the language that has more."""
    first_end = len(candidate.titles[0])
    shares = [0, 0]
    for start, end in {(place.start, place.end) for place in places}:
        if end <= candidate.title_end:
            shares[start > first_end] += end - start
    return max(
        min(share / len(title), 1.0) if title else 0.0
        for share, title in zip(shares, candidate.titles, strict=True)
    )


# --- Reading the nodes

Reader = Callable[[Candidate], Found]


def _reader(node: Node, rarity: Rarity, shared: float | None = None) -> Reader:
    """Return the function that reads a node. ``shared`` is the rarity of all alternatives."""
    match node:
        case Term(words, field, prefix, weight):
            if prefix or words[0].startswith("x") and words[0][1:2] > "\u3000":
                return lambda candidate: NOTHING
            adds = weight * (max(map(rarity, words)) if shared is None else shared)
            return _TermReader(words, field, adds)
        case AllOf(parts) | SomeOf(parts):
            return _every([_reader(part, rarity) for part in parts])
        case AnyOf(parts):
            first = parts[0]
            if isinstance(first, Term):
                shared = max(map(rarity, first.words))
            return _best([_reader(part, rarity, shared) for part in parts])
        case Without(part):
            return _reader(part, rarity)


def _best(readers: list[Reader]) -> Reader:
    def read(candidate: Candidate) -> Found:
        return max((each(candidate) for each in readers), key=lambda found: found.score)

    return read


def _every(readers: list[Reader]) -> Reader:
    def read(candidate: Candidate) -> Found:
        found = [each(candidate) for each in readers]
        score = sum(each.score for each in found)
        score += sum(_neighbours(candidate, one, other) for one, other in pairwise(found))
        return Found(score, [place for each in found for place in each.places])

    return read


def _neighbours(candidate: Candidate, one: Found, other: Found) -> float:
    """Return what two nodes add because their words stand next to each other, in this order."""
    best = 0.0
    for first in one.places:
        for second in other.places:
            between = second.start - first.end
            if -NEAR <= between <= NEAR and (between >= 0 or first.start == second.start):
                share = NEIGHBOURS[candidate.field(first.start)]
                best = max(best, share if between <= NEXT else share / 2)
    return best * min(one.score, other.score)


class _TermReader:
    """Reads the words of one term, which stand next to each other."""

    def __init__(self, words: tuple[str, ...], field: str, adds: float) -> None:
        self.words, self.field, self.adds = words, field, adds
        self.is_latin = words[0].isascii()
        self.begins = beginning(words[0]) if self.is_latin else words[0]

    def __call__(self, candidate: Candidate) -> Found:
        places = [*self._places(candidate)]
        if not places:
            return NOTHING
        near = [place for place in places if place.likeness >= INFLECTED]
        chosen = near or places
        weights = [WEIGHTS[candidate.field(place.start)] for place in chosen]
        # A title counts once: it says the same in both languages.
        weight = max(weights) + sum(one for one in weights if one == WEIGHTS[ABSTRACT])
        best = max(place.likeness for place in chosen)
        return Found(self.adds * best * weight / (weight + SATURATION), chosen)

    def _places(self, candidate: Candidate) -> Iterator[Place]:
        text, found = candidate.text, 0
        at, end = self._span(candidate)
        at = text.find(self.begins, at, end)
        while at >= 0 and found < MOST_PLACES:
            if place := self._place(text, at):
                found += 1
                yield place
            at = text.find(self.begins, at + 1, end)

    def _span(self, candidate: Candidate) -> tuple[int, int]:
        if not self.field:
            return 0, len(candidate.text)
        if self.field == TITLE:
            return 0, candidate.title_end
        if self.field == AUTHORS:
            return candidate.title_end, candidate.authors_end
        return candidate.authors_end, len(candidate.text)

    def _place(self, text: str, start: int) -> Place | None:
        """Return the place of the words if they begin here."""
        if self.is_latin and start and text[start - 1].isascii() and text[start - 1].isalnum():
            return None
        near, end = EXACT, start
        for word in self.words:
            if end > start:
                end = _end(_BETWEEN, text, end)
            last = _end(_REST, text, end) if word.isascii() else end + len(word)
            near = min(near, likeness(word, text[end:last]))
            if not near:
                return None
            end = last
        return Place(start, end, near)


def _end(pattern: re.Pattern[str], text: str, at: int) -> int:
    match = pattern.match(text, at)
    return match.end() if match else at
