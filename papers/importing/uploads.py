"""Uploads of digests in the admin: store them, queue them, import them in a separate process.

The process (``import_digests --uploads``) goes on after the request that started it. If it dies,
the next one continues its queue. Only one such process runs at a time.
Later uploads join its queue.
"""

import datetime
import logging
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.contrib.auth.models import AnonymousUser, User
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils import timezone
from django.utils.crypto import get_random_string
from django.utils.text import get_valid_filename
from django.utils.translation import gettext

from papers.db.import_lock import import_lock, only_queue, queue_is_worked_off
from papers.digests.limits import MAX_UPLOADED, MAX_UPLOADS, UPLOADS_KEPT
from papers.digests.location import parse_topic
from papers.importing import background
from papers.importing.run import Options, run_import
from papers.models import ImportRun, Upload
from papers.text.sanitize import clean

WAIT = 24 * 60 * 60.0  # seconds for another import to end


logger = logging.getLogger(__name__)


class NoRoom(Exception):
    """The limit of stored uploads is reached; the message says what to do."""


@dataclass(frozen=True)
class UploadOptions:
    """Source, date and topic of an upload, as the path of a digest gives them; empty if it does."""

    source: str = ""
    date: datetime.date | None = None
    topic: str = ""


def store(file: UploadedFile, by: User | AnonymousUser) -> Upload:
    """Store the file under a safe name in its own folder, as a draft: nothing is imported.

    Raise NoRoom if the limit of stored uploads is reached.
    """
    remove_old()
    _require_room_for(file.size or 0)
    name = clean(Path(str(file.name or "")).name)[:200] or "digest.md"
    upload = Upload(name=name, by_id=by.pk)
    upload.file.save(f"{get_random_string(16)}/{_safe(name)}", file, save=False)
    upload.save()
    return upload


def remove_old() -> None:
    """Delete uploads older than ``UPLOADS_KEPT`` that no import waits for; their papers stay."""
    ended = (Upload.State.DRAFT, Upload.State.DONE, Upload.State.FAILED)
    before = timezone.now() - UPLOADS_KEPT
    for upload in Upload.objects.filter(state__in=ended, at__lt=before):
        folder = Path(upload.file.path).parent
        upload.file.delete(save=False)
        with suppress(OSError):  # it is not empty, or was deleted
            folder.rmdir()
        upload.delete()


def _require_room_for(size: int) -> None:
    if Upload.objects.count() >= MAX_UPLOADS:
        raise NoRoom(_no_room(gettext("%(most)s files"), MAX_UPLOADS))
    if _kept_bytes() + size > MAX_UPLOADED:
        raise NoRoom(_no_room(gettext("%(most)s MB"), MAX_UPLOADED // 2**20))


def _no_room(limit: str, most: int) -> str:
    message = gettext(
        "No room: at most %(limit)s are stored. Each upload is deleted after %(days)s days, once "
        "its import has ended. Until then, import on the server with import_digests."
    )
    return message % {"limit": limit % {"most": most}, "days": UPLOADS_KEPT.days}


def _kept_bytes() -> int:
    """Return the bytes of all files in the folder, including files without a row."""
    files = _folder().rglob("*")
    return sum(file.lstat().st_size for file in files if file.is_file())


def _folder() -> Path:
    storage: Any = Upload._meta.get_field("file").storage
    return Path(storage.location)


def _safe(name: str) -> str:
    """Return a name that is safe in a path and keeps its extension."""
    stem, dot, ending = name.rpartition(".")
    return get_valid_filename(f"{stem[-80:]}{dot}{ending[-8:]}".lstrip(".")) or "digest.md"


def queue(upload: Upload, said: UploadOptions) -> None:
    """Queue the file for import, with this source, date and topic."""
    upload.source, upload.date, upload.topic = said.source, said.date, said.topic
    upload.state, upload.run = Upload.State.WAITING, None
    upload.save(update_fields=["source", "date", "topic", "state", "run"])


def start_importing() -> None:
    """Start the import process when the current transaction is committed; do not wait for it."""
    transaction.on_commit(_spawn)


def _spawn() -> None:
    if queue_is_worked_off():
        return  # by a process that checks the queue again before it ends
    background.start("import_digests", "--uploads")


def import_waiting() -> list[Upload]:
    """Import the queued uploads one after another, until the queue is empty; return them.

    If another process works on the queue, leave the rest to it.
    """
    done: list[Upload] = []
    while True:
        with only_queue() as is_ours:
            if not is_ours:
                return done
            done += _work_off()
        # A process that found the queue taken relies on this check.
        if not Upload.objects.filter(state=Upload.State.WAITING).exists():
            return done


def _work_off() -> list[Upload]:
    done: list[Upload] = []
    _queue_interrupted()
    while upload := _next():
        _import(upload)
        done.append(upload)
    remove_old()
    return done


def _queue_interrupted() -> None:
    """Queue interrupted uploads again.

    No import runs while we hold the lock, so an upload marked as running is from a dead process.
    """
    with import_lock(WAIT):
        interrupted = Upload.objects.filter(state=Upload.State.RUNNING)
        interrupted.update(state=Upload.State.WAITING)


def _next() -> Upload | None:
    """Claim the upload that waits longest; no other process can claim it, too."""
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
    began, state = timezone.now(), Upload.State.FAILED
    try:
        report = run_import([upload.file.path], _options(upload))
        state = Upload.State.FAILED if report.refused_files else Upload.State.DONE
    except Exception:
        logger.exception("An upload could not be imported.")  # the next upload is imported
    runs = ImportRun.objects.filter(paths=[upload.file.path], started__gte=began)
    upload.run, upload.state = runs.order_by("-pk").first(), state
    upload.save(update_fields=["state", "run"])


def _options(upload: Upload) -> Options:
    return Options(
        source=upload.source or None,
        date=upload.date,
        topic=parse_topic(upload.topic) if upload.topic else None,
        wait=WAIT,
    )
