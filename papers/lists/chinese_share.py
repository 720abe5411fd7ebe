"""How many papers have Chinese, month by month, and whose Chinese readers see."""

import datetime
from collections import Counter
from dataclasses import dataclass

from django.db.models import Count, Sum

from papers.db.version_cache import cached_per_version
from papers.models import DailyCount, Source, Translation, ZhState


@dataclass(frozen=True)
class MonthShare:
    """The papers of one month (its first day), those with sound Chinese and those in doubt."""

    month: datetime.date
    papers: int
    sound: int
    doubtful: int

    @property
    def percent(self) -> int:
        """The share of papers with sound Chinese, rounded down: 100 means all."""
        return 100 * self.sound // self.papers


@dataclass(frozen=True)
class DayShare:
    """The papers of one day, and those with sound Chinese."""

    day: datetime.date
    papers: int
    sound: int

    @property
    def percent(self) -> int:
        return 100 * self.sound // self.papers


@dataclass(frozen=True)
class SourceShare:
    """The Chinese titles and abstracts of one source that readers see."""

    source: Source
    titles: int
    abstracts: int


@cached_per_version(size=1)
def by_month() -> list[MonthShare]:
    """Return the months that have papers, oldest first."""
    rows = DailyCount.objects.filter(topic=None).order_by()
    months: dict[datetime.date, Counter[str]] = {}
    for day, state, papers in rows.values_list("day", "zh_state").annotate(Sum("papers")):
        months.setdefault(day.replace(day=1), Counter())[state] += papers
    return [
        MonthShare(month, states.total(), states[ZhState.OK], states[ZhState.SUSPECT])
        for month, states in sorted(months.items())
        if states.total()
    ]


@cached_per_version(size=1)
def by_day(newest: int) -> list[DayShare]:
    """Return the ``newest`` days that have papers, newest first."""
    rows = DailyCount.objects.filter(topic=None, papers__gt=0)
    days = list(rows.order_by("-day").values_list("day", flat=True).distinct()[:newest])
    found: dict[datetime.date, Counter[str]] = {day: Counter() for day in days}
    for day, state, papers in rows.filter(day__in=days).values_list("day", "zh_state", "papers"):
        found[day][state] += papers
    return [DayShare(day, n.total(), n[ZhState.OK]) for day, n in found.items()]


@cached_per_version(size=1)
def by_source() -> list[SourceShare]:
    """Return the sources whose Chinese is shown, the one with most abstracts first."""
    chosen = Translation.objects.filter(chosen=True).order_by()
    shown: dict[int, Counter[str]] = {}
    for source, field, number in chosen.values_list("source", "field").annotate(Count("pk")):
        shown.setdefault(source, Counter())[field] += number
    sources = Source.objects.in_bulk(shown)
    shares = [SourceShare(sources[pk], n["title"], n["abstract"]) for pk, n in shown.items()]
    return sorted(shares, key=lambda one: (-one.abstracts, -one.titles, one.source.name))
