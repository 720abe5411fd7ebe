"""The site as it runs in production: gunicorn, its own settings, SQLite and the sample."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings

from tests.shared import once

ROOT = Path(settings.BASE_DIR)
PRODUCTION = {
    "ALLOWED_HOSTS": "papers.example.org",
    "SITE_URL": "https://papers.example.org",
    "SECRET_KEY": "an example of fifty characters that nobody should use 0123456789",
    "TRUSTED_PROXIES": "1",
    "HOST": "127.0.0.1",
    "WEB_CONCURRENCY": "1",
}
_DEFAULT = ("DATABASE_URL", "CACHE_URL", "DEBUG", "SECRET_KEY", "ALLOWED_HOSTS", "SITE_URL", "HOST")


def environment(**variables: str) -> dict[str, str]:
    """Ours and nothing that a test run has set; empty variables stand for the defaults."""
    clean = {name: value for name, value in os.environ.items() if not name.startswith("DJANGO_")}
    return clean | dict.fromkeys(_DEFAULT, "") | variables


def manage(*arguments: str, **variables: str) -> subprocess.CompletedProcess:
    return subprocess.run(
        [sys.executable, "manage.py", *arguments],
        cwd=ROOT,
        env=environment(**variables),
        capture_output=True,
        text=True,
    )


class Site:
    """A running site: where it listens, and what it has logged."""

    def __init__(self, port: int, log: Path, variables: dict[str, str]) -> None:
        self.port, self._log, self._variables = port, log, variables

    @property
    def log(self) -> str:
        return self._log.read_text("utf-8")

    def manage(self, *arguments: str, **variables: str) -> None:
        """Runs a command of the site beside it."""
        done = manage(*arguments, **self._variables, **variables)
        assert done.returncode == 0, done.stderr

    def connect(self) -> socket.socket:
        return socket.create_connection(("127.0.0.1", self.port), timeout=10)


@contextmanager
def serving(folder: Path, **variables: str) -> Iterator[Site]:
    """The site with the sample, behind nothing, until the block ends."""
    port, database = free_port(), folder / "duizhao.sqlite3"
    ours = PRODUCTION | {"DATABASE_URL": f"sqlite:///{database}", "PORT": str(port), **variables}
    database.touch(0o600)
    database.write_bytes((once("prepared", _prepare) / database.name).read_bytes())
    log = folder / "log"
    with log.open("w") as out:
        process = subprocess.Popen(
            [sys.executable, "-m", "gunicorn"], cwd=ROOT, env=environment(**ours), stdout=out
        )
    try:
        _wait_for(port, process)
        yield Site(port, log, ours)
    finally:
        process.terminate()
        process.wait(timeout=30)


def _prepare(folder: Path) -> None:
    """Make the database that ``prepare`` makes, which takes most of the time of a start."""
    file = folder / "duizhao.sqlite3"
    done = manage("prepare", **PRODUCTION, DATABASE_URL=f"sqlite:///{file}")
    assert done.returncode == 0, done.stderr


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def _wait_for(port: int, process: subprocess.Popen) -> None:
    for _ in range(600):
        assert process.poll() is None, "the server ended at once"
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.1)
    raise AssertionError("the server did not start")
