"""Lists of the terms of the glossary: by use, from A to Z in both languages, and found by name."""

import datetime
import string
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from functools import cached_property, lru_cache

from django.db.models import Max, Sum

from papers.db.version_cache import cached_per_version
from papers.glossary import Entry, Glossary, current_glossary
from papers.glossary.tokens import chinese_key, english_key
from papers.models import TermWeek
from papers.search import Query, parse_query
from papers.text.pinyin import initial, pinyin_order

LETTERS = string.ascii_lowercase
LONGEST_FIND = 100  # characters
OTHER = "other"  # what has no letter


class Catalogue:
    """The entries of one version of the glossary, in the orders that pages list them."""

    def __init__(self, glossary: Glossary) -> None:
        self.by_english = list(glossary.entries())

    @cached_property
    def by_use(self) -> list[Entry]:
        """The terms of several words, the most used first.

        Single words are mostly no terms, and compounds such as ``large-scale`` mostly attributes;
        those that are terms are in the hand list, or a curator adds them.
        """
        terms = [
            one
            for one in self.by_english
            if " " in one.english or (one.is_multiword and one.is_decided)
        ]
        return sorted(terms, key=lambda one: (-one.use, one.term))

    @cached_property
    def by_letter(self) -> dict[str, list[Entry]]:
        """The entries by the first letter of their English, A to Z."""
        return _by_letter(self.by_english, lambda one: initial(one.term))

    @cached_property
    def by_pinyin(self) -> dict[str, list[Entry]]:
        """The entries by the first letter of their Chinese in pinyin, A to Z."""
        ordered = sorted(self.by_english, key=lambda one: (pinyin_order(one.chinese), one.term))
        return _by_letter(ordered, lambda one: initial(one.chinese))

    def find(self, typed: str) -> list[Entry]:
        """Return the entries with this text in a name: whole names first, then by use."""
        english, chinese = english_key(typed), chinese_key(typed)
        if not (english or chinese):
            return []
        ranked = ((_rank(names, english, chinese), one) for names, one in self._names)
        found = [(rank, one) for rank, one in ranked if rank is not None]
        found.sort(key=lambda ranked: (ranked[0], -ranked[1].use, ranked[1].term))
        return [one for _, one in found]

    @cached_property
    def _names(self) -> list[tuple[tuple[list[str], list[str]], Entry]]:
        """All names of each entry in normal form, English and Chinese."""
        return [
            (
                (
                    [one.term, *map(english_key, (*one.other_english, *one.abbreviations))],
                    [*map(chinese_key, (one.chinese, *one.other_chinese))],
                ),
                one,
            )
            for one in self.by_english
        ]


def catalogue() -> Catalogue:
    """Return the catalogue of the current glossary, made once for each version of it."""
    return _catalogue(current_glossary())


@lru_cache(maxsize=1)
def _catalogue(glossary: Glossary) -> Catalogue:
    return Catalogue(glossary)


def _by_letter(
    entries: Iterable[Entry], letter_of: Callable[[Entry], str]
) -> dict[str, list[Entry]]:
    letters: dict[str, list[Entry]] = defaultdict(list)
    for one in entries:
        letters[letter_of(one) or OTHER].append(one)
    return {letter: letters[letter] for letter in (*LETTERS, OTHER) if letter in letters}


def _rank(names: tuple[list[str], list[str]], english: str, chinese: str) -> int | None:
    """Return 0 for a name that is the text, 1 for one that begins so, 2 for one that has it."""
    pairs = [(one, english) for one in names[0]] if english else []
    pairs += [(one, chinese) for one in names[1]] if chinese else []
    ranks = (
        0 if one == typed else 1 if one.startswith(typed) else 2
        for one, typed in pairs
        if typed in one
    )
    return min(ranks, default=None)


def papers_query(entry: Entry) -> Query:
    """Return the query for the papers with the English term."""
    return parse_query('"{}"'.format(entry.english.replace('"', " ")))


# ---- counts by week, kept for terms of several words


@cached_per_version(size=1)
def newest_week() -> datetime.date | None:
    """Return the Monday of the newest week with a counted paper."""
    return TermWeek.objects.aggregate(newest=Max("week"))["newest"]


def weeks_since(
    entries: Sequence[Entry], first: datetime.date
) -> dict[str, dict[datetime.date, int]]:
    """Return the papers by week of each of these terms, from a week on."""
    weeks: dict[str, dict[datetime.date, int]] = defaultdict(dict)
    rows = TermWeek.objects.filter(term__in=[one.term for one in entries], week__gte=first)
    for term, week, number in rows.values_list("term", "week", "papers"):
        weeks[term][week] = number
    return weeks


def paper_counts(entries: Sequence[Entry]) -> dict[str, int]:
    """Return the number of papers with each of these terms, for those that are counted."""
    rows = TermWeek.objects.filter(term__in=[one.term for one in entries]).order_by()
    return dict(rows.values_list("term").annotate(Sum("papers")))
