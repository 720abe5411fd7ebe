"""Pairs of authors that may be one person, such as ``Yi Ma``, ``Ma Yi``, ``Yí Ma`` and ``Y. Ma``.

Names are compared by their parts, without accents, punctuation and order. A name with initials is
paired with full names only if few match: ``Y. Wang`` matches too many.
"""

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
Pair = tuple[str, str]


def parts_of(name: str) -> tuple[str, ...]:
    """Return the parts of a name in alphabetical order: ``"Ma, Yí"`` → ``("ma", "yi")``."""
    plain = unicodedata.normalize("NFKD", name).casefold()
    letters = "".join(letter for letter in plain if not unicodedata.combining(letter))
    return tuple(sorted(part for part in _BETWEEN.split(letters) if part))


def alike(names: Iterable[tuple[str, str]]) -> Iterator[Pair]:
    """Yield pairs of keys of similar names, each pair sorted. ``names`` are keys and names."""
    by_parts: dict[tuple[str, ...], list[str]] = defaultdict(list)
    for key, name in names:
        parts = parts_of(name)
        if len(parts) > 1:
            by_parts[parts].append(key)
    for keys in by_parts.values():
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

    Return the number of stored pairs, at most ``MAX_PAIRS``.
    """
    names = Author.objects.published().order_by().values_list("key", "name")
    found: set[Pair] = set()
    for pair in alike(names.iterator()):
        found.add(pair)
        if len(found) == MAX_PAIRS:
            break
    rows = AlikeAuthors.objects.all()
    known = {
        (key, other): different
        for key, other, different in rows.values_list("key", "other_key", "different")
    }
    rows.filter(different=False).delete()
    waiting = sorted(pair for pair in found if not known.get(pair))
    AlikeAuthors.objects.bulk_create(
        (AlikeAuthors(key=key, other_key=other) for key, other in waiting), batch_size=500
    )
    return len(waiting)
