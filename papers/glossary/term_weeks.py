"""Count the papers of each week that use a term, as papers come.

A paper counts in the week in which it was first seen, hidden papers too. ``count_changes`` adds and
subtracts what an import changes, in its transaction. Terms that the glossary learns later are
counted from then on; ``recount`` counts all papers again.
"""

import datetime
from collections import Counter
from collections.abc import Callable, Iterable
from typing import NamedTuple

from django.db import connection, transaction

from papers.db.bulk import insert_rows
from papers.glossary.lookup import Glossary
from papers.models import Paper, TermWeek

FIELDS = ("term", "week", "papers", "titles")


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


class Counts:
    """Numbers by term and week: papers, and papers with the term in the title."""

    def __init__(self, glossary: Glossary) -> None:
        self._glossary = glossary
        self.papers: Counter[tuple[str, datetime.date]] = Counter()
        self.titles: Counter[tuple[str, datetime.date]] = Counter()

    def add(self, paper: CountedPaper, number: int = 1) -> None:
        """Count a paper; with ``number=-1`` take it away."""
        week = week_of(paper.first_seen)
        in_title = self._glossary.counted_in(paper.title)
        for term in in_title | self._glossary.counted_in(paper.abstract):
            self.papers[term, week] += number
        for term in in_title:
            self.titles[term, week] += number

    def rows(self) -> list[tuple[str, datetime.date, int, int]]:
        """Return the numbers that are not 0 as rows of ``TermWeek``."""
        return [
            (term, week, number, self.titles[term, week])
            for (term, week), number in sorted(self.papers.items())
            if number or self.titles[term, week]
        ]


def count_changes(
    glossary: Glossary, gone: Iterable[CountedPaper], come: Iterable[CountedPaper]
) -> None:
    """Take away papers as they were and add them as they are, in the transaction of the change."""
    counts = Counts(glossary)
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
def recount(glossary: Glossary, progress: Callable[[Iterable], Iterable] = iter) -> int:
    """Count all papers again and replace all rows; return the number of rows."""
    counts = Counts(glossary)
    papers = Paper.objects.order_by().values_list("first_seen", "title_en", "abstract_en")
    for paper in progress(papers.iterator()):
        counts.add(CountedPaper(*paper))
    TermWeek.objects.all().delete()
    rows = counts.rows()
    insert_rows(TermWeek, FIELDS, rows)
    return len(rows)
