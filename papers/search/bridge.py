"""The bridge: carry the Chinese of a query to English texts, and to other Chinese for the same.

Most papers have no Chinese, and translators differ in their words. So a run of Han also matches the
English of its terms, and their synonyms, by the glossary. The longest terms are taken, from
neighbouring characters only, and at most ``MAX_ENGLISH`` translations of each, by their weight and
direction. An expansion only widens a query. Pure: no database.
"""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from papers.glossary import Glossary, Weighted
from papers.glossary.tokens import english_key

MAX_ENGLISH = 4
LEAST_WEIGHT = 0.1
SURE = 0.7  # of what a word adds, the share that its unlikeliest translation adds, too
SYNONYM = 0.9  # the weight of another Chinese term for the same


class Piece(NamedTuple):
    """A part of a run of Han: a term with its translations and synonyms, or text between terms.

    ``parts``: the two terms that it is made of, which a text may have apart from each other.
    """

    text: str
    english: tuple[Weighted, ...] = ()
    synonyms: tuple[str, ...] = ()
    parts: tuple["Piece", ...] = ()

    @property
    def is_bridged(self) -> bool:
        return bool(self.english or self.synonyms)

    @property
    def other_words(self) -> list[str]:
        """The other words that it is searched as: English, the likeliest first, then Chinese."""
        return [*(one.term for one in self.english), *self.synonyms]


def pieces(run: str, glossary: Glossary) -> list[Piece]:
    """Return the run in parts; together they are the run."""
    return [piece for piece in _pieces(run, glossary) if piece.text]


def _pieces(run: str, glossary: Glossary) -> Iterator[Piece]:
    at = 0
    for found in glossary.in_chinese(run, searched=True):
        yield Piece(run[at : found.start])
        yield _bridged(run[found.start : found.end], glossary)
        at = found.end
    yield Piece(run[at:])


def _bridged(term: str, glossary: Glossary) -> Piece:
    synonyms = tuple(glossary.synonyms(term))
    return Piece(term, _english_of(term, glossary), synonyms, _parts(term, glossary))


def _english_of(term: str, glossary: Glossary) -> tuple[Weighted, ...]:
    """Return the likely translations, with weights that are damped.

    With plain ones all papers that have the Chinese would come before those that have none.
    """
    likely = [one for one in glossary.english_of(term) if one.weight >= LEAST_WEIGHT]
    kept = _apart(likely)[:MAX_ENGLISH]
    return tuple(one._replace(weight=SURE + (1 - SURE) * one.weight) for one in kept)


def _parts(term: str, glossary: Glossary) -> tuple[Piece, ...]:
    """Return two terms that make up this one, the second as long as possible; none if none do."""
    for at in range(2, len(term) - 1):
        first, second = _whole(term[:at], glossary), _whole(term[at:], glossary)
        if first and second:
            return first, second
    return ()


def _whole(term: str, glossary: Glossary) -> Piece | None:
    english = _english_of(term, glossary)
    return Piece(term, english) if english else None


def _apart(english: list[Weighted]) -> list[Weighted]:
    """Leave out what is only a part of a likelier term: "learning" of "reinforcement learning"."""
    kept: list[Weighted] = []
    for one in english:
        if not any(f" {english_key(one.term)} " in f" {english_key(has.term)} " for has in kept):
            kept.append(one)
    return kept


def in_other_words(texts: Iterable[str], glossary: Glossary) -> list[str]:
    """Return what these texts are called in the other language, to mark it in what they find."""
    words: dict[str, None] = {}
    for text in texts:
        for piece in pieces(text, glossary):
            words |= dict.fromkeys([*(one.term for one in piece.english), *piece.synonyms])
        for found in glossary.in_english(text):
            chinese = glossary.chinese_of(found.term)
            words |= dict.fromkeys(one.term for one in chinese if one.weight >= LEAST_WEIGHT)
    return [*words]
