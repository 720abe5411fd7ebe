"""The steps of `daily`, in order. Each returns one line about what it did.

A step that is not set up raises NotSetUp and is skipped. One that fails raises; the next one runs
all the same. To add a step, write its function and its row in ``STEPS``.
"""

import datetime
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.utils import timezone

from papers.curation.duplicate_authors import find_alike_authors
from papers.db.import_lock import ImportRunning, fetch_lock, import_lock
from papers.glossary import rising, term_weeks
from papers.importing import uploads
from papers.importing.report import ImportReport
from papers.importing.run import Options, close_dead_runs, run_import
from papers.mail.delivery import send_all
from papers.models import DailyRun, TranslationAttempt
from papers.notifications import matters, senders
from papers.notifications.notices import Matter, tell
from papers.operations.backup_folder import back_up_into
from papers.operations.errors import NotSetUp, StepFailed
from papers.publishers import follow
from papers.publishers.errors import FetchFailed
from papers.related.update import relate_new_papers
from papers.translation.queue import Selection
from papers.translation.translate import Limits, translate
from papers.translation.translator import NotSetUp as NoTranslator
from papers.translation.translator import Translator

WAIT = 600.0  # seconds for a fetch or import that somebody else started
NEARLY_FULL = 0.05  # of a disk is free
LOOKED_BACK = 50  # runs


@dataclass
class Day:
    """What the steps of one run share: its row, its paths, and the steps that failed so far."""

    run: DailyRun
    paths: list[str] = field(default_factory=list)
    failed: dict[str, str] = field(default_factory=dict)

    @property
    def today(self) -> datetime.date:
        return timezone.localdate(self.run.started)

    @property
    def since(self) -> datetime.datetime:
        """When the last run ended that told what there was to tell."""
        before = DailyRun.objects.exclude(pk=self.run.pk).filter(finished__isnull=False)
        for run in before.order_by("-finished")[:LOOKED_BACK]:
            if run.finished and not _has_failed(run, "notify"):
                return run.finished
        return self.run.started - matters.RECENT


@dataclass(frozen=True)
class Step:
    """A step by its name. ``once``: it is skipped after it has been done on the same day."""

    name: str
    work: Callable[[Day], str]
    once: bool = False


def _has_failed(run: DailyRun, step: str) -> bool:
    return any(one["step"] == step and one["state"] == "failed" for one in run.steps)


def fetch(day: Day) -> str:
    sources = list(follow.followed())
    if not sources:
        raise NotSetUp("no publisher is followed (fetch_digests --add)")
    failed = []
    with fetch_lock(WAIT):
        for source in sources:
            try:
                follow.fetch(source)
            except FetchFailed as error:
                failed.append(str(error))
    if failed:
        raise StepFailed(" ".join(failed))
    return f"{len(sources)} publishers looked at"


def import_new(day: Day) -> str:
    with import_lock(WAIT):
        close_dead_runs()
    reports = [report for report in _imports(day) if report]
    waiting = len(uploads.import_waiting())
    new = sum(report.counts["papers_created"] for report in reports)
    refused = [f"{file}: {why}" for report in reports for file, why in report.refused]
    if refused:
        raise StepFailed(f"{new:,} new papers; {len(refused)} files refused: {refused[0]}")
    digests = sum(report.digests for report in reports)
    more = f"; {waiting} uploads" if waiting else ""
    return f"{digests:,} digests, {new:,} new papers{more}"


def _imports(day: Day) -> Iterator[ImportReport | None]:
    with fetch_lock(WAIT):
        for source in follow.followed():
            yield follow.import_changes(source, WAIT)
    if day.paths:
        yield run_import(day.paths, Options(wait=WAIT))


def translate_new(day: Day) -> str:
    if not settings.TRANSLATOR_URL or not settings.TRANSLATOR_DAILY:
        raise NotSetUp("TRANSLATOR_URL is not set, or TRANSLATOR_DAILY is off")
    try:
        translator = Translator.from_settings()
    except NoTranslator as error:
        raise StepFailed(str(error)) from None
    asked = TranslationAttempt.objects.exclude(state=TranslationAttempt.State.WAITING)
    left = settings.TRANSLATOR_DAILY - asked.filter(at__date=day.today).count()
    if left <= 0:
        raise NotSetUp(f"{settings.TRANSLATOR_DAILY:,} papers a day are translated already")
    try:
        report = translate(Selection(), translator, Limits(papers=left))
    except ImportRunning as busy:  # a curator's, for example; what is left is for the next run
        raise NotSetUp(str(busy)) from None
    if report.is_rejected:
        raise StepFailed(str(report.problems[-1].get("message", "the endpoint refuses requests")))
    return f"{report.papers:,} papers translated, {report.refused:,} refused, {report.left:,} left"


def send_mail(day: Day) -> str:
    if not settings.MAIL_LISTS:
        raise NotSetUp("MAIL_LISTS is not set")
    is_time = timezone.localtime(day.run.started).hour >= settings.MAIL_HOUR
    report = send_all(day.today, lists_too=is_time)
    if report.stopped:
        raise StepFailed(f"The mail server cannot be used: {report.stopped} {report}")
    if report.refused and not report.sent + report.letters:
        raise StepFailed(f"The mail server refuses every message: {report}")
    return str(report)


def count_terms(day: Day) -> str:
    counted = f"{term_weeks.recount():,} counts, " if term_weeks.recount_is_due() else ""
    return f"{counted}{rising.store_rising():,} rising terms"


def relate(day: Day) -> str:
    return f"{relate_new_papers(wait=WAIT):,} papers compared"


def find_authors(day: Day) -> str:
    return f"{find_alike_authors():,} pairs of possible duplicates"


def clear_sessions(day: Day) -> str:
    call_command("clearsessions")
    return "old sessions removed"


def back_up(day: Day) -> str:
    if not settings.BACKUP_DIR:
        raise NotSetUp("BACKUP_DIR is not set")
    return str(back_up_into(Path(settings.BACKUP_DIR), settings.BACKUP_KEEP))


def notify(day: Day) -> str:
    if not senders.is_set_up():
        raise NotSetUp("NOTIFY_URLS is not set")
    failed: list[str] = []
    told = tell(to_tell(day), day.today, lambda *said: failed.extend(senders.send(*said)))
    if failed:
        raise StepFailed(f"not sent by {', '.join(sorted(set(failed)))}")
    return f"{len(told)} messages"


def to_tell(day: Day) -> list[Matter]:
    """Return all that there is to tell; ``tell`` knows what was told before."""
    full = list(_full_disks())
    return [
        *matters.new_day(),
        *matters.little_chinese(),
        *matters.silent_publishers(day.today),
        *matters.failed_fetches(),
        *_imports_gone_wrong(day),
        *(
            Matter(f"step:{name}", f"{name} failed", message)
            for name, message in day.failed.items()
            if name not in {"fetch", "import"} and not (full and _lacked_room(message))
        ),
        *full,
    ]


def _lacked_room(message: str) -> bool:
    """Return whether a step failed because a disk is full, as SQLite and the system say it."""
    return any(said in message for said in ("disk is full", "No space left"))


def _imports_gone_wrong(day: Day) -> list[Matter]:
    """Refused files, and an import that broke off in this run or since the last one."""
    refused = list(matters.refused_files(day.since))
    broken = list(matters.broken_off(day.since, day.run))
    if not (refused or broken) and (message := day.failed.get("import")):
        broken = [Matter(matters.BROKEN_OFF, matters.BROKE_OFF, message)]
    return refused + broken


def _full_disks() -> Iterator[Matter]:
    """Disks with too little room: for the day's digests, or for another copy of the database."""
    folders = {Path(settings.DATA_DIR), Path(settings.PUBLISHERS_DIR)}
    needed = 0
    if connection.vendor == "sqlite":
        file = Path(str(connection.settings_dict["NAME"]))
        folders.add(file.parent)
        needed = file.stat().st_size if file.exists() else 0
    if settings.BACKUP_DIR:
        folders.add(Path(settings.BACKUP_DIR))
    for folder in sorted(one for one in folders if one.is_dir()):
        disk = shutil.disk_usage(folder)
        if disk.free < max(NEARLY_FULL * disk.total, needed):
            text = f"{folder}: {disk.free / 2**20:,.0f} MB of {disk.total / 2**20:,.0f} are free."
            yield Matter("disk", "a disk is nearly full", text)
            return


STEPS = (
    Step("fetch", fetch),
    Step("import", import_new),
    Step("translate", translate_new),
    Step("mail", send_mail),
    Step("terms", count_terms, once=True),
    Step("related", relate),
    Step("authors", find_authors, once=True),
    Step("sessions", clear_sessions, once=True),
    Step("backup", back_up, once=True),
    Step("notify", notify),
)
