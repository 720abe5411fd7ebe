"""Restrict private files that are open to others: from an older release, or copied by hand."""

from collections.abc import Iterator
from glob import escape
from pathlib import Path

from django.conf import settings
from django.db import connection

OTHERS = 0o077  # permission bits of the group and of all other users


def open_to_others() -> list[Path]:
    """Return the private files and folders that other users may read or write."""
    return [one for one in _private_paths() if one.stat().st_mode & OTHERS]


def close_to_others(**kwargs) -> list[Path]:
    """Remove the permissions of other users; return the changed paths.

    Files of another owner stay as they are.
    """
    return [one for one in open_to_others() if _closed(one)]


def _closed(path: Path) -> bool:
    try:
        path.chmod(path.stat().st_mode & ~OTHERS & 0o777)
    except PermissionError:
        return False
    return True


def _private_paths() -> Iterator[Path]:
    """Yield the private paths: the site's folders and files, the database and its journals.

    If the database is in another folder, that folder is left alone, because others may have files
    there.
    """
    data, uploads = Path(settings.DATA_DIR), Path(settings.UPLOADS_DIR)
    found = {data, data / "secret-key", uploads, *data.glob("*.sqlite3*"), *uploads.rglob("*")}
    if connection.vendor == "sqlite":
        file = Path(str(connection.settings_dict["NAME"]))
        found.update(file.parent.glob(f"{escape(file.name)}*"))
    return (one for one in sorted(found) if one.exists() and not one.is_symlink())
