"""What one process of a run makes and the others use: they wait for it.

Each worker is a process of its own, and to migrate a database takes five seconds of processor time.
"""

import fcntl
import os
import shutil
import tempfile
from collections.abc import Callable
from pathlib import Path

from tests.faults.databases import ON_POSTGRES, SERVER, Database, Postgres, Sqlite
from tests.faults.importing import run_well

FOLDER = "TESTS_SHARED_FOLDER"  # in the environment, which workers have from the process above


def begin() -> None:
    """Make the folder that all processes of this run know."""
    os.environ[FOLDER] = tempfile.mkdtemp(prefix="duizhao_tests_")


def end() -> None:
    if ON_POSTGRES and _folder().joinpath("migrated").exists():
        _on_postgres().drop()
    shutil.rmtree(_folder())


def once(name: str, make: Callable[[Path], object]) -> Path:
    """Return the new folder of this name, which ``make`` has filled in one of the processes."""
    made = _folder() / name
    with (_folder() / f"{name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not made.exists():
            unfinished = _folder() / f"{name}.unfinished"
            unfinished.mkdir()
            make(unfinished)
            unfinished.rename(made)
    return made


def migrated() -> Database:
    """Return a database with all tables and no rows, of the kind of this run, to be copied."""
    folder = once("migrated", _migrate)
    return _on_postgres() if ON_POSTGRES else Sqlite(folder)


def _migrate(folder: Path) -> None:
    if ON_POSTGRES:
        Postgres.create(SERVER, name=_folder().name)
    run_well(_on_postgres() if ON_POSTGRES else Sqlite(folder), "migrate", "--verbosity=0")
    if ON_POSTGRES:
        _on_postgres().as_left()  # without sessions: PostgreSQL copies no other


def _on_postgres() -> Postgres:
    return Postgres(SERVER, _folder().name)


def _folder() -> Path:
    return Path(os.environ[FOLDER])
