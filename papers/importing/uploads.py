"""Digests given in the admin: stored, queued, and imported by a process of their own.

The process (``import_digests --uploads``) outlives whoever started it; a queue that was left by a
dead one is taken up by the next. There is one such process at a time: what is given meanwhile joins
its queue.
"""

import datetime
import logging
import subprocess
import sys
from contextlib import suppress
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any, BinaryIO

from django.conf import settings
from django.contrib.auth.models import AnonymousUser, User
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils import timezone
from django.utils.crypto import get_random_string
from django.utils.text import get_valid_filename
from django.utils.translation import gettext

from digest_site import private
from papers.db.import_lock import import_lock, only_queue, queue_is_worked_off
from papers.digests.limits import MAX_UPLOADED, MAX_UPLOADS, UPLOADS_KEPT
from papers.digests.location import parse_topic
from papers.importing.run import Options, run_import
from papers.models import ImportRun, Upload
from papers.text.sanitize import clean

WAIT = 24 * 60 * 60.0  # seconds for another import to end
LOG = "uploads.log"
LONGEST_LOG = 2**20  # bytes, after which it begins again
MAX_SAID = 10  # problems; the run has them all


logger = logging.getLogger(__name__)


class NoRoom(Exception):
    """As much as may be is kept already; the message says what to do."""


@dataclass(frozen=True)
class UploadOptions:
    """What the path of a digest would have said; empty where it says it."""

    source: str = ""
    date: datetime.date | None = None
    topic: str = ""


def store(file: UploadedFile, said: UploadOptions, by: User | AnonymousUser) -> Upload:
    """Keeps the file under a name of ours, in a folder of its own; queued until it is imported.
    Raises NoRoom."""
    remove_old()
    _require_room_for(file.size or 0)
    name = clean(Path(str(file.name or "")).name)[:200] or "digest.md"
    upload = Upload(name=name, source=said.source, date=said.date, topic=said.topic, by_id=by.pk)
    upload.file.save(f"{get_random_string(16)}/{_safe(name)}", file, save=False)
    upload.save()
    return upload


def remove_old() -> None:
    """Takes away files whose import ended, a while after they were given; papers stay."""
    ended = (Upload.State.DONE, Upload.State.FAILED)
    before = timezone.now() - UPLOADS_KEPT
    for upload in Upload.objects.filter(state__in=ended, at__lt=before):
        folder = Path(upload.file.path).parent
        upload.file.delete(save=False)
        with suppress(OSError):  # it holds something else, or is gone
            folder.rmdir()
        upload.delete()


def _require_room_for(size: int) -> None:
    if Upload.objects.count() >= MAX_UPLOADS:
        raise NoRoom(_no_room(gettext("%(most)s files"), MAX_UPLOADS))
    if _kept_bytes() + size > MAX_UPLOADED:
        raise NoRoom(_no_room(gettext("%(most)s MB"), MAX_UPLOADED // 2**20))


def _no_room(limit: str, most: int) -> str:
    said = gettext(
        "No room: at most %(limit)s are stored. Each upload is deleted after %(days)s days, once "
        "its import has ended. Until then, import on the server with import_digests."
    )
    return said % {"limit": limit % {"most": most}, "days": UPLOADS_KEPT.days}


def _kept_bytes() -> int:
    """All that lies in the folder, also what no row knows of any more."""
    files = _folder().rglob("*")
    return sum(file.lstat().st_size for file in files if file.is_file())


def _folder() -> Path:
    storage: Any = Upload._meta.get_field("file").storage
    return Path(storage.location)


def _safe(name: str) -> str:
    """A name without anything that a path could misunderstand; its end says what the file is."""
    stem, dot, ending = name.rpartition(".")
    return get_valid_filename(f"{stem[-80:]}{dot}{ending[-8:]}".lstrip(".")) or "digest.md"


def queue_again(upload: Upload) -> None:
    Upload.objects.filter(pk=upload.pk).update(state=Upload.State.WAITING, said="")


def start_importing() -> None:
    """Starts the process once the transaction at hand is committed; it needs nobody to wait."""
    transaction.on_commit(_spawn)


def _spawn() -> None:
    if queue_is_worked_off():
        return  # by a process that looks once more before it ends
    with _log() as out:
        subprocess.Popen(
            [
                sys.executable,
                str(Path(settings.BASE_DIR) / "manage.py"),
                "import_digests",
                "--uploads",
            ],
            stdin=subprocess.DEVNULL,
            stdout=out,
            stderr=out,
            cwd=settings.BASE_DIR,
            start_new_session=True,  # a killed web worker takes its own session with it, not this
        )


def _log() -> BinaryIO:
    """Where the process writes to, readable for nobody else."""
    log = Path(settings.UPLOADS_DIR) / LOG
    private.make_folder(log.parent)
    private.make_file(log)
    return open(log, "wb" if log.stat().st_size > LONGEST_LOG else "ab")


def import_waiting() -> list[Upload]:
    """Imports what waits, one after another, until nothing does; returns what it did. Leaves it to
    the process that is at it already, if there is one."""
    done: list[Upload] = []
    while True:
        with only_queue() as is_ours:
            if not is_ours:
                return done
            done += _work_off()
        # Who found the queue taken counts on this.
        if not Upload.objects.filter(state=Upload.State.WAITING).exists():
            return done


def _work_off() -> list[Upload]:
    done: list[Upload] = []
    _take_up_what_was_left()
    while upload := _next():
        _import(upload)
        done.append(upload)
    remove_old()
    return done


def _take_up_what_was_left() -> None:
    """While we hold the lock no import runs, so an upload that says so was left by a dead one."""
    with import_lock(WAIT):
        left = Upload.objects.filter(state=Upload.State.RUNNING)
        left.update(state=Upload.State.WAITING)


def _next() -> Upload | None:
    """The upload that waits longest, now ours: no other process can have claimed it as well."""
    for pk in (
        Upload.objects.filter(state=Upload.State.WAITING)
        .order_by("pk")
        .values_list("pk", flat=True)
    ):
        waiting = Upload.objects.filter(pk=pk, state=Upload.State.WAITING)
        if waiting.update(state=Upload.State.RUNNING):
            return Upload.objects.get(pk=pk)
    return None


def _import(upload: Upload) -> None:
    try:
        report = run_import([upload.file.path], _options(upload))
    except Exception as error:
        _end(upload, Upload.State.FAILED, f"{type(error).__name__}: {error}")
        logger.exception("An upload could not be imported.")  # and the next one has its turn
        return
    upload.run = ImportRun.objects.filter(paths=[upload.file.path]).order_by("-pk").first()
    said = "\n".join(problem.message for _, problem in islice(report.problem_log, MAX_SAID))
    _end(upload, Upload.State.FAILED if report.refused_files else Upload.State.DONE, said)


def _options(upload: Upload) -> Options:
    return Options(
        source=upload.source or None,
        date=upload.date,
        topic=parse_topic(upload.topic) if upload.topic else None,
        wait=WAIT,
    )


def _end(upload: Upload, state: Upload.State, said: str) -> None:
    upload.state, upload.said = state, said
    upload.save(update_fields=["state", "said", "run"])
