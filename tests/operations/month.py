"""A publisher and a site that follows it, day by day under a moved clock."""

import datetime
import os
import shutil
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from tests.faults.databases import Database
from tests.faults.importing import ROOT, Ended
from tests.operations.listener import Listener
from tests.publishers.hosts import GitHost

SOURCE = "lanterns"
PATIENCE = 600  # seconds, after which a command counts as hanging
AT = ("08:00", "20:00")
FILES = ("IR/*", "topic/RAG*", "topic/Multimodal*")


@dataclass
class Site:
    """A site with a database and folders of its own; ``run`` runs a command at a time."""

    database: Database
    folder: Path
    notify: str = ""

    def run(self, at: str, *arguments: object) -> Ended:
        process = self.start(at, *arguments)
        out, err = process.communicate(timeout=PATIENCE)
        return Ended(process.returncode, out, err)

    def start(self, at: str, *arguments: object) -> subprocess.Popen:
        return subprocess.Popen(
            [sys.executable, "-m", "tests.operations.at_time", at, *map(str, arguments)],
            cwd=ROOT,
            env=os.environ
            | {
                "DATABASE_URL": self.database.url,
                "CACHE_URL": "",
                "SECRET_KEY": "for tests",
                "PUBLISHERS_DIR": str(self.folder / "publishers"),
                "BACKUP_DIR": str(self.folder / "backups"),
                "BACKUP_KEEP": "3",
                "NOTIFY_URLS": self.notify,
                "TRANSLATOR_URL": "",
            },
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            start_new_session=True,
        )

    def kill_while_it_imports(self, at: str) -> None:
        """Start ``daily`` and kill it, and what it started, once the import has begun to write."""
        before = self.database.digests()
        process = self.start(at, "daily")
        while self.database.digests() == before and process.poll() is None:
            time.sleep(0.005)
        assert process.poll() is None, "it ended before it could be killed"
        os.killpg(process.pid, signal.SIGKILL)
        process.communicate()


@dataclass(frozen=True)
class Archive:
    """Real digests, from which a host publishes a part of a day at a time."""

    folder: Path

    def days(self, first: datetime.date, number: int) -> Iterator[tuple[datetime.date, list[Path]]]:
        """Yield days of the calendar, each with its files; none on days without digests."""
        for ahead in range(number):
            day = first + datetime.timedelta(days=ahead)
            of_day = self.folder / f"{day.day}-{day:%b-%Y}"
            yield day, sorted(file for form in FILES for file in of_day.glob(form))

    def rest_of(self, day: datetime.date) -> list[Path]:
        """Return the largest digest of a day, which is in none of ``FILES``."""
        return sorted(self.folder.glob(f"{day.day}-{day:%b-%Y}/AI/*"))

    def publish(self, host: GitHost, files: list[Path]) -> None:
        for file in files:
            target = host.folder / file.relative_to(self.folder)
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(file, target)
        if files:
            host.commit()


def told(listener: Listener) -> Counter[str]:
    """Return how often each matter was told, without the name of the site."""
    return Counter(message["title"].partition(": ")[2] for message in listener.messages)
