"""What there is to tell, read from the database: the newest day, its Chinese, silent publishers,
failed fetches and imports."""

import datetime
import hashlib
from collections.abc import Iterator

from django.db.models import Q, QuerySet, Sum
from django.utils.formats import date_format
from django.utils.timezone import localtime

from papers.models import (
    Checkout,
    DailyCount,
    DailyRun,
    Digest,
    ImportRun,
    ZhState,
)
from papers.notifications.notices import Matter
from papers.publishers.silence import silences

USUAL_DAYS = 20  # days with papers before the newest one, whose share of Chinese is the usual one
LEAST_PAPERS = 10  # of a day whose share is compared
LEAST_SHARE = 0.2  # a usual share below this is not missed
RECENT = datetime.timedelta(days=2)  # how far back problems are told when nothing ran before
BROKEN_OFF, BROKE_OFF = "broken-off", "an import broke off"
MAX_NAMED = 5  # files named in one message


def new_day() -> Iterator[Matter]:
    """The newest day of the digests, told when its first digest is there."""
    newest = Digest.objects.order_by("-date").values_list("date", flat=True).first()
    if newest is None:
        return
    papers, with_chinese = _papers_of([newest])
    digests = Digest.objects.filter(date=newest)
    publishers = digests.values("source").distinct().count()
    share = f", {with_chinese / papers:.0%} of them with Chinese" if papers else ""
    text = (
        f"{date_format(newest, 'j F Y')}: {papers:,} new papers{share}; "
        f"{digests.count():,} digests of {publishers} publishers."
    )
    yield Matter(f"day:{newest}", "the day is in", text, is_event=True)


def little_chinese() -> Iterator[Matter]:
    """The newest day has less than half of the usual share of Chinese."""
    days = list(
        _counts().values_list("day", flat=True).distinct().order_by("-day")[: USUAL_DAYS + 1]
    )
    if len(days) < 2:
        return
    papers, with_chinese = _papers_of(days[:1])
    papers_before, with_chinese_before = _papers_of(days[1:])
    share, usual = with_chinese / papers, with_chinese_before / papers_before
    if papers >= LEAST_PAPERS and usual >= LEAST_SHARE and share < usual / 2:
        text = (
            f"{date_format(days[0], 'j F Y')}: {share:.0%} of {papers:,} papers have Chinese; "
            f"usually {usual:.0%} have."
        )
        yield Matter("little-chinese", "less Chinese than usual", text)


def silent_publishers(today: datetime.date) -> Iterator[Matter]:
    for silence in silences(today):
        if silence.is_too_long:
            last = (
                f"its last is of {date_format(silence.last, 'j F Y')}" if silence.last else "none"
            )
            text = f"{silence.source}: no digest for {silence.days} of its working days ({last})."
            yield Matter(f"silent:{silence.source.slug}", "a publisher is silent", text)


def failed_fetches() -> Iterator[Matter]:
    failed = Checkout.objects.exclude(error="").exclude(source__fetch_url="")
    for checkout in failed.select_related("source").order_by("source__name"):
        text = f"{checkout.source}: {checkout.error}"
        yield Matter(f"fetch:{checkout.source.slug}", "a publisher cannot be fetched", text)


def refused_files(since: datetime.datetime) -> Iterator[Matter]:
    """Files that imports refused since then; the same files are the same matter."""
    runs = ImportRun.objects.filter(started__gte=since, refused__isnull=False).order_by("started")
    for refused in runs.values_list("refused", flat=True):
        files = sorted(file for file, _ in refused or ())
        key = hashlib.sha256("\n".join(files).encode()).hexdigest()[:16]
        text = "\n".join(f"{file}: {message}" for file, message in (refused or ())[:MAX_NAMED])
        yield Matter(f"refused:{key}", "files were refused", text, is_event=True)


def broken_off(since: datetime.datetime, now: DailyRun | None) -> Iterator[Matter]:
    """An import or a daily run that ended before its end since then."""
    imports = ImportRun.objects.filter(state=ImportRun.State.FAILED, started__gte=since)
    runs = DailyRun.objects.filter(state=DailyRun.State.FAILED, started__gte=since)
    others = runs.exclude(pk=now.pk) if now else runs
    first = imports.order_by("started").first() or others.order_by("started").first()
    if first:
        what = "An import" if isinstance(first, ImportRun) else "A daily run"
        at = date_format(localtime(first.started), "j F Y, H:i")
        text = f"{what} of {at} did not reach its end."
        yield Matter(BROKEN_OFF, BROKE_OFF, text)


def _counts() -> QuerySet[DailyCount]:
    return DailyCount.objects.filter(topic=None, papers__gt=0).order_by()


def _papers_of(days: list[datetime.date]) -> tuple[int, int]:
    """Return how many papers were first seen on these days, and how many of them have Chinese."""
    states = _counts().filter(day__in=days)
    sums = states.aggregate(
        all=Sum("papers"), zh=Sum("papers", filter=~Q(zh_state=ZhState.MISSING))
    )
    return sums["all"] or 0, sums["zh"] or 0
