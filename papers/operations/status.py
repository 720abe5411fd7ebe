"""How the data are, for people and programs outside: sources, share of Chinese, last runs.

It names no path, address or error of this machine: the operator has those in the log.
"""

import datetime
from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, Max, OuterRef, Subquery
from django.utils import timezone

from digest_site import VERSION
from papers.lists.chinese_share import MonthShare, by_month
from papers.models import Checkout, DailyRun, Digest, ImportRun, Source, Translation
from papers.publishers.silence import silences

LATEST = 5  # runs


@dataclass(frozen=True)
class SourceStatus:
    """The newest digest of a source and the newest one with Chinese, and the last look for more.

    ``silent_days`` are its working days since, if it is followed; ``is_silent``: they are too many.
    """

    name: str
    last_digest: datetime.date | None
    last_chinese: datetime.date | None
    last_look: datetime.datetime | None
    silent_days: int | None
    is_silent: bool


@dataclass(frozen=True)
class Status:
    sources: list[SourceStatus]
    months: list[MonthShare]
    daily_runs: list[DailyRun]
    imports: list[ImportRun]
    version: str = VERSION

    def as_json(self) -> dict[str, Any]:
        return {
            "version": self.version,
            "sources": [
                {
                    "name": one.name,
                    "last_digest": one.last_digest,
                    "last_chinese": one.last_chinese,
                    "last_look": one.last_look,
                    "silent_working_days": one.silent_days,
                    "is_silent": one.is_silent,
                }
                for one in self.sources
            ],
            "months": [
                {
                    "month": f"{one.month:%Y-%m}",
                    "papers": one.papers,
                    "with_sound_chinese": one.sound,
                    "in_doubt": one.doubtful,
                }
                for one in self.months
            ],
            "daily_runs": [_run(one) for one in self.daily_runs],
            "imports": [_run(one) for one in self.imports],
        }


def status() -> Status:
    return Status(
        sources=_sources(),
        months=by_month(),
        daily_runs=list(DailyRun.objects.all()[:LATEST]),
        imports=list(ImportRun.objects.all()[:LATEST]),
    )


def silent_sources() -> list[str]:
    """Return the names of the followed sources that are silent for too long."""
    return [one.source.name for one in silences(timezone.localdate()) if one.is_too_long]


def _sources() -> list[SourceStatus]:
    """Return the publishers that have given digests or are followed, by name."""
    silent = {one.source.pk: one for one in silences(timezone.localdate())}
    looked = dict(Checkout.objects.values_list("source", "looked"))
    gives_chinese = Exists(Translation.objects.filter(digests=OuterRef("pk")))
    with_chinese = Digest.objects.filter(gives_chinese, source=OuterRef("pk")).order_by("-date")
    sources = Source.objects.annotate(
        last=Max("digests__date"), last_chinese=Subquery(with_chinese.values("date")[:1])
    )
    return [
        SourceStatus(
            name=one.name,
            last_digest=one.last,
            last_chinese=one.last_chinese,
            last_look=looked.get(one.pk),
            silent_days=silent[one.pk].days if one.pk in silent else None,
            is_silent=one.pk in silent and silent[one.pk].is_too_long,
        )
        for one in sources.order_by("name")
        if one.last or one.pk in silent
    ]


def _run(run: DailyRun | ImportRun) -> dict[str, Any]:
    said = {"started": run.started, "finished": run.finished, "state": run.state}
    if isinstance(run, ImportRun):
        return said | {"counts": run.counts}
    return said | {"steps": {one["step"]: one["state"] for one in run.steps}}
