"""Private files: the database, its backups, uploads and the secret key, readable by the owner only.

They are private from their creation, whatever the umask is. SQLite gives its journals the mode of
the database.
"""

import os
import sqlite3
from pathlib import Path

FILE, FOLDER = 0o600, 0o700


def make_file(file: Path) -> None:
    """Create an empty private file if there is none."""
    try:
        descriptor = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, FILE)
    except FileExistsError:
        return
    os.fchmod(descriptor, FILE)
    os.close(descriptor)


def make_folder(folder: Path) -> None:
    """Create a private folder if there is none; its parents get the usual mode."""
    folder.parent.mkdir(parents=True, exist_ok=True)
    try:
        folder.mkdir(mode=FOLDER)
    except FileExistsError:
        return
    folder.chmod(FOLDER)


class PrivateConnection(sqlite3.Connection):
    """A connection that creates the database file as a private one before SQLite opens it."""

    def __init__(self, database: str, *args, **kwargs) -> None:
        if os.path.isdir(os.path.dirname(database)) and not database.startswith("file:"):
            make_file(Path(database))
        super().__init__(database, *args, **kwargs)
