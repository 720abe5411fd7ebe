"""The import: files → records → rows, one transaction for each digest, and a report."""

import datetime
import logging
import time
from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass, field

from django.db import DatabaseError, transaction
from django.db.models import QuerySet
from django.utils import timezone

from papers import versions
from papers.digests import evidence, forms
from papers.digests.errors import DigestRefused, Problem
from papers.digests.files import DigestFile
from papers.digests.finding import DigestFiles
from papers.digests.location import DigestKey, Location, TopicName, locate
from papers.digests.pairs import are_a_pair
from papers.digests.report import ImportReport
from papers.digests.running import only_import
from papers.digests.settling import settle
from papers.models import Appearance, Digest, ImportProblem, ImportRun

logger = logging.getLogger(__name__)

Progress = Callable[[DigestFiles], Iterable[DigestFile]]


@dataclass(frozen=True)
class Options:
    """What the operator says, which wins over the paths.

    ``wait`` is how many seconds to wait for another import to end, ``today`` the day of this one.
    """

    source: str | None = None
    date: datetime.date | None = None
    topic: TopicName | None = None
    dry_run: bool = False
    wait: float = 0.0
    today: datetime.date = field(default_factory=timezone.localdate)


class _DryRun(Exception):
    """Takes back what a dry run wrote."""


def run_import(paths: list[str], options: Options, progress: Progress = iter) -> ImportReport:
    """Imports the digests under these paths; never raises for what is in them.

    A dry run does the same work in one transaction that is taken back at the end. Raises
    ImportRunning where another import runs and does not end in ``options.wait`` seconds.
    """
    with only_import(options.wait):
        # We hold the lock, so a run that still says it is running has died.
        runs = ImportRun.objects.filter(state=ImportRun.State.RUNNING)
        runs.update(state=ImportRun.State.FAILED)
        return (
            _rehearse(paths, options, progress)
            if options.dry_run
            else _run(paths, options, progress)
        )


def _rehearse(paths: list[str], options: Options, progress: Progress) -> ImportReport:
    report = ImportReport()
    try:
        with transaction.atomic():
            report = _run(paths, options, progress)
            raise _DryRun
    except _DryRun:
        return report


def _run(paths: list[str], options: Options, progress: Progress) -> ImportReport:
    started = time.monotonic()
    run = ImportRun.objects.create(paths=[_printable(path) for path in paths])
    report = ImportReport()
    try:
        for file in progress(DigestFiles(paths)):
            _import_file(file, options, report)
        run.state = ImportRun.State.DONE
    except BaseException:
        run.state = ImportRun.State.FAILED
        with suppress(DatabaseError):  # what broke the run may keep its end from being noted too
            _close(run, report)
        raise
    report.seconds = time.monotonic() - started
    _close(run, report)
    return report


def _close(run: ImportRun, report: ImportReport) -> None:
    run.finished = timezone.now()
    run.counts = report.counts
    run.save()
    ImportProblem.objects.bulk_create(
        ImportProblem(
            run=run,
            file=file[:1024],
            line=problem.line,
            arxiv_id=problem.arxiv_id,
            code=problem.code,
            message=problem.message,
        )
        for file, problem in report.problems
    )


def _refuse(report: ImportReport, file: str, problem: Problem) -> None:
    report.problems.append((file, problem))
    report.refused_files += 1


def _printable(name: str) -> str:
    """A path as it can be printed and stored: file names may hold bytes that are not text."""
    return name.encode("utf-8", "replace").decode().replace("\x00", "?")


def _import_file(file: DigestFile, options: Options, report: ImportReport) -> None:
    report.passed_over += file.twin is not None  # of the two forms one is read
    try:
        content = forms.read(file)
        location = locate(file.path).overridden(options.source, options.date, options.topic)
        if before := _read_before(location.key, report):
            _require_other_form(content, before, report)
            report.passed_over += 1
            return
        content_hash = content.hash
        if known := _unchanged(location.key, content_hash):
            _report_unchanged(report, known, file.shown)
            return
        reading = _parse(content, location)
        if reading is None:
            report.passed_over += 1
            return
        key = location.require_key()
        _refuse_future(key.date, options.today)
    except DigestRefused as refused:
        _refuse(report, file.shown, refused.problem)
        return
    parsed, shown = reading.parsed, reading.file.shown
    with transaction.atomic():
        recorded = evidence.record(key, parsed, shown, content_hash)
        changed = settle(recorded.touched)
        versions.bump()
    report.files[recorded.digest.pk] = shown
    report.problems += [(shown, problem) for problem in parsed.problems]
    _count(report, recorded.digest)
    report.seen |= {record.arxiv_id for record in parsed.records}
    report.created |= recorded.created
    report.updated |= changed


def _parse(content: forms.Content, location: Location) -> forms.Reading | None:
    """The digest in this content; None for a file that is none. Raises DigestRefused."""
    reading = forms.parse(content)
    if not (reading.parsed.records or reading.is_blank):
        if reading.is_table or location.key is None:
            return None
        problems = reading.parsed.problems
        reason = problems[0].message if problems else "It holds no paper."
        raise DigestRefused(
            "no-records",
            f"A digest should be here, and no paper could be read. {reason} Fetch the file again.",
        )
    return reading


def _read_before(key: DigestKey | None, report: ImportReport) -> Digest | None:
    """The digest of this key, where this run has read it already."""
    digest = _stored(key).first() if key else None
    return digest if digest and digest.pk in report.files else None


def _require_other_form(content: forms.Content, before: Digest, report: ImportReport) -> None:
    """Raises DigestRefused unless this is the other form of a digest that was read before, and
    adds nothing to it: the two may stand far apart in an archive.

    Of two other files that are one digest the second would take the papers of the first back.
    """
    shown = report.files[before.pk]
    is_other_form = are_a_pair(shown, content.main.shown)
    if is_other_form and len(forms.parse(content).parsed.records) <= before.record_count:
        return
    raise DigestRefused(
        "same-digest",
        f"This is the same digest as {shown}, which was read before it: the same source, date "
        "and topic. Remove one of them, or import them with other options.",
    )


def _refuse_future(date: datetime.date, today: datetime.date) -> None:
    if date > today + datetime.timedelta(days=1):
        raise DigestRefused(
            "future", f"The date {date} is after tomorrow; correct it or give --date."
        )


def _unchanged(key: DigestKey | None, content_hash: str) -> Digest | None:
    """The digest as it is in the database, where this content was imported without a problem."""
    same = _stored(key).filter(content_hash=content_hash, problem_count=0) if key else None
    return same.first() if same else None


def _stored(key: DigestKey) -> QuerySet[Digest]:
    """The digest of this key, if it is in the database."""
    return Digest.objects.filter(source__name=key.source, date=key.date, topic__slug=key.topic.slug)


def _report_unchanged(report: ImportReport, digest: Digest, shown: str) -> None:
    report.files[digest.pk] = shown
    _count(report, digest)
    appearances = Appearance.objects.standing().filter(digest=digest)
    report.seen |= set(appearances.values_list("paper__arxiv_id", flat=True))


def _count(report: ImportReport, digest: Digest) -> None:
    report.digests += not digest.is_empty
    report.digests_empty += digest.is_empty
    report.records += digest.record_count
    report.repeats += digest.repeat_count
