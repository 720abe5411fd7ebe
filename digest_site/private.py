"""Files that only the user who runs the site may read: the database, its copies, uploads, the key.

They are private from the moment they are made, whatever the umask is. SQLite makes its journals
with the mode of the database.
"""

import os
import sqlite3
from pathlib import Path

FILE, FOLDER = 0o600, 0o700


def make_file(file: Path) -> None:
    """An empty private file, where there is none."""
    try:
        descriptor = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, FILE)
    except FileExistsError:
        return
    os.fchmod(descriptor, FILE)
    os.close(descriptor)


def make_folder(folder: Path) -> None:
    """A private folder, where there is none; the folders above it are made as usual."""
    folder.parent.mkdir(parents=True, exist_ok=True)
    try:
        folder.mkdir(mode=FOLDER)
    except FileExistsError:
        return
    folder.chmod(FOLDER)


class PrivateConnection(sqlite3.Connection):
    """Makes the database's file a private one before SQLite would make it for everybody to read."""

    def __init__(self, database: str, *args, **kwargs) -> None:
        if os.path.isdir(os.path.dirname(database)) and not database.startswith("file:"):
            make_file(Path(database))
        super().__init__(database, *args, **kwargs)
