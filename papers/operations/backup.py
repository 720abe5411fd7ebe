"""Back up the database while the site serves and imports, and restore a backup.

SQLite: ``VACUUM INTO`` writes a complete, compact copy from one snapshot
(https://sqlite.org/lang_vacuum.html); a plain copy of the file would be inconsistent. PostgreSQL:
its own ``pg_dump`` and ``pg_restore``.
"""

import os
import sqlite3
from contextlib import closing
from pathlib import Path

from django.db import connection

from digest_site.private import make_file
from papers.db.import_lock import import_lock
from papers.operations import postgres_tools
from papers.operations.errors import NoBackup


def back_up(target: Path) -> int:
    """Write a checked copy of the database and return its size in bytes. Raise NoBackup."""
    if target.exists():
        raise NoBackup(f"{target} already exists; give another name.")
    draft = target.with_name(f"{target.name}.part")
    try:
        draft.unlink(missing_ok=True)
        make_file(draft)
        _write(draft)
        require_sound(draft)
        _sync(draft)
        os.link(draft, target)  # fails if another process has created the file meanwhile
    finally:
        draft.unlink(missing_ok=True)
    return target.stat().st_size


def restore(copy: Path) -> Path | None:
    """Replace the database with a backup. Return the path of the old SQLite file, which is kept.

    No import may run meanwhile. Raise NoBackup or ImportRunning.
    """
    if not copy.is_file():
        raise NoBackup(f"{copy} is not a file; give the path of a backup.")
    require_sound(copy)
    with import_lock():
        if connection.vendor == "postgresql":
            postgres_tools.restore(copy)
            return None
        return _swap(copy, Path(str(connection.settings_dict["NAME"])))


def ending() -> str:
    """Return the extension of backups of this kind of database."""
    return ".dump" if connection.vendor == "postgresql" else ".sqlite3"


def require_sound(file: Path) -> None:
    """Raise NoBackup unless the file is a whole backup for this kind of database."""
    if connection.vendor == "postgresql":
        postgres_tools.require_sound(file)
    else:
        _require_sound_sqlite(file)


def _write(draft: Path) -> None:
    if connection.vendor == "postgresql":
        postgres_tools.dump(draft)
        return
    with connection.cursor() as cursor:
        cursor.execute("VACUUM INTO %s", [str(draft)])


def _swap(copy: Path, database: Path) -> Path | None:
    draft = database.with_name(f"{database.name}.restored")
    draft.unlink(missing_ok=True)
    make_file(draft)
    try:
        with closing(sqlite3.connect(copy)) as source, closing(sqlite3.connect(draft)) as target:
            source.backup(target)
        _sync(draft)
        connection.close()
        kept = _set_aside(database) if database.exists() else None
        os.replace(draft, database)
    finally:
        draft.unlink(missing_ok=True)
    return kept


def _set_aside(database: Path) -> Path:
    """Rename the old database, after writing its write-ahead log into it.

    Raise NoBackup if another process has the database open.
    """
    try:
        with closing(sqlite3.connect(database)) as old:
            old.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            old.execute("PRAGMA journal_mode=DELETE")
    except sqlite3.OperationalError as error:
        raise NoBackup(
            f"The database is in use ({error}): stop the site and all imports and try again. "
            "Nothing was changed."
        ) from None
    kept = database.with_name(f"{database.name}.before-restore")
    os.replace(database, kept)
    return kept


def _require_sound_sqlite(file: Path) -> None:
    try:
        with closing(sqlite3.connect(f"file:{file}?mode=ro", uri=True)) as found:
            answer = found.execute("PRAGMA integrity_check").fetchone()
            found.execute("SELECT 1 FROM papers_paper LIMIT 1")
    except sqlite3.DatabaseError as error:
        raise NoBackup(f"{file} is not a database of this site: {error}.") from None
    if answer != ("ok",):
        raise NoBackup(f"{file} is damaged: {' '.join(answer[0].split())}.")


def _sync(file: Path) -> None:
    with file.open("rb") as content:
        os.fsync(content.fileno())
