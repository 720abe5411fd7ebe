"""Ask the site's translator for papers, within the curators' budget of the day.

The next run takes the papers asked for before all others. No endpoint is called here.
"""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass
from heapq import nlargest
from operator import attrgetter

from django.conf import settings
from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from papers.curation.decision import Curator
from papers.models import DataVersion, FieldLock, Paper, TranslationAttempt, ZhState
from papers.translation.queue import ask_again


class OverBudget(Exception):
    """More papers than curators may still ask for today, which are ``left``."""

    def __init__(self, left: int) -> None:
        super().__init__(left)
        self.left = left


@dataclass(frozen=True)
class Requests:
    """Papers that a curator asked for in one action and that still wait.

    ``paper`` is one of them, and ``pk`` the request for it.
    """

    pk: int
    at: datetime.datetime
    paper: Paper
    number: int


def waiting() -> QuerySet[TranslationAttempt]:
    """Return the requests that the next run takes first."""
    return TranslationAttempt.objects.filter(state=TranslationAttempt.State.WAITING)


def papers_left_today() -> int:
    """Return how many more papers curators may ask for today, in the site's time zone."""
    midnight = timezone.localtime().replace(hour=0, minute=0, second=0, microsecond=0)
    asked = TranslationAttempt.objects.filter(by__isnull=False, at__gte=midnight).count()
    return max(settings.TRANSLATOR_DESK_BUDGET - asked, 0)


def translate_again(papers: Iterable[Paper], by: Curator, batch: str = "") -> None:
    """Ask for these papers; raise ``OverBudget`` and ask for none if they are too many for today.

    A paper that is waiting already does not count again.
    """
    with transaction.atomic():
        list(DataVersion.objects.select_for_update())  # so that two curators do not ask at once
        ids = {paper.pk for paper in papers}
        ids -= set(waiting().filter(paper__in=ids).values_list("paper", flat=True))
        if len(ids) > (left := papers_left_today()):
            raise OverBudget(left)
        ask_again(sorted(ids), by if isinstance(by, User) else None)


def papers_lacking_chinese(most: int) -> list[Paper]:
    """Return the newest papers that lack a Chinese title or abstract, or whose Chinese a curator
    rejected; without those that wait for the translator, and fields that a curator decided."""
    asked = waiting().filter(paper=OuterRef("pk"))
    lacking = (
        Paper.objects.published()
        .filter(_lacks("title") | _lacks("abstract"))
        .exclude(Exists(asked))
        .defer("card")
        .newest_first()
    )
    # One state after the other, because each is a range of an index.
    states = (ZhState.MISSING, ZhState.SUSPECT)
    found = [paper for state in states for paper in lacking.filter(zh_state=state)[:most]]
    return nlargest(most, found, key=attrgetter("first_seen", "arxiv_id"))


def _lacks(field: str) -> Q:
    decided = Q(Exists(FieldLock.objects.filter(paper=OuterRef("pk"), field=f"{field}_zh")))
    return Q(**{f"{field}_zh": ""}) & ~Q(**{f"{field}_en": ""}) & ~decided


def latest_requests(by: Curator) -> Requests | None:
    """Return what this curator asked for last, as far as it still waits."""
    mine = waiting().filter(by_id=by.pk)
    newest = mine.select_related("paper").order_by("-at", "-pk").first()
    if newest is None:
        return None
    return Requests(newest.pk, newest.at, newest.paper, mine.filter(at=newest.at).count())


def take_back(request: int, by: Curator) -> int:
    """Take back this curator's request and those of the same action; return how many waited."""
    mine = waiting().filter(by_id=by.pk)
    return mine.filter(at__in=mine.filter(pk=request).values("at")).delete()[0]
