"""Ask the site's translator for papers, within the curators' budget of the day.

The next run takes the papers asked for before all others. No endpoint is called here.
"""

from collections.abc import Iterable

from django.conf import settings
from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from papers.curation.decision import Curator
from papers.models import DataVersion, Paper, TranslationAttempt
from papers.translation.queue import ask_again


class OverBudget(Exception):
    """More papers than curators may still ask for today, which are ``left``."""

    def __init__(self, left: int) -> None:
        super().__init__(left)
        self.left = left


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
