"""Authorships of papers: the printed names in order, each linked to an author."""

import datetime
from collections import Counter
from collections.abc import Iterable, Iterator
from functools import lru_cache

from papers.db.bulk import (
    chunks,
    in_values,
    increment_rows,
    insert_rows,
    new_ids,
    select_rows,
    update_rows,
)
from papers.importing.overrides import decided_keys
from papers.lists.authors import write_words
from papers.models import Author, Authorship, Paper
from papers.text.author_names import author_key, better_spelling, split_authors

_key = lru_cache(maxsize=20_000)(author_key)  # the same authors come again in one import
# An authorship: printed name, author's key, author's id.
Printed = tuple[str, str, int]
PLACE = ("first_seen", "arxiv_id")
Place = tuple[datetime.date | None, str]  # sort values of a paper in the lists of its authors
NOWHERE = (None, "")


def write_authorships(papers: list[Paper]) -> dict[int, list[tuple[str, str]]]:
    """Write the authorships of these papers where the authors changed.

    Return, by paper id, the printed names with the keys of their authors, in order.
    """
    written = _written([paper.pk for paper in papers])
    wanted = {paper.pk: split_authors(paper.authors_text) for paper in papers}
    stale = {pk for pk in wanted if tuple(name for name, _, _ in written[pk]) != wanted[pk]}
    places = {paper.pk: _place(paper) for paper in papers}
    _move({pk: place for pk, place in places.items() if pk not in stale})
    if stale:
        before = {pk: written[pk] for pk in stale}
        written |= _rewritten(before, {pk: wanted[pk] for pk in stale}, places)
        published = {paper.pk for paper in papers if not paper.hidden}
        change = _papers_of_each(before, published, -1)
        change.update(_papers_of_each({pk: written[pk] for pk in stale}, published, 1))
        increment_rows(Author, "paper_count", change)
        delete_unused_authors({author for rows in before.values() for _, _, author in rows})
    return {pk: [(name, key) for name, key, _ in rows] for pk, rows in written.items()}


def delete_unused_authors(ids: Iterable[int]) -> None:
    """Delete the authors among these ids that have no paper any more."""
    for chunk in chunks(ids):
        Author.objects.filter(pk__in=chunk, authorships=None).delete()


def _written(paper_ids: list[int]) -> dict[int, list[Printed]]:
    """Return the stored authorships by paper id."""
    found: dict[int, list[Printed]] = {pk: [] for pk in paper_ids}
    rows = Authorship.objects.filter(paper__in=in_values(paper_ids)).order_by("paper", "position")
    for pk, name, key, author in rows.values_list("paper_id", "name", "author__key", "author_id"):
        found[pk].append((name, key, author))
    return found


def _place(paper: Paper) -> Place:
    return (None if paper.hidden else paper.first_seen), paper.arxiv_id


def _move(places: dict[int, Place]) -> None:
    """Update the sort values of these papers in the lists of their authors."""
    heads = Authorship.objects.filter(paper__in=in_values(places), position=1)
    there = {pk: (day, arxiv_id) for pk, day, arxiv_id in heads.values_list("paper_id", *PLACE)}
    moved = [pk for pk, place in there.items() if place != places[pk]]
    first: dict[tuple[int, int], int] = {}
    rows = Authorship.objects.filter(paper__in=in_values(moved)).order_by("position")
    for pk, paper, author in rows.values_list("pk", "paper_id", "author_id"):
        first.setdefault((paper, author), pk)
    update_rows(Authorship, PLACE, ((*places[paper], pk) for (paper, _), pk in first.items()))


def _rewritten(
    before: dict[int, list[Printed]],
    names_of: dict[int, tuple[str, ...]],
    places: dict[int, Place],
) -> dict[int, list[Printed]]:
    Authorship.objects.filter(paper__in=[pk for pk, rows in before.items() if rows]).delete()
    own = {name: _key(name) for names in names_of.values() for name in names}
    keys = decided_keys(names_of, own)
    ids = _author_ids(own, keys)
    insert_rows(
        Authorship,
        ("paper_id", "author_id", "position", "name", *PLACE),
        (
            (pk, ids[key], position, name, *(place if is_first else NOWHERE))
            for pk, names in names_of.items()
            for position, name, key, is_first in _numbered(pk, names, keys)
            for place in (places[pk],)
        ),
    )
    return {
        pk: [(name, keys[pk, name], ids[keys[pk, name]]) for name in names]
        for pk, names in names_of.items()
    }


def _papers_of_each(rows: dict[int, list[Printed]], published: set[int], sign: int) -> Counter[int]:
    """Count the published papers of each author, each paper once, times ``sign``."""
    numbers: Counter[int] = Counter()
    for pk in rows.keys() & published:
        for author in {author for _, _, author in rows[pk]}:
            numbers[author] += sign
    return numbers


def _numbered(
    pk: int, names: tuple[str, ...], keys: dict[tuple[int, str], str]
) -> Iterator[tuple[int, str, str, bool]]:
    """Yield position, printed name and key of each author.

    The last value is True where the author occurs for the first time in this paper.
    """
    seen: set[str] = set()
    for position, name in enumerate(names, start=1):
        key = keys[pk, name]
        yield position, name, key, key not in seen
        seen.add(key)


def _author_ids(own: dict[str, str], keys: dict[tuple[int, str], str]) -> dict[str, int]:
    """Return the ids of the authors of these printed names, by key; create missing authors.

    ``own`` are the keys that the names give by themselves. A name whose key differs from its own
    belongs to a merged author and does not change how that author's name is written.
    """
    names: dict[str, str] = {}
    merged: dict[str, str] = {}
    for (_, name), key in keys.items():
        spellings = names if key.startswith(own[name]) else merged
        spellings[key] = better_spelling(name, spellings[key]) if key in spellings else name
    known = _known(merged | names)
    update_rows(
        Author,
        ("name",),
        (
            (names[key], pk)
            for key, (pk, name) in known.items()
            if names.get(key, name) != name and better_spelling(names[key], name) != name
        ),
    )
    names = merged | names
    new = [key for key in names if key not in known]
    ids = {key: pk for key, (pk, _) in known.items()}
    ids |= zip(new, new_ids(Author, len(new)), strict=True)
    insert_rows(
        Author,
        ("id", "key", "name", "paper_count"),
        ((ids[key], key, names[key], 0) for key in new),
    )
    write_words((ids[key], names[key]) for key in new)
    return ids


def _known(keys: Iterable[str]) -> dict[str, tuple[int, str]]:
    """Return id and name of the stored authors, by key."""
    rows = select_rows(Author, ("key", "id", "name"), where="key", values=keys)
    return {key: (pk, name) for key, pk, name in rows}
