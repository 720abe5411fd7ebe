"""Pairs of authors that may be one person, such as ``Yi Ma``, ``Ma Yi``, ``Yí Ma`` and ``Y. Ma``.

Names are compared by their parts, without accents, punctuation and order. A name with initials is
paired with full names only if few match: ``Y. Wang`` matches too many.
"""

import heapq
import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import combinations

from django.db import transaction

from papers.models import AlikeAuthors, Author

MAX_PAIRS = 5_000
MAX_FITTING = 3  # full names for one with initials; more are not useful
MAX_SPELLINGS = 6

_BETWEEN = re.compile(r"[\W_]+")
_JOINTS = re.compile(r"[-'’‘`\u2010-\u2015]")
Pair = tuple[str, str]


def parts_of(name: str) -> tuple[str, ...]:
    """Return the parts of a name in order, without accents: ``"Ma, Yí"`` → ``("ma", "yi")``."""
    plain = unicodedata.normalize("NFKD", name).casefold()
    letters = "".join(letter for letter in plain if not unicodedata.combining(letter))
    return tuple(part for part in _BETWEEN.split(letters) if part)


def _closed(name: str) -> tuple[str, ...]:
    """Return the parts with hyphens and apostrophes closed up: ``Yi-Ling`` → ``yiling``."""
    return parts_of(_JOINTS.sub("", name))


def same_letters(name: str, other: str) -> bool:
    """Return whether two names differ in accents, case or punctuation alone."""
    return parts_of(name) == parts_of(other) or _closed(name) == _closed(other)


def alike(names: Iterable[tuple[str, str]]) -> Iterator[Pair]:
    """Yield pairs of keys of similar names, each pair sorted. ``names`` are keys and names.

    A pair may come twice.
    """
    by_parts: dict[tuple[str, ...], list[str]] = defaultdict(list)
    by_closed: dict[tuple[str, ...], list[str]] = defaultdict(list)
    for key, name in names:
        parts = tuple(sorted(parts_of(name)))
        if len(parts) > 1:
            by_parts[parts].append(key)
            by_closed[_closed(name)].append(key)
    for keys in (*by_parts.values(), *by_closed.values()):
        yield from combinations(sorted(keys)[:MAX_SPELLINGS], 2)
    yield from _with_initials(by_parts)


def _with_initials(by_parts: dict[tuple[str, ...], list[str]]) -> Iterator[Pair]:
    """Pair ``Y. Ma`` with ``Yi Ma``: as many parts, one of them written out in both."""
    short = {form: parts for parts in by_parts if (form := _short_form(parts))}
    fitting: dict[tuple[str, ...], list[str]] = defaultdict(list)
    for parts, keys in by_parts.items():
        if all(len(part) > 1 for part in parts):
            for form in set(_short_forms(parts)) & short.keys():
                fitting[form] += keys
    for form, keys in fitting.items():
        if len(keys) <= MAX_FITTING:
            for key in by_parts[short[form]]:
                yield from (tuple(sorted((key, other))) for other in keys)  # type: ignore[misc]


def _short_form(parts: tuple[str, ...]) -> tuple[str, ...] | None:
    """Return the full part, then the initials; None unless exactly one part is written out."""
    whole = [part for part in parts if len(part) > 1]
    if len(whole) != 1:
        return None
    return whole[0], *sorted(part for part in parts if len(part) == 1)


def _short_forms(parts: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    for place, whole in enumerate(parts):
        rest = parts[:place] + parts[place + 1 :]
        yield whole, *sorted(part[0] for part in rest)


@transaction.atomic
def find_alike_authors() -> int:
    """Compare all authors with published papers, and store the pairs without a decision.

    Return the number of stored pairs, at most ``MAX_PAIRS``: those of most papers.
    """
    rows = Author.objects.published().order_by().values_list("key", "name", "paper_count")
    authors = {key: (name, papers) for key, name, papers in rows.iterator()}
    decided = set(
        AlikeAuthors.objects.filter(different=True).values_list("key", "other_key").iterator()
    )
    found = set(alike((key, name) for key, (name, _papers) in authors.items())) - decided
    waiting = heapq.nsmallest(
        MAX_PAIRS, found, key=lambda pair: (-sum(authors[key][1] for key in pair), pair)
    )
    AlikeAuthors.objects.filter(different=False).delete()
    AlikeAuthors.objects.bulk_create(
        (_row(pair, [authors[key] for key in pair]) for pair in waiting), batch_size=500
    )
    return len(waiting)


def _row(pair: Pair, authors: list[tuple[str, int]]) -> AlikeAuthors:
    (name, papers), (other_name, other_papers) = authors
    return AlikeAuthors(
        key=pair[0],
        other_key=pair[1],
        papers=papers + other_papers,
        same_letters=same_letters(name, other_name),
    )


def reopen_pair(key: str, other_key: str) -> None:
    """Put a pair back into the queue, if both authors exist."""
    pair = key, other_key = sorted((key, other_key))
    authors = Author.objects.in_bulk(pair, field_name="key")
    if len(authors) < 2:
        return
    row = _row((key, other_key), [(authors[one].name, authors[one].paper_count) for one in pair])
    AlikeAuthors.objects.update_or_create(
        key=key,
        other_key=other_key,
        defaults={"different": False, "papers": row.papers, "same_letters": row.same_letters},
    )
