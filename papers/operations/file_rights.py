"""What should be private and is not: of an older release, or put there by hand."""

from collections.abc import Iterator
from glob import escape
from pathlib import Path

from django.conf import settings
from django.db import connection

OTHERS = 0o077  # the rights of everybody but the owner


def open_to_others() -> list[Path]:
    """What others on this machine may read or write, of all that only the site should."""
    return [one for one in _ours() if one.stat().st_mode & OTHERS]


def close_to_others(**kwargs) -> list[Path]:
    """Takes the rights of others away; returns from what. What is not ours to change stays."""
    return [one for one in open_to_others() if _closed(one)]


def _closed(path: Path) -> bool:
    try:
        path.chmod(path.stat().st_mode & ~OTHERS & 0o777)
    except PermissionError:
        return False
    return True


def _ours() -> Iterator[Path]:
    """The site's folders, and in them what holds something; the database and what lies beside it.

    A database elsewhere leaves its folder alone: others may have files there.
    """
    data, uploads = Path(settings.DATA_DIR), Path(settings.UPLOADS_DIR)
    found = {data, data / "secret-key", uploads, *data.glob("*.sqlite3*"), *uploads.rglob("*")}
    if connection.vendor == "sqlite":
        file = Path(str(connection.settings_dict["NAME"]))
        found.update(file.parent.glob(f"{escape(file.name)}*"))
    return (one for one in sorted(found) if one.exists() and not one.is_symlink())
