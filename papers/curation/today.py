"""What a curator does first today: at most twenty papers, by what readers meet.

First come papers of the newest days without Chinese, and those that the site's translator refused;
then doubts, the newest days first. Every query is bounded: no cost grows with the archive.
"""

import datetime
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field

from django.db.models import Exists, OuterRef

from papers.curation.decision import Curator
from papers.curation.queues import refused_translations
from papers.curation.translation_requests import waiting
from papers.models import NEWEST_FIRST, Doubt, Paper, PaperQuerySet, PaperTopic, ZhState

WANTED = 20
MAX_WITHOUT_CHINESE = 10  # so that doubts have their share of the day
LOOKED_AT = 200  # the newest doubts of each effect, among which the twenty are found
NEWEST_DAYS = 3
_EFFECTS = (Doubt.Effect.SHOWN, Doubt.Effect.NOTHING, Doubt.Effect.REPAIRED)


@dataclass
class TodaysPaper:
    """A paper to do today: its doubts, or else why there is no Chinese."""

    paper: Paper
    is_refused: bool = False
    doubts: list[Doubt] = field(default_factory=list)

    @property
    def is_missing(self) -> bool:
        return self.paper.zh_state == ZhState.MISSING


def todays_papers(skipped: Collection[int] = ()) -> list[TodaysPaper]:
    """Return today's papers in order, without the ``skipped`` ones."""
    recent = _newest_days()
    refused = list(refused_translations().values_list("paper_id", flat=True)[:LOOKED_AT])
    without = _without_chinese(recent, {*refused} - {*skipped}, skipped)
    doubtful = _doubtful(recent, {*skipped, *(one.pk for one in without)})
    papers = [*without, *doubtful[: WANTED - len(without)]]
    doubts = _doubts_of(papers)
    return [TodaysPaper(one, one.pk in refused, doubts.get(one.pk, [])) for one in papers]


def done_today(by: Curator, since: datetime.datetime) -> int:
    """Return how many papers this curator decided about since then."""
    mine = Paper.history.filter(history_user_id=by.pk, history_date__gte=since)
    return mine.order_by().values("id").distinct().count()


def _newest_days() -> list[datetime.date]:
    days = Paper.objects.published().order_by("-first_seen").values_list("first_seen", flat=True)
    return list(days.distinct()[:NEWEST_DAYS])


def _candidates() -> PaperQuerySet:
    """Return published papers that do not wait for the translator; ``followed`` by our topics."""
    featured = PaperTopic.objects.filter(paper=OuterRef("pk"), topic__featured=True)
    asked = waiting().filter(paper=OuterRef("pk"))
    papers = Paper.objects.published().exclude(Exists(asked))
    return papers.annotate(followed=Exists(featured)).defer("card")


def _without_chinese(
    recent: list[datetime.date], refused: Collection[int], skipped: Collection[int]
) -> list[Paper]:
    missing = _candidates().none()
    if recent:
        missing = _candidates().filter(first_seen__gte=recent[-1], zh_state=ZhState.MISSING)
    order = ("-featured", "-followed", *NEWEST_FIRST)
    found = list(missing.exclude(pk__in=skipped).order_by(*order)[:MAX_WITHOUT_CHINESE])
    turned_down = _candidates().filter(pk__in=refused)
    found += turned_down.order_by(*order)[:MAX_WITHOUT_CHINESE]
    return list({one.pk: one for one in found}.values())[:MAX_WITHOUT_CHINESE]


def _doubtful(recent: list[datetime.date], left_out: Collection[int]) -> list[Paper]:
    """Return the papers in doubt: of the newest days, featured, shown, followed; then the rest."""
    effect_of: dict[int, int] = {}
    for rank, effect in enumerate(_EFFECTS):
        doubts = Doubt.objects.filter(effect=effect, paper__hidden=False)
        newest = doubts.order_by("-day")[:LOOKED_AT]
        for pk in newest.values_list("paper_id", flat=True):
            effect_of.setdefault(pk, rank)
    papers = _candidates().filter(pk__in=effect_of.keys() - {*left_out})

    def weight(one: Paper) -> tuple:
        followed = getattr(one, "followed", False)
        return (one.first_seen not in recent, not one.featured, effect_of[one.pk], not followed)

    newest_first = sorted(papers, key=lambda one: (one.first_seen, one.arxiv_id), reverse=True)
    return sorted(newest_first, key=weight)[:WANTED]


def _doubts_of(papers: Iterable[Paper]) -> dict[int, list[Doubt]]:
    by_paper: dict[int, list[Doubt]] = {}
    rows = Doubt.objects.filter(paper__in=[one.pk for one in papers]).select_related("source")
    for doubt in rows.order_by("-field", "fault"):
        by_paper.setdefault(doubt.paper_id, []).append(doubt)
    return by_paper
