"""The tables of related papers: read vectors and words, write neighbours."""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from papers.db.bulk import chunks, in_values, insert_rows, select_rows
from papers.models import Paper, PaperWords, Related, Vocabulary
from papers.models.site_state import THE_ROW
from papers.related.vectors import Vector, Words

NEIGHBOURS = 10
"""Number of neighbours that are stored of a paper."""

TEXTS = 1000  # papers whose texts are in memory at once
ROWS = 20_000  # rows that are written at once


class Text(NamedTuple):
    paper: int
    title: str
    abstract: str


class Row(NamedTuple):
    """A row of ``Related``."""

    paper: int
    other: int
    score: int


def texts(papers: Iterable[int]) -> Iterator[Text]:
    """Yield the English texts of these papers, in this order; those removed are left out."""
    for chunk in chunks(papers, TEXTS):
        rows = select_rows(Paper, ("id", "title_en", "abstract_en"), "id", chunk)
        found = {row[0]: Text(*row) for row in rows}
        yield from (found[pk] for pk in chunk if pk in found)


def stored_words() -> Words | None:
    """Return the words that the stored vectors know; None if nothing was built yet."""
    row = Vocabulary.objects.filter(pk=THE_ROW).first()
    return Words.from_bytes(row.papers, bytes(row.words)) if row else None


def store_words(words: Words) -> None:
    values = {"papers": words.papers, "words": words.to_bytes()}
    Vocabulary.objects.update_or_create(pk=THE_ROW, defaults=values)


def stored_vectors() -> Iterator[tuple[int, Vector]]:
    """Yield the ids of all compared papers with their vectors."""
    for paper, words in PaperWords.objects.values_list("paper_id", "words").iterator(TEXTS):
        yield paper, Vector.from_bytes(bytes(words))


def compare_again(papers: Iterable[int]) -> None:
    """Count these papers as new, because their English text changed.

    Readers see the neighbours found before until then.
    """
    PaperWords.objects.filter(paper__in=in_values(papers)).delete()


def insert_vectors(vectors: Iterable[tuple[int, Vector]]) -> None:
    """Store vectors, given by paper id."""
    for chunk in chunks(vectors, ROWS):
        rows = ((paper, vector.to_bytes()) for paper, vector in chunk)
        insert_rows(PaperWords, ("paper_id", "words"), rows)


def insert_related(rows: Iterable[Row]) -> None:
    for chunk in chunks(rows, ROWS):
        insert_rows(Related, ("paper_id", "other_id", "score"), chunk)
