"""Count the papers of each week that use a term, as papers come.

A paper counts in the week in which it was first seen, hidden papers too. ``count_changes`` adds and
subtracts what an import changes, in its transaction. A term that the glossary learns later is
counted from then on; ``recount`` counts all papers again, and is due when the counted terms are
others than those it last counted.
"""

import datetime
import hashlib
from collections import Counter
from collections.abc import Callable, Iterable
from typing import NamedTuple

from django.db import connection, transaction

from papers.db.bulk import insert_rows
from papers.db.data_version import mark_data_changed
from papers.glossary.current import current_glossary, current_version, shipped_glossary
from papers.glossary.shipped import shipped_hash
from papers.models import Paper, TermCounts, TermWeek
from papers.models.site_state import THE_ROW
from papers.text.precomputed import precomputed

FIELDS = ("term", "week", "papers", "titles")
COUNTED = ("first_seen", "title_en", "abstract_en")


class CountedPaper(NamedTuple):
    """What the counts of a paper depend on."""

    first_seen: datetime.date
    title: str
    abstract: str


def week_of(day: datetime.date) -> datetime.date:
    """Return the Monday of the week of a day."""
    return day - datetime.timedelta(days=day.weekday())


def weeks_of(term: str) -> dict[datetime.date, tuple[int, int]]:
    """Return, by week, how many papers use a term, and how many of them in the title.

    ``term`` is in normal form (``Entry.term``). Weeks without a paper are left out.
    """
    rows = TermWeek.objects.filter(term=term).order_by("week")
    return {week: (papers, titles) for week, papers, titles in rows.values_list(*FIELDS[1:])}


class Terms(NamedTuple):
    """The terms of a paper that are counted: in its title, and anywhere."""

    in_title: frozenset[str]
    anywhere: frozenset[str]


@precomputed
def terms_of(title: str, abstract: str, version: str) -> Terms:
    """Return the terms of a paper in the glossary of this version, which is the current one."""
    glossary = shipped_glossary() if version == shipped_hash() else current_glossary()
    in_title = frozenset(glossary.counted_in(title))
    return Terms(in_title, in_title | glossary.counted_in(abstract))


class Counts:
    """Numbers by term and week: papers, and papers with the term in the title."""

    def __init__(self) -> None:
        self._version = current_version()
        self.papers: Counter[tuple[str, datetime.date]] = Counter()
        self.titles: Counter[tuple[str, datetime.date]] = Counter()

    def add(self, paper: CountedPaper, number: int = 1) -> None:
        """Count a paper; with ``number=-1`` take it away."""
        week = week_of(paper.first_seen)
        terms = terms_of(paper.title, paper.abstract, self._version)
        for term in terms.anywhere:
            self.papers[term, week] += number
        for term in terms.in_title:
            self.titles[term, week] += number

    def rows(self) -> list[tuple[str, datetime.date, int, int]]:
        """Return the numbers that are not 0 as rows of ``TermWeek``."""
        return [
            (term, week, number, self.titles[term, week])
            for (term, week), number in sorted(self.papers.items())
            if number or self.titles[term, week]
        ]


def count_changes(gone: Iterable[CountedPaper], come: Iterable[CountedPaper]) -> None:
    """Take away papers as they were and add them as they are, in the transaction of the change."""
    counts = Counts()
    for paper in gone:
        counts.add(paper, -1)
    for paper in come:
        counts.add(paper)
    rows = counts.rows()
    _add([row for row in rows if row[2] >= 0 and row[3] >= 0])
    _subtract([row for row in rows if row[2] < 0 or row[3] < 0])


def _add(rows: list[tuple[str, datetime.date, int, int]]) -> None:
    table = TermWeek._meta.db_table
    statement = (
        f"INSERT INTO {table} (term, week, papers, titles) VALUES (%s, %s, %s, %s) "
        f"ON CONFLICT (term, week) DO UPDATE SET papers = {table}.papers + excluded.papers, "
        f"titles = {table}.titles + excluded.titles"
    )
    if rows:
        with connection.cursor() as cursor:
            cursor.executemany(statement, rows)


def _subtract(rows: list[tuple[str, datetime.date, int, int]]) -> None:
    """Change rows that get lower; the few papers that move or go need no speed."""
    for term, week, papers, titles in rows:
        row = TermWeek.objects.filter(term=term, week=week).first()
        if row:
            row.papers = max(row.papers + papers, 0)
            row.titles = min(max(row.titles + titles, 0), row.papers)
            row.save() if row.papers else row.delete()


@transaction.atomic
def recount(progress: Callable[[Iterable], Iterable] = iter) -> int:
    """Count all papers again and replace all rows; return the number of rows."""
    counts = Counts()
    papers = Paper.objects.order_by().values_list(*COUNTED)
    for paper in progress(papers.iterator()):
        counts.add(CountedPaper(*paper))
    TermWeek.objects.all().delete()
    rows = counts.rows()
    insert_rows(TermWeek, FIELDS, rows)
    TermCounts.objects.update_or_create(pk=THE_ROW, defaults={"terms": _counted_terms()})
    mark_data_changed()
    return len(rows)


def recount_is_due() -> bool:
    """Return whether there are papers that were not counted with the terms of today."""
    counted = TermCounts.objects.values_list("terms", flat=True).first()
    return counted != _counted_terms() and Paper.objects.exists()


def _counted_terms() -> str:
    """Return a hash of the terms that are counted."""
    terms = "\n".join(sorted(current_glossary().counted_terms))
    return hashlib.sha256(terms.encode()).hexdigest()[:16]
