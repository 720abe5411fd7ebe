"""Databases to import into: each test gets its own copy of an empty one."""

import os
import shutil
import sqlite3
import time
import uuid
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import psycopg

from tests.faults.dump import connect

DIGESTS = "SELECT count(*) FROM papers_digest"


@dataclass(frozen=True)
class Sqlite:
    """A database in a folder of its own, together with whatever SQLite puts beside it."""

    folder: Path

    @property
    def file(self) -> Path:
        return self.folder / "duizhao.sqlite3"

    @property
    def log(self) -> Path:
        """The write-ahead log."""
        return self.file.with_name(f"{self.file.name}-wal")

    @property
    def url(self) -> str:
        return f"sqlite:///{self.file}"

    def copy(self) -> "Sqlite":
        folder = self.folder.with_name(f"{self.folder.name}-{uuid.uuid4().hex[:6]}")
        return Sqlite(shutil.copytree(self.folder, folder))

    def as_left(self) -> "Sqlite":
        """As the last process left it: a copy, for looking at it already repairs it."""
        return self.copy()

    def marks(self) -> Any:
        """Something that changes when somebody writes."""
        files = [file for file in (self.file, self.log) if file.exists()]
        return [(file.stat().st_mtime_ns, file.stat().st_size) for file in files]

    def digests(self) -> int:
        """How many have been committed; a look that neither waits nor repairs anything."""
        with closing(sqlite3.connect(f"file:{self.file}?mode=ro", uri=True, timeout=0)) as database:
            try:
                return database.execute(DIGESTS).fetchone()[0]
            except sqlite3.OperationalError:
                return 0  # being written just now, without a log to read from meanwhile

    def damage(self) -> list[str]:
        """What the database finds wrong with itself."""
        with connect(self.url) as database:
            integrity = database.execute("PRAGMA integrity_check").fetchall()
            dangling = database.execute("PRAGMA foreign_key_check").fetchall()
        return [str(row) for row in integrity if row != ("ok",)] + [str(row) for row in dangling]

    def drop(self) -> None:
        shutil.rmtree(self.folder)


@dataclass(frozen=True)
class Postgres:
    """A database on the server that ``server`` is the address of a database on."""

    server: str
    name: str

    @classmethod
    def create(cls, server: str, template: str = "template1", name: str = "") -> "Postgres":
        made = cls(server, name or f"duizhao_faults_{uuid.uuid4().hex[:12]}")
        made._command(f"CREATE DATABASE {made.name} TEMPLATE {template}")
        return made

    @property
    def url(self) -> str:
        return urlsplit(self.server)._replace(path=f"/{self.name}").geturl()

    def copy(self) -> "Postgres":
        return Postgres.create(self.server, self.name)

    def as_left(self) -> "Postgres":
        """As the last process left it: its server process may still be at its last statement."""
        deadline = time.monotonic() + 20
        while self._sessions() and time.monotonic() < deadline:
            time.sleep(0.02)
        return self

    def marks(self) -> Any:
        """Something that changes when somebody writes."""
        with closing(psycopg.connect(self.url)) as database:
            return database.execute("SELECT count(*) FROM papers_importrun").fetchone()

    def digests(self) -> int:
        """How many have been committed."""
        with closing(psycopg.connect(self.url)) as database:
            return database.execute(DIGESTS).fetchone()[0]

    def damage(self) -> list[str]:
        """What the database finds wrong with itself: it guards its references by itself."""
        return []

    def disconnect_everybody(self) -> None:
        self._command(
            f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{self.name}'"
        )

    def drop(self) -> None:
        self._command(f"DROP DATABASE {self.name} WITH (FORCE)")

    def _sessions(self) -> list:
        return self._command(f"SELECT pid FROM pg_stat_activity WHERE datname = '{self.name}'")

    def _command(self, statement: str) -> list:
        with connect(self.server) as server:
            cursor = server.execute(statement)
            return cursor.fetchall() if cursor.description else []


Database = Sqlite | Postgres
SERVER = os.environ.get("DATABASE_URL", "")
ON_POSTGRES = SERVER.startswith("postgres")


def new(folder: Path) -> Database:
    """A database without tables, of the kind that this run of the tests is for."""
    if ON_POSTGRES:
        return Postgres.create(SERVER)
    folder.mkdir()
    return Sqlite(folder)
