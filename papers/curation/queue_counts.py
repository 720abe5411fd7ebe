"""How long each queue of the admin is, then and now: one kept count a day for each queue."""

import datetime
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

from django.contrib.auth.models import AnonymousUser, User
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from papers.curation import queues
from papers.models import Doubt, Paper, QueueCount, Upload, ZhState

FRESH = datetime.timedelta(minutes=10)
"""Time after which the counts of today are counted again."""
WEEK = datetime.timedelta(days=7)


@dataclass(frozen=True)
class Queue:
    """A queue: the name under which its counts are kept, its label, and who may see it."""

    name: str
    label: str | Promise
    permission: str
    count: Callable[[], int]


def _doubtful_papers() -> int:
    return Doubt.objects.filter(paper__hidden=False).values("paper").distinct().count()


def _without_chinese() -> int:
    return Paper.objects.published().filter(zh_state=ZhState.MISSING).count()


def _waiting_uploads() -> int:
    states = (Upload.State.DRAFT, Upload.State.WAITING, Upload.State.FAILED)
    return Upload.objects.filter(state__in=states).count()


QUEUES = (
    Queue("doubtful", _("Papers with a text in doubt"), "papers.view_paper", _doubtful_papers),
    Queue("missing", _("Papers without Chinese"), "papers.view_paper", _without_chinese),
    Queue(
        "refused",
        _("Translations that the checks refused"),
        "papers.view_translationattempt",
        lambda: queues.refused_translations().count(),
    ),
    Queue(
        "held",
        _("Digests held back"),
        "papers.view_digest",
        lambda: queues.held_digests().count(),
    ),
    Queue(
        "digests",
        _("Missing digests"),
        "papers.view_digest",
        lambda: len(queues.digests_missing()),
    ),
    Queue("uploads", _("Uploads to complete"), "papers.view_upload", _waiting_uploads),
    Queue(
        "authors",
        _("Possible duplicate authors"),
        "papers.view_author",
        lambda: queues.alike_authors().count(),
    ),
    Queue(
        "terms",
        _("Doubtful terms"),
        "papers.view_term",
        lambda: queues.doubtful_terms().count(),
    ),
)


@dataclass(frozen=True)
class Course:
    """The kept counts of one queue by day, oldest first; the last one is today's."""

    queue: Queue
    counts: dict[datetime.date, int]

    @property
    def today(self) -> datetime.date:
        return max(self.counts)

    @property
    def now(self) -> int:
        return self.counts[self.today]

    @cached_property
    def yesterday(self) -> int | None:
        """The last count before today."""
        return self.before(self.today)

    @cached_property
    def week_ago(self) -> int | None:
        """The last count at least a week before today."""
        return self.before(self.today - WEEK + datetime.timedelta(days=1))

    def before(self, day: datetime.date) -> int | None:
        """Return the last count before this day."""
        days = [one for one in self.counts if one < day]
        return self.counts[max(days)] if days else None


def courses(user: User | AnonymousUser, days: int = 15) -> list[Course]:
    """Return the queues that this user may see, with their counts of the last days.

    Today's counts are counted again if they are older than ``FRESH``.
    """
    today = timezone.localdate()
    rows = _rows(today - datetime.timedelta(days=days))
    if _is_stale(rows, today):
        keep_counts(today)
        rows = _rows(today - datetime.timedelta(days=days))
    counts: dict[str, dict[datetime.date, int]] = {}
    for row in rows:
        counts.setdefault(row.queue, {})[row.day] = row.number
    return [
        Course(one, counts[one.name])
        for one in QUEUES
        if user.has_perm(one.permission) and today in counts.get(one.name, {})
    ]


def keep_counts(today: datetime.date) -> None:
    """Count every queue, and keep the counts as those of today."""
    now = timezone.now()
    QueueCount.objects.bulk_create(
        (QueueCount(day=today, queue=one.name, number=one.count(), at=now) for one in QUEUES),
        update_conflicts=True,
        unique_fields=["day", "queue"],
        update_fields=["number", "at"],
    )


def _rows(since: datetime.date) -> list[QueueCount]:
    return list(QueueCount.objects.filter(day__gte=since).order_by("day"))


def _is_stale(rows: list[QueueCount], today: datetime.date) -> bool:
    kept = {row.queue for row in rows if row.day == today and timezone.now() - row.at < FRESH}
    return not {one.name for one in QUEUES} <= kept
