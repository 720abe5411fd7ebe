"""Terms that titles use more than before, and new phrases that the glossary does not know yet.

The measure is the logarithm of the odds ratio with a prior from all titles, divided by its standard
deviation (B. Monroe, M. Colaresi, K. Quinn, Fightin' Words, Political Analysis 16, 2008): a term
that is rare in both periods is not reported for chance. Single words are left out: they show how
people write, not what about.

``store_rising`` reads titles and counts and stores the lists; pages only read what it stored.
"""

import datetime
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from math import log, sqrt
from typing import NamedTuple

from django.db import transaction
from django.db.models import Sum

from papers.db.data_version import mark_data_changed
from papers.glossary import termhood
from papers.glossary.current import current_glossary
from papers.glossary.term_weeks import week_of
from papers.glossary.tokens import english_tokens
from papers.models import Paper, RisingTerm, TermCounts, TermWeek
from papers.models.site_state import THE_ROW
from papers.models.term import LONGEST_ENGLISH

RECENT, BEFORE = 8, 26
"""Weeks whose titles are compared: the last ones, and those before them."""
PRIOR = 0.05
"""The weight of the prior, as a share of all titles."""
LEAST_SCORE = 2.0  # standard deviations
LEAST_TITLES = 5
NESTED = 0.7
"""A term is left out if a longer one that contains it has at least this share of its titles."""
MAX_RISING = 50  # terms that pages list
MAX_STORED = 2 * MAX_RISING  # of either list; curators reject some, and the glossary learns others
LONGEST = 4  # words of a phrase
MOST_TITLES = 40_000
"""The most titles that are read for new phrases; a longer time before is shortened."""


class Rising(NamedTuple):
    """A term or phrase in normal form, its titles in the last weeks and before, and its score."""

    term: str
    recent: int
    before: int
    score: float


NUMBERS = Rising._fields[1:]


class Period(NamedTuple):
    """The weeks that are compared: ``before`` up to ``recent``, ``recent`` up to ``end``."""

    before: datetime.date
    recent: datetime.date
    end: datetime.date

    @classmethod
    def up_to(cls, day: datetime.date) -> "Period":
        """Return the period that ends with the week of this day."""
        end = week_of(day) + datetime.timedelta(weeks=1)
        recent = end - datetime.timedelta(weeks=RECENT)
        return cls(recent - datetime.timedelta(weeks=BEFORE), recent, end)


def rising_terms() -> list[RisingTerm]:
    """Return the stored terms of the glossary that rise, strongest first."""
    chinese_of = current_glossary().shown_chinese_of
    return [one for one in _listed(known=True) if chinese_of(one.term)][:MAX_RISING]


def rising_without_chinese() -> list[RisingTerm]:
    """Return the stored phrases that rise and that the glossary does not know, strongest first."""
    chinese_of = current_glossary().shown_chinese_of
    return [one for one in _listed(known=False) if not chinese_of(one.term)][:MAX_RISING]


def _listed(known: bool) -> Iterable[RisingTerm]:
    return RisingTerm.objects.filter(known=known, rejected=False)


def counted_up_to() -> datetime.date | None:
    """Return the day that the stored lists go up to; None before the first ``count_terms``."""
    return TermCounts.objects.values_list("day", flat=True).first()


@transaction.atomic
def store_rising() -> int:
    """Look for rising terms and phrases up to the newest paper, and replace the stored lists.

    Rows that a curator rejected stay. Return the number of rows that are listed.
    """
    day = Paper.objects.published().newest_first().values_list("first_seen", flat=True).first()
    rejected = set(RisingTerm.objects.filter(rejected=True).values_list("term", flat=True))
    found = _found_up_to(day, rejected) if day else []
    names = [one.term for one in found]
    RisingTerm.objects.filter(rejected=False).exclude(term__in=names).delete()
    RisingTerm.objects.bulk_create(
        found, update_conflicts=True, unique_fields=["term"], update_fields=["known", *NUMBERS]
    )
    TermCounts.objects.update_or_create(pk=THE_ROW, defaults={"day": day})
    mark_data_changed()
    return len(found)


def _found_up_to(day: datetime.date, rejected: set[str]) -> list[RisingTerm]:
    period = Period.up_to(day)
    spans = (period.recent, period.end), (period.before, period.recent)
    terms = [_counted(*span) for span in spans]
    phrases = [_phrases(_titles(*span), rejected) for span in spans]
    return [
        RisingTerm(known=known, **one._asdict())
        for known, (recent, before) in ((True, terms), (False, phrases))
        for one in ranked(recent, before, MAX_STORED)
        if one.term not in rejected
    ]


def _counted(first: datetime.date, end: datetime.date) -> Counter[str]:
    rows = TermWeek.objects.filter(week__gte=first, week__lt=end, titles__gt=0).order_by()
    return Counter(dict(rows.values_list("term").annotate(Sum("titles"))))


def _titles(first: datetime.date, end: datetime.date) -> Iterator[str]:
    papers = Paper.objects.published().filter(first_seen__gte=first, first_seen__lt=end)
    return papers.newest_first().values_list("title_en", flat=True)[:MOST_TITLES].iterator()


def _phrases(titles: Iterable[str], rejected: set[str]) -> Counter[str]:
    """Count the titles with each phrase of several words that no term of the glossary covers."""
    glossary = current_glossary()
    counts: Counter[str] = Counter()
    for title in titles:
        known = [(found.start, found.end) for found in glossary.in_english(title)]
        counts.update(phrases_of(title, known) - rejected)
    return counts


def phrases_of(title: str, known: list[tuple[int, int]]) -> set[str]:
    """Return the phrases of a title that may be terms, unless they lie within a known term."""
    tokens = english_tokens(title)
    found = set()
    for first in range(len(tokens)):
        for last in range(first + 1, min(first + LONGEST, len(tokens))):
            if not tokens[last - 1].joined:
                break
            words = tuple(token.word for token in tokens[first : last + 1])
            span = tokens[first].start, tokens[last].end
            if termhood.is_english_phrase(words) and not any(
                start <= span[0] and span[1] <= end for start, end in known
            ):
                found.add(" ".join(words))
    return {one for one in found if len(one) <= LONGEST_ENGLISH}


def ranked(recent: Mapping[str, int], before: Mapping[str, int], number: int) -> list[Rising]:
    """Return the terms that rise most from ``before`` to ``recent``, without nested ones."""
    totals = max(sum(recent.values()), 1), max(sum(before.values()), 1)
    scored = [
        Rising(term, count, before.get(term, 0), score(count, before.get(term, 0), totals))
        for term, count in recent.items()
        if count >= LEAST_TITLES
    ]
    rising = [one for one in scored if one.score >= LEAST_SCORE]
    rising.sort(key=lambda one: (-one.score, one.term))
    return _without_nested(rising[: 10 * number])[:number]


def score(recent: int, before: int, totals: tuple[int, int]) -> float:
    """Return the log-odds ratio of a term in standard deviations."""
    prior = PRIOR * (recent + before)
    odds = [
        log((count + prior) / ((total - count) + PRIOR * (sum(totals) - recent - before) + 1))
        for count, total in zip((recent, before), totals, strict=True)
    ]  # (+ 1: the divisor is never 0)
    return (odds[0] - odds[1]) / sqrt(1 / (recent + prior) + 1 / (before + prior))


def _without_nested(rising: list[Rising]) -> list[Rising]:
    """Leave out a term within a longer one that explains most of its titles, and the other way."""
    kept: list[Rising] = []
    for one in rising:
        if not any(_explains(other, one) for other in rising if other is not one):
            kept.append(one)
    return kept


def _explains(longer: Rising, one: Rising) -> bool:
    return (
        f" {one.term} " in f" {longer.term} "
        and longer.term != one.term
        and longer.recent >= NESTED * one.recent
    )
