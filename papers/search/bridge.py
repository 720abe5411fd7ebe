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
LEAST_WEIGHT = 0.2
SYNONYM = 0.9  # the weight of another Chinese term for the same


class Piece(NamedTuple):
    """A part of a run of Han: a term with its translations and synonyms, or text between terms."""

    text: str
    english: tuple[Weighted, ...] = ()
    synonyms: tuple[str, ...] = ()

    @property
    def is_bridged(self) -> bool:
        return bool(self.english or self.synonyms)


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
    likely = [one for one in glossary.english_of(term) if one.weight >= LEAST_WEIGHT]
    return Piece(term, tuple(_apart(likely)[:MAX_ENGLISH]), tuple(glossary.synonyms(term)))


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
