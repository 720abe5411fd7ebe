"""Start a command of this site in a process of its own, which outlives the request."""

import subprocess
import sys
from pathlib import Path
from typing import BinaryIO

from django.conf import settings

from digest_site import private

LOG = "uploads.log"
LONGEST_LOG = 2**20  # bytes; a longer log is emptied first


def start(*arguments: str) -> None:
    """Start ``manage.py`` with these arguments and do not wait for it."""
    with _log() as out:
        subprocess.Popen(
            [sys.executable, str(Path(settings.BASE_DIR) / "manage.py"), *arguments],
            stdin=subprocess.DEVNULL,
            stdout=out,
            stderr=out,
            cwd=settings.BASE_DIR,
            start_new_session=True,  # so that it survives when the web worker is killed
        )


def _log() -> BinaryIO:
    """Return the log file of the process, readable only by its owner."""
    log = Path(settings.UPLOADS_DIR) / LOG
    private.make_folder(log.parent)
    private.make_file(log)
    return open(log, "wb" if log.stat().st_size > LONGEST_LOG else "ab")
