"""Authors whose names are typed in one of the ways that people write names.

``Y. LeCun``, ``LeCun, Y.`` and ``lecun yann`` are Yann LeCun, ``Philip Yu`` is Philip S. Yu.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from papers.db.raw_sql import fetch_all
from papers.models import Author, AuthorWord
from papers.search.query_parser import Query
from papers.search.spelling import changes
from papers.text.folding import fold

MAX_AUTHORS = 5
MAX_CANDIDATES = 1_000  # authors with one of the words, those with most papers
WORDS = range(2, 6)  # words of a name
_NAME = re.compile(r"[^\W\d_]+\.?(?:[-'’ ,]{1,3}[^\W\d_]+\.?)+")
_WORD = re.compile(r"[^\W\d_]+")
_INITIAL = re.compile(r"[A-Z]\.?|[a-z]\.")
_FEW_CHANGES = 6  # letters; longer words may have two mistakes
_SHORTEST = 3  # letters of a word that may have a mistake


@dataclass(frozen=True)
class TypedName:
    """The folded words of a name in the order given name, family name; some may be initials."""

    words: tuple[str, ...]

    @property
    def full(self) -> list[str]:
        return [word for word in self.words if len(word) > 1]

    def rank(self, name: str) -> int | None:
        """Return how unlike its spelling a name is (0: the same words); None for another name.

        The words may have another order; words in the middle of the name may be left out.
        """
        parts = _words(name)
        if list(self.words) == parts:
            return 0
        left = list(parts)
        for word in sorted(self.words, key=len, reverse=True):
            match = next((one for one in left if one == word or one[:1] == word), None)
            if match is None:
                return None
            left.remove(match)
        if left and not _in_the_middle(parts, left):
            return None
        return 1 + len(left)


def typed_name(query: Query) -> TypedName | None:
    """Return the name that the whole query may be, else None."""
    clauses = [group[0] for group in query.groups if len(group) == 1]
    fields = {clause.field for clause in clauses}
    is_alone = len(clauses) == len(query.groups) and not (query.unwanted or query.arxiv_ids)
    if not (is_alone and (fields == {""} or fields == {"authors"})):
        return None
    typed = " ".join(clause.text for clause in clauses)
    if not _NAME.fullmatch(typed) or typed.count(",") > 1:
        return None
    family, _, given = typed.partition(",")
    pieces = [piece for piece in re.split(r"[-'’ ,]+", f"{given} {family}") if piece]
    if any(len(piece.strip(".")) == 1 and not _INITIAL.fullmatch(piece) for piece in pieces):
        return None
    words = tuple(_words(" ".join(pieces)))
    name = TypedName(words)
    return name if len(words) in WORDS and name.full else None


def authors_meant(query: Query) -> list[Author]:
    """Return the authors whose name is the whole query, the likeliest first."""
    name = typed_name(query)
    if name is None or not _are_of_names(name.full):
        return []
    authors = Author.objects.published()
    for word in name.full:
        authors = authors.filter(pk__in=AuthorWord.objects.filter(word=word).values("author"))
    ranked = [
        (rank, -author.paper_count, author.name, author)
        for author in authors.order_by("-paper_count", "name")[:MAX_CANDIDATES]
        if (rank := name.rank(author.name)) is not None
    ]
    return [author for *_, author in sorted(ranked, key=lambda row: row[:3])[:MAX_AUTHORS]]


def _are_of_names(words: Sequence[str]) -> bool:
    """Return whether each word is of some author's name. Those of most searches are not."""
    has_name = f"EXISTS (SELECT 1 FROM {AuthorWord._meta.db_table} WHERE word = %s)"
    ((are_all,),) = fetch_all(f"SELECT {' AND '.join([has_name] * len(words))}", [*words])
    return bool(are_all)


def author_like(query: Query) -> str:
    """Return the name of the author that a misspelt name is most like; empty if there is none.

    One word of the name must be right.
    """
    name = typed_name(query)
    if name is None or len(name.full) < len(name.words):
        return ""
    near = [
        (distance, -papers, other)
        for anchor in name.full
        for other, papers in _authors_with(anchor)
        if (distance := _distance(name.words, anchor, other))
    ]
    return min(near)[2] if near else ""


def _authors_with(word: str) -> Iterator[tuple[str, int]]:
    with_word = AuthorWord.objects.filter(word=word).values("author")
    authors = Author.objects.published().filter(pk__in=with_word).order_by("-paper_count", "name")
    return authors.values_list("name", "paper_count")[:MAX_CANDIDATES].iterator()


def _distance(words: tuple[str, ...], anchor: str, name: str) -> int:
    """Return the number of changes of all words but the anchor; 0 if the name is another one."""
    rest, parts = list(words), _words(name)
    if anchor not in parts or len(parts) != len(rest):
        return 0
    rest.remove(anchor)
    parts.remove(anchor)
    total = 0
    for word, part in zip(rest, parts, strict=True):
        most = 2 if len(word) > _FEW_CHANGES else 1
        distance = changes(word, part, most)
        if distance > most or (distance and len(word) < _SHORTEST):
            return 0
        total += distance
    return total


def _words(name: str) -> list[str]:
    return _WORD.findall(fold(name))


def _in_the_middle(parts: list[str], left: list[str]) -> bool:
    """Return whether all words that are left stand between the first and the last."""
    middle = parts[1:-1]
    return all(one in middle for one in left)
