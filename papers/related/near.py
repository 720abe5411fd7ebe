"""Which papers are near a paper, or near many; read from ``Related`` alone."""

import datetime
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from django.db.models import QuerySet

from papers.db.bulk import in_values
from papers.db.raw_sql import fetch_all
from papers.models import Paper, Related

SHOWN = 5
"""Number of papers on a paper's page."""

NEAR = 1_500
"""A paper with a lower score is not shown: most of them share no more than a word by chance."""

NEW_DAYS = 14
"""A suggested paper was first seen in so many days, up to the newest day of the site."""


class Suggestion(NamedTuple):
    """A new paper, and the one of the papers asked about that it is nearest to."""

    paper: int
    near: int
    score: int


def nearest_papers(paper: Paper) -> list[Related]:
    """Return the nearest published papers with their titles, the nearest first. One query."""
    rows = _near().filter(paper=paper, other__hidden=False).select_related("other")
    fields = ("arxiv_id", "title_en", "title_zh", "first_seen", "card")
    rows = rows.only("paper", "score", *(f"other__{name}" for name in fields))
    return list(rows.order_by("-score", "-other__arxiv_id")[:SHOWN])


def nearest_rows(paper: Paper) -> list[tuple]:
    """Return id, arXiv id and modification time of the same papers.

    Raw SQL, because every page of a paper runs it: Django's ORM takes longer to build it.
    """
    return fetch_all(
        "SELECT other.id, other.arxiv_id, other.modified FROM papers_related AS near "
        "JOIN papers_paper AS other ON other.id = near.other_id "
        "WHERE near.paper_id = %s AND near.score >= %s AND NOT other.hidden "
        "ORDER BY near.score DESC, other.arxiv_id DESC LIMIT %s",
        [paper.pk, NEAR, SHOWN],
    )


def papers_like(paper: Paper) -> list[int]:
    """Return the ids of the papers near this one, the nearest first, hidden ones too.

    These are its neighbours, and the papers that have it as theirs, as new papers may.
    """
    scores = dict(_near().filter(paper=paper).values_list("other_id", "score"))
    scores.update(_near().filter(other=paper).values_list("paper_id", "score"))
    return sorted(scores, key=lambda pk: (-scores[pk], -pk))


def suggestions(papers: Sequence[int], most: int) -> list[Suggestion]:
    """Return ``most`` new published papers near these, the nearest first."""
    newest = Paper.objects.published().newest_first().values_list("first_seen", flat=True).first()
    if not papers or newest is None:
        return []
    since = newest - datetime.timedelta(days=NEW_DAYS)
    best: dict[int, Suggestion] = {}
    for found in (*_new(papers, since, "paper", "other"), *_new(papers, since, "other", "paper")):
        known = best.get(found.paper)
        if known is None or (found.score, found.near) > (known.score, known.near):
            best[found.paper] = found
    return sorted(best.values(), key=lambda one: (-one.score, -one.paper))[:most]


def _new(
    papers: Iterable[int], since: datetime.date, asked: str, found: str
) -> Iterable[Suggestion]:
    """Return new papers in the field ``found`` of the rows with these papers in ``asked``."""
    rows: QuerySet = (
        _near()
        .filter(
            **{
                f"{asked}__in": in_values(papers),
                f"{found}__hidden": False,
                f"{found}__first_seen__gt": since,
            }
        )
        .exclude(**{f"{found}__in": in_values(papers)})
    )
    return (Suggestion(*row) for row in rows.values_list(f"{found}_id", f"{asked}_id", "score"))


def _near() -> QuerySet[Related]:
    return Related.objects.filter(score__gte=NEAR)
