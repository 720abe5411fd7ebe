"""What curators did: decisions counted by kind and person, and actions on many rows at once."""

import datetime
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Exists, F, Max, OuterRef, Q, QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from papers.curation.decision import Curator
from papers.models import (
    Act,
    AuthorAlias,
    AuthorChoice,
    Paper,
    Source,
    Term,
    Topic,
    Upload,
)

MAX_BATCHES = 20
MAX_DECISIONS = 50
CREATED, CHANGED, DELETED = "+", "~", "-"


@dataclass(frozen=True)
class Log:
    """A table that records decisions: its rows, its columns, and its kinds with their labels."""

    rows: Callable[[], QuerySet]
    labels: dict[str, Any]
    kind: str = "history_type"
    at: str = "history_date"
    by: str = "history_user"


def _history(model: Any) -> Callable[[], QuerySet]:
    return lambda: model.history.all()


_ACTS = {value: label for value, label in Act.choices if value != Act.BEFORE}
LOGS = (
    Log(_history(Paper), _ACTS, kind="history_change_reason"),
    Log(
        _history(AuthorAlias),
        {CREATED: _("merged an author"), DELETED: _("undid a merge of authors")},
    ),
    Log(
        _history(AuthorChoice),
        {CREATED: _("told authors apart"), DELETED: _("put authors together again")},
    ),
    Log(_history(Topic), {CHANGED: _("changed a topic")}),
    Log(_history(Source), {CHANGED: _("changed a source")}),
    Log(_history(Term), {CREATED: _("added a term"), CHANGED: _("changed a term")}),
    Log(lambda: Upload.objects.all(), {"": _("uploaded a file")}, kind="", at="at", by="by"),
)


@dataclass
class Tally:
    """How often a kind of decision was made, by the curator and by all, today and this week."""

    label: str | Promise
    mine_today: int = 0
    mine_week: int = 0
    all_today: int = 0
    all_week: int = 0


@dataclass(frozen=True)
class Work:
    """The decisions of a week: by kind, and by person the number of today and of the week."""

    kinds: list[Tally]
    people: list[tuple[str, int, int]]


def work(user: Curator, today: datetime.datetime, week: datetime.datetime) -> Work:
    """Count the decisions since these two times, the most frequent kinds first."""
    kinds: list[Tally] = []
    people: dict[str, tuple[int, int]] = {}
    for log in LOGS:
        tallies = {kind: Tally(label) for kind, label in log.labels.items()}
        for kind, by, name, of_week, of_today in _counted(log, today, week):
            tally = tallies.get(kind or "")
            if tally is None:
                continue
            tally.all_week += of_week
            tally.all_today += of_today
            if by == user.pk:
                tally.mine_week += of_week
                tally.mine_today += of_today
            before = people.get(name, (0, 0))
            people[name] = before[0] + of_today, before[1] + of_week
        kinds += [tally for tally in tallies.values() if tally.all_week]
    return Work(
        sorted(kinds, key=lambda one: -one.all_week),
        sorted(((name, *both) for name, both in people.items()), key=lambda one: -one[2]),
    )


def _counted(
    log: Log, today: datetime.datetime, week: datetime.datetime
) -> Iterable[tuple[str, int, str, int, int]]:
    """Yield kind, user's id and name, and the numbers of the week and of today."""
    of_week = log.rows().filter(**{f"{log.at}__gte": week, f"{log.by}__isnull": False}).order_by()
    columns = [*([log.kind] if log.kind else []), log.by, f"{log.by}__username"]
    counted = of_week.values_list(*columns).annotate(
        of_week=Count("pk"), of_today=Count("pk", filter=Q(**{f"{log.at}__gte": today}))
    )
    return ((*(() if log.kind else ("",)), *row) for row in counted)


@dataclass(frozen=True)
class Batch:
    """One action on several papers or authors; ``standing`` are those that it still holds for."""

    name: str
    act: str | Promise
    by: str
    at: datetime.datetime
    number: int
    standing: int
    of_authors: bool = False


def batches() -> list[Batch]:
    """Return the latest actions on several papers or authors, newest first."""
    found = [*_paper_batches(), *_author_batches()]
    return sorted(found, key=lambda one: one.at, reverse=True)[:MAX_BATCHES]


def _paper_batches() -> list[Batch]:
    rows = _newest(Paper.history.exclude(batch=""), "history_change_reason")
    later = Paper.history.filter(id=OuterRef("id"), history_id__gt=OuterRef("history_id"))
    standing = Paper.history.filter(~Exists(later), batch__in=[row["batch"] for row in rows])
    left = dict(standing.order_by().values_list("batch").annotate(number=Count("pk")))
    return [_batch(row, _ACTS, left.get(row["batch"], 0)) for row in rows]


def _author_batches() -> list[Batch]:
    merges = AuthorAlias.history.filter(history_type=CREATED).exclude(batch="")
    rows = _newest(merges, "history_type")
    standing = AuthorAlias.objects.filter(batch__in=[row["batch"] for row in rows])
    left = dict(standing.order_by().values_list("batch").annotate(number=Count("pk")))
    labels = {CREATED: _("merged an author")}
    return [_batch(row, labels, left.get(row["batch"], 0), of_authors=True) for row in rows]


def _newest(rows: QuerySet, kind: str) -> list[dict[str, Any]]:
    """Return the newest batches among these rows of a history, ``kind`` under this name."""
    named = rows.order_by().values("batch", "history_user__username", kind=F(kind))
    counted = named.annotate(number=Count("pk"), at=Max("history_date"))
    return list(counted.order_by("-at")[:MAX_BATCHES])


def _batch(row: dict, labels: dict[str, Any], standing: int, of_authors: bool = False) -> Batch:
    return Batch(
        row["batch"],
        labels.get(row["kind"], row["kind"]),
        row["history_user__username"] or "–",
        row["at"],
        row["number"],
        standing,
        of_authors,
    )


def latest(by: Curator | None = None) -> QuerySet:
    """Return the latest decisions about papers, of one curator or of all."""
    decisions = Paper.history.exclude(history_change_reason=Act.BEFORE)
    if by is not None:
        decisions = decisions.filter(history_user_id=by.pk or 0)
    return decisions.select_related("history_user")[:MAX_DECISIONS]
