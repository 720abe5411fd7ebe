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
from string import ascii_lowercase, digits
from typing import NamedTuple

from papers.search.analyzer import GRAM
from papers.search.dictionary import HAN
from papers.search.query_nodes import AllOf, AnyOf, Node, SomeOf, Term, Without
from papers.text.folding import fold
from papers.text.symbol_names import spelled_out, symbol_of
from papers.text.word_forms import EXACT, INFLECTED, beginning, likeness

TITLE, AUTHORS, ABSTRACT = "title", "authors", "abstract"
WEIGHTS = {TITLE: 8.0, AUTHORS: 4.0, ABSTRACT: 1.0}
SATURATION = 2.0  # the weight at which a word adds half of what it can add
MOST_PLACES = 6  # of a word in the texts of a paper
MOST_WEIGHT = WEIGHTS[TITLE] + WEIGHTS[AUTHORS] + (MOST_PLACES - 2) * WEIGHTS[ABSTRACT]
MOST_SHARE = MOST_WEIGHT / (MOST_WEIGHT + SATURATION)  # of what a word can add
NEXT, NEAR = 3, 16  # characters between neighbours
NEIGHBOURS = {TITLE: 0.6, AUTHORS: 0.6, ABSTRACT: 0.3}  # the share that neighbours add
COVERED = 0.3  # the share that a title adds that has no other words
TITLED, CALLED, NAMED = 1_000.0, 300.0, 100.0

_BREAK = "\n" * (NEAR + 1)  # words of two texts, or of two names, are no neighbours
_IN_WORDS = frozenset(ascii_lowercase + digits)
_REST = re.compile("[a-z0-9]*")
_BETWEEN = re.compile(r"[^\w\n]{0,2}")
_NOT_BARE = re.compile(r"[\W_]+")
_HEAD = re.compile("[^:：]*")
_LATIN_WORD = re.compile(rf"[^\W_{HAN}]+")
_GRAM = re.compile(f"{GRAM}[{HAN}]")
Rarity = Callable[[str], float]


class Texts(NamedTuple):
    """The texts of a paper, as they are shown."""

    title_en: str
    title_zh: str
    authors: str
    abstract_en: str
    abstract_zh: str


class Joined:
    """Title, authors and abstract of one language as one text, with breaks between them."""

    def __init__(self, title: str, authors: str, abstract: str) -> None:
        self.title_length = len(title)
        self.title_end = len(title) + len(_BREAK)
        self.authors_end = self.title_end + len(authors) + len(_BREAK)
        self.text = f"{title}{_BREAK}{authors}{_BREAK}{abstract}"

    @property
    def title(self) -> str:
        return self.text[: self.title_length]

    def field(self, at: int) -> str:
        """Return the field that the character at this place belongs to."""
        if at < self.title_end:
            return TITLE
        return AUTHORS if at < self.authors_end else ABSTRACT

    def span(self, field: str) -> tuple[int, int]:
        """Return where a field begins and ends; the whole text if it is empty."""
        if field == TITLE:
            return 0, self.title_end
        if field == AUTHORS:
            return self.title_end, self.authors_end
        return self.authors_end if field else 0, len(self.text)


# Where words stand: the text, start, end, field.
Place = tuple[Joined, int, int, str]


class Found(NamedTuple):
    """What a node adds to the score, and where its words stand, in order."""

    score: float
    places: Sequence[Place]


NOTHING = Found(0.0, ())


class Candidate:
    """A paper that matches, as its words are looked for."""

    def __init__(self, texts: Texts, normal: Callable[[str], str]) -> None:
        title_en, title_zh, authors, abstract_en, abstract_zh = texts
        self.names = fold(authors)
        names = self.names.replace(", ", _BREAK)
        self.english = Joined(normal(fold(title_en)), names, normal(abstract_en.lower()))
        self.chinese = Joined(normal(title_zh.lower()), "", normal(abstract_zh.lower()))


class Scorer:
    """Scores papers for one query.

    ``rarity`` returns the weight of a word. ``title`` and ``name`` are the words of the query if
    they may be a whole title or the name of an author.
    """

    def __init__(self, node: Node, rarity: Rarity, title: str = "", name: str = "") -> None:
        self._read = _reader(node, rarity).read
        self._title = _bare(title)
        self._name = _words(name)
        # Symbols are seldom asked for, and spelling them out in all texts is slow.
        has_symbols = any(map(symbol_of, words_of(node)))
        self._normal = spelled_out if has_symbols else str

    def score(self, texts: Texts) -> float:
        """Return the score of a paper; higher is better."""
        candidate = Candidate(texts, self._normal)
        score, places = self._read(candidate)
        score *= 1 + COVERED * _covered(places)
        return score + self._title_score(candidate) + self._name_score(candidate)

    def _title_score(self, candidate: Candidate) -> float:
        best = 0.0
        for joined in (candidate.english, candidate.chinese):
            first = joined.text[:1]
            if self._title and (first == self._title[0] or not first.isalnum()):
                title = joined.title
                if _bare(title) == self._title:
                    return TITLED
                if _bare(title[: _end(_HEAD, title, 0)]) == self._title:
                    best = CALLED
        return best

    def _name_score(self, candidate: Candidate) -> float:
        """Return the score of the author whose name has all words of the query."""
        wanted = self._name
        if len(wanted) < 2 or not all(word in candidate.names for word in wanted):
            return 0.0
        return NAMED * max(_same_name(wanted, _words(n)) for n in candidate.names.split(", "))


def words_of(node: Node) -> Iterator[str]:
    """Yield the words that a node asks for."""
    match node:
        case Term(words):
            yield from words
        case Without(part):
            yield from words_of(part)
        case _:
            for part in node.parts:
                yield from words_of(part)


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


def _covered(places: Sequence[Place]) -> float:
    """Return the share of the title that these places cover, in the language that has more."""
    covered: dict[Joined, int] = {}
    for within, start, end, field in {*places}:
        if field == TITLE:
            covered[within] = covered.get(within, 0) + end - start
    return max((min(covered[one] / one.title_length, 1.0) for one in covered), default=0.0)


# --- Reading the nodes


class Reader(NamedTuple):
    """How a node is read, and the score that it cannot exceed in any paper."""

    read: Callable[[Candidate], Found]
    most: float


NO_READER = Reader(lambda candidate: NOTHING, 0.0)


def _reader(node: Node, rarity: Rarity, shared: float | None = None) -> Reader:
    """Return the reader of a node. ``shared`` is the rarity of all alternatives."""
    match node:
        case Term(words, field, _, weight):
            if _GRAM.match(words[0]):
                return NO_READER  # the words of the run are alternatives to it
            adds = weight * (max(map(rarity, words)) if shared is None else shared)
            return Reader(_TermReader(words, field, adds), adds * MOST_SHARE)
        case AllOf(parts) | SomeOf(parts):
            return _every([_reader(part, rarity) for part in parts])
        case AnyOf(parts):
            shared = _rarity_of(parts[0], rarity) if shared is None else shared
            return _best([_reader(part, rarity, shared) for part in _alternatives(parts)])
        case Without(part):
            return _reader(part, rarity)


def _alternatives(parts: Sequence[Node]) -> list[Node]:
    """Return what an "or" and those inside it ask for, each once."""
    found: dict[Node, None] = {}
    for part in parts:
        found |= dict.fromkeys(_alternatives(part.parts) if isinstance(part, AnyOf) else [part])
    return [*found]


def _rarity_of(node: Node, rarity: Rarity) -> float:
    """Return what the words of a node can add, so that a translation can add as much."""
    match node:
        case Term(words):
            return max(map(rarity, words))
        case AllOf(parts) | SomeOf(parts):
            return sum(_rarity_of(part, rarity) for part in parts)
        case AnyOf(parts):
            return _rarity_of(parts[0], rarity)
        case Without(part):
            return _rarity_of(part, rarity)


def _best(readers: list[Reader]) -> Reader:
    def read(candidate: Candidate) -> Found:
        best = NOTHING
        for each in readers:
            if each.most > best.score:
                found = each.read(candidate)
                if found.score > best.score:
                    best = found
        return best

    return Reader(read, max(each.most for each in readers))


def _every(readers: list[Reader]) -> Reader:
    def read(candidate: Candidate) -> Found:
        found = [each.read(candidate) for each in readers]
        score = sum(each.score for each in found)
        score += sum(_neighbours(one, other) for one, other in pairwise(found))
        return Found(score, [place for each in found for place in each.places])

    return Reader(read, (1 + max(NEIGHBOURS.values())) * sum(each.most for each in readers))


def _neighbours(one: Found, other: Found) -> float:
    """Return what two nodes add because their words stand next to each other, in this order."""
    best = 0.0
    for within, start, end, field in one.places:
        for other_within, other_start, _, _ in other.places:
            between = 0 if start == other_start else other_start - end  # 0: both are one compound
            if 0 <= between <= NEAR and within is other_within:
                share = NEIGHBOURS[field]
                best = max(best, share if between <= NEXT else share / 2)
    return best * min(one.score, other.score)


class _TermReader:
    """Reads the words of one term, which stand next to each other.

    Most of the time of a search is spent here, so what can be asked of the whole text is asked
    before its words are read.
    """

    def __init__(self, words: tuple[str, ...], field: str, adds: float) -> None:
        self.word, *self.others = words
        self.field, self.adds = field, adds
        self.is_latin = self.word.isascii()
        self.begins, *self.needed = map(_beginning, words)

    def __call__(self, candidate: Candidate) -> Found:
        first, second = candidate.english, candidate.chinese
        if not self.is_latin:
            first, second = second, first
        nearest, places = self._places(first)
        if not places:
            nearest, places = self._places(second)
            if not places:
                return NOTHING
        fields = [place[3] for place in places]
        weight = WEIGHTS[ABSTRACT] * fields.count(ABSTRACT)
        # A title counts once, however often it has the words, and so do the authors.
        if TITLE in fields:
            weight += WEIGHTS[TITLE]
        if AUTHORS in fields:
            weight += WEIGHTS[AUTHORS]
        return Found(self.adds * nearest * weight / (weight + SATURATION), places)

    def _places(self, within: Joined) -> tuple[float, Sequence[Place]]:
        """Return the likeness of the nearest words and their places; those of others if none are.

        Derived words count only where a text has no form of the word itself.
        """
        text, begins = within.text, self.begins
        if not (begins in text and all(map(text.__contains__, self.needed))):
            return 0.0, ()
        start, end = within.span(self.field) if self.field else (0, len(text))
        near: list[Place] = []
        derived: list[Place] = []
        nearest = 0.0
        at = text.find(begins, start, end)
        while at >= 0 and len(near) < MOST_PLACES:
            if not (self.is_latin and at and text[at - 1] in _IN_WORDS):
                last, like = _word_at(text, at, self.word)
                if self.others and like:
                    last, like = self._with_others(text, last, like)
                if like:
                    place = (within, at, last, within.field(at))
                    (near if like >= INFLECTED else derived).append(place)
                    nearest = like if like > nearest else nearest
            at = text.find(begins, at + 1, end)
        return nearest, near or derived[:MOST_PLACES]

    def _with_others(self, text: str, end: int, nearest: float) -> tuple[int, float]:
        """Return where the other words end that follow the first, and how near all of them are."""
        for word in self.others:
            if nearest:
                end, near = _word_at(text, _end(_BETWEEN, text, end), word)
                nearest = min(nearest, near)
        return end, nearest


def _beginning(word: str) -> str:
    """Return what all words begin with that count as this one."""
    return beginning(word) if word.isascii() else word


def _word_at(text: str, at: int, word: str) -> tuple[int, float]:
    """Return where the word of the text ends that begins here, and its likeness to ``word``."""
    end = at + len(word)
    if text.startswith(word, at) and (text[end : end + 1] not in _IN_WORDS or not word.isascii()):
        return end, EXACT
    if not word.isascii():
        return at, 0.0
    end = _end(_REST, text, at)
    return end, likeness(word, text[at:end])


def _end(pattern: re.Pattern[str], text: str, at: int) -> int:
    """Return where the match that begins here ends."""
    match = pattern.match(text, at)
    return match.end() if match else at
