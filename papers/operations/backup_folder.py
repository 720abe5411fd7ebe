"""A folder of dated backups: the newest are kept, older ones of our own are removed."""

import datetime
import re
from pathlib import Path

from django.utils import timezone

from digest_site.private import make_folder
from papers.operations.backup import back_up, ending

_OWN_NAME = re.compile(r"duizhao-(\d{8})-\d{6}\.(?:sqlite3|dump)")


def back_up_into(folder: Path, keep: int) -> Path:
    """Write a backup named after the time, and remove all but the newest ``keep`` of ours.

    Older ones are removed only after the new one has been checked, so a failure costs none. Raise
    NoBackup or OSError.
    """
    make_folder(folder)
    target = folder / f"duizhao-{timezone.localtime():%Y%m%d-%H%M%S}{ending()}"
    back_up(target)
    older = [one for one in backups_in(folder) if one != target]
    for file in older[: max(0, len(older) - (keep - 1))]:
        file.unlink()
    return target


def backups_in(folder: Path) -> list[Path]:
    """Return our own backups in a folder, oldest first."""
    if not folder.is_dir():
        return []
    return sorted(
        file
        for file in folder.iterdir()
        if _OWN_NAME.fullmatch(file.name) and file.is_file() and not file.is_symlink()
    )


def has_backup_of(folder: Path, day: datetime.date) -> bool:
    return any(one.name.startswith(f"duizhao-{day:%Y%m%d}-") for one in backups_in(folder))
