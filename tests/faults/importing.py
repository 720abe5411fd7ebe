"""Run the import as an operator does: a process with arguments, a status and output."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from tests.faults.databases import Database

ROOT = Path(__file__).resolve().parents[2]
PATIENCE = 120  # seconds, after which a command counts as hanging
PAUSE = 0.01  # seconds between two looks at a database; a digest takes longer
IMPORTER = ("-m", "tests.faults.run_import")
CARELESS_IMPORTER = ("-m", "tests.faults.careless_importer")
# For imports whose worker is not what a test is about. With FAULTS=1 all of them have one.
ONE_CORE = {} if os.environ.get("FAULTS") == "1" else {"ONE_CORE": "1"}


@dataclass(frozen=True)
class Ended:
    """How a command ended."""

    status: int
    out: str
    err: str

    @property
    def complaint(self) -> str:
        """The one line that a command that fails owes the operator."""
        lines = self.err.splitlines()
        assert len(lines) == 1, f"not one line, with status {self.status}:\n{self.err}"
        assert self.status != 0, f"status 0 with the line {self.err}"
        return lines[0]


def start(
    database: Database,
    *arguments: object,
    program: Sequence[str] = IMPORTER,
    under: Sequence[str] = (),
    environment: dict[str, str] | None = None,
) -> subprocess.Popen:
    """Starts a command of ``manage.py``; ``under`` is a command that runs another one."""
    return subprocess.Popen(
        [*under, sys.executable, *program, *map(str, arguments)],
        cwd=ROOT,
        env=os.environ
        | {"DATABASE_URL": database.url, "CACHE_URL": "", "SECRET_KEY": "for tests"}
        | (environment or {}),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        preexec_fn=_hear_the_keyboard,
    )


def finish(process: subprocess.Popen) -> Ended:
    try:
        out, err = process.communicate(timeout=PATIENCE)
    except subprocess.TimeoutExpired:
        process.kill()
        process.communicate()
        raise
    return Ended(process.returncode, out, err)


def run(database: Database, *arguments: object, **how) -> Ended:
    return finish(start(database, *arguments, **how))


def run_well(database: Database, *arguments: object, **how) -> Ended:
    """Runs a command that has no reason to fail."""
    ended = run(database, *arguments, **how)
    assert ended.status == 0, ended.err
    return ended


def import_well(
    database: Database,
    *arguments: object,
    environment: dict[str, str] | None = None,
    **how,
) -> Ended:
    """Imports digests as before or after what a test is about, without a worker."""
    environment = ONE_CORE | (environment or {})
    return run_well(database, "import_digests", *arguments, environment=environment, **how)


def wait_until_it_writes(process: subprocess.Popen, database: Database) -> None:
    """Returns at the first write, or when the process has ended."""
    before = database.marks()
    while database.marks() == before and process.poll() is None:
        time.sleep(PAUSE)


def wait_for_digests(process: subprocess.Popen, database: Database, number: int) -> None:
    """Returns when so many digests have been committed, or when the process has ended."""
    while database.digests() < number and process.poll() is None:
        time.sleep(PAUSE)


def _hear_the_keyboard() -> None:
    """A test run in the background of a shell ignores Ctrl-C, and so would what it starts."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)
