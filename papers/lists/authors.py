"""Find papers by author, and authors by the words of their names.

The queries stay fast for any number of authors.
"""

import datetime
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import overload

from django.db.models import Count, Exists, OuterRef, QuerySet

from papers.db.bulk import insert_rows
from papers.db.version_cache import cached_per_version
from papers.models import Author, Authorship, AuthorWord, Paper, PaperQuerySet
from papers.text.author_names import normalised
from papers.text.folding import fold

COUNT_LIMIT = 5_000  # authors of one search that are counted and can be paged
MAX_ACTIVE = 60  # authors listed as the most active
MAX_WORDS = 8  # words of the query that are read
LONGEST_WORD = 40  # characters; longer words are not names, but a digest may hold them
_WORD = re.compile(r"[^\W_]+")
_JOINT = re.compile("[-'’\u2010-\u2015]")
_COMPOUND = re.compile(rf"{_WORD.pattern}(?:{_JOINT.pattern}{_WORD.pattern})+")


def by_author(papers: PaperQuerySet, key: str) -> PaperQuerySet:
    """Return those of these papers that the author with this key wrote."""
    authorships = Authorship.objects.filter(author__key=key)
    return papers.filter(pk__in=authorships.values("paper"))


def write_words(authors: Iterable[tuple[int, str]]) -> None:
    """Insert the search words of new authors, given as (id, name).

    All spellings of a name give the same words, so they are written once.
    """
    insert_rows(
        AuthorWord,
        ("author_id", "word"),
        ((pk, word) for pk, name in authors for word in sorted(words_of_name(name))),
    )


def words_of_name(name: str) -> set[str]:
    """Return the search words of a name: ``Qing-Long Müller`` → qing, long, qinglong, muller."""
    folded = _folded(name)
    compounds = (_JOINT.sub("", compound) for compound in _COMPOUND.findall(folded))
    return {word[:LONGEST_WORD] for word in (*_WORD.findall(folded), *compounds)}


def _folded(name: str) -> str:
    return fold(normalised(name))


@dataclass(frozen=True)
class Authors(Sequence[Author]):
    """A list of authors; with ``is_more`` only the first ``number`` can be paged."""

    rows: QuerySet[Author]
    number: int
    is_more: bool = False

    def __len__(self) -> int:
        return self.number

    @overload
    def __getitem__(self, place: int) -> Author: ...

    @overload
    def __getitem__(self, place: slice) -> Sequence[Author]: ...

    def __getitem__(self, place: int | slice) -> Author | Sequence[Author]:
        return list(self.rows[place]) if isinstance(place, slice) else self.rows[place]


@cached_per_version(size=1)
def most_active(newest: datetime.date) -> list[tuple[Author, int]]:
    """Return the authors with most papers in the week that ends with this day, and how many."""
    week = newest - datetime.timedelta(days=6), newest
    papers = Paper.objects.published().filter(first_seen__range=week).order_by()
    recent = Authorship.objects.filter(paper__in=papers).order_by().values("author")
    numbers = recent.annotate(number=Count("paper", distinct=True))
    numbers = numbers.order_by("-number", "-author__paper_count", "author__key")
    found = dict(numbers.values_list("author", "number")[:MAX_ACTIVE])
    authors = Author.objects.in_bulk(found)
    return [(authors[pk], number) for pk, number in found.items()]


@cached_per_version(size=1)
def number_of_authors() -> int:
    """Return the number of published authors."""
    return Author.objects.published().count()


def authors_named(typed: str) -> Sequence[Author]:
    """Return the published authors whose names have these word prefixes, most papers first."""
    words = [word[:LONGEST_WORD] for word in _WORD.findall(_folded(typed))]
    return _named(words[:MAX_WORDS]) if words else ()


def _named(words: Sequence[str]) -> Authors:
    """Return the authors whose names match all words.

    Few are read and sorted. Of many, all authors are scanned in order until a page is full.
    """
    authors = Author.objects.published()
    few = authors.filter(pk__in=_with_all(words))
    number = few.order_by()[: COUNT_LIMIT + 1].count()
    if number <= COUNT_LIMIT:
        return Authors(few, number)
    for word in words:
        authors = authors.filter(_has(word))
    return Authors(authors, COUNT_LIMIT, is_more=True)


def _with_all(words: Sequence[str]) -> QuerySet:
    """Return the ids of authors. Each word is one range of an index, also where it is frequent."""
    first, *others = (_beginning_so(word).values("author") for word in words)
    return first.intersection(*others) if others else first


def _beginning_so(word: str) -> QuerySet[AuthorWord]:
    return AuthorWord.objects.filter(word__gte=word, word__lt=f"{word}\U0010ffff")


def _has(word: str) -> Exists:
    return Exists(_beginning_so(word).filter(author=OuterRef("pk")))
