"""One run of the import, from paths to a stored report. Only one runs at a time."""

import time
from collections.abc import Callable, Iterable
from contextlib import suppress

from django.db import DatabaseError, transaction
from django.utils import timezone

from papers.db import data_version
from papers.db.bulk import analyze, chunks
from papers.db.import_lock import import_lock
from papers.digests.discover import DigestFiles
from papers.digests.files import DigestFile
from papers.importing.batches import Options, incoming
from papers.importing.dry_run import dry_run
from papers.importing.prefetch import Prefetcher
from papers.importing.report import CREATED, UPDATED, ImportReport
from papers.importing.retriage import note_rules_of_new_database
from papers.importing.writer import Writer
from papers.models import ImportProblem, ImportRun

__all__ = ["Options", "run_import"]

MAX_PAPERS = 500  # new or changed papers of a run that are kept, so that its page can list them
Progress = Callable[[DigestFiles], Iterable[DigestFile]]


def run_import(paths: list[str], options: Options, progress: Progress = iter) -> ImportReport:
    """Import the digests under these paths. Errors in digests are reported and never raised.

    A dry run does the same work and discards the result. ``progress`` may wrap the files to show
    progress. Raise ImportRunning if another import does not end within ``options.wait`` seconds.
    """
    with dry_run(options.wait) if options.dry_run else import_lock(options.wait):
        close_dead_runs()
        return _run(paths, options, progress)


def close_dead_runs() -> None:
    """Mark runs as failed whose process died. Hold the import lock, so that none is at work."""
    runs = ImportRun.objects.filter(state=ImportRun.State.RUNNING)
    runs.update(state=ImportRun.State.FAILED)


def _run(paths: list[str], options: Options, progress: Progress) -> ImportReport:
    started = time.monotonic()
    run = ImportRun.objects.create(paths=[_printable(path) for path in paths])
    report = ImportReport()
    try:
        _import(paths, options, report, progress)
        run.state = ImportRun.State.DONE
    except BaseException:
        run.state = ImportRun.State.FAILED
        with suppress(DatabaseError):  # the database may be what failed
            _close(run, report)
            data_version.mark_data_changed()  # the front page shows failed runs
        raise
    report.seconds = time.monotonic() - started
    _close(run, report)
    return report


def _import(paths: list[str], options: Options, report: ImportReport, progress: Progress) -> None:
    note_rules_of_new_database()
    with Prefetcher() as prefetcher:
        writer = Writer(options, report, prefetcher.parse)
        for batch in incoming(progress(DigestFiles(paths)), options, prefetcher):
            writer.write(batch)
    if writer.has_written:
        analyze()


@transaction.atomic
def _close(run: ImportRun, report: ImportReport) -> None:
    run.finished = timezone.now()
    run.counts = report.counts
    run.papers = {
        "created": report.papers.ids(CREATED, MAX_PAPERS),
        "updated": report.papers.ids(UPDATED, MAX_PAPERS, without=CREATED),
    }
    run.refused = [[file[:1024], message] for file, message in report.refused] or None
    run.save()
    for some in chunks(report.problem_log):
        ImportProblem.objects.bulk_create(
            ImportProblem(
                run=run,
                file=file[:1024],
                line=problem.line,
                arxiv_id=problem.arxiv_id,
                code=problem.code,
                message=problem.message,
            )
            for file, problem in some
        )


def _printable(name: str) -> str:
    """Return a path that can be stored as text: file names may contain any bytes."""
    return name.encode("utf-8", "replace").decode().replace("\x00", "?")
