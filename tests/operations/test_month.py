"""A site that follows a publisher for days, twice a day, with everything that goes wrong.

Nothing is lost, nothing is there twice, and each fault is told once. The month takes real digests
and processes of its own (``make test-daily``); four days are part of the quick tests.
"""

import datetime
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest
import time_machine
from django.core.management import call_command

from papers.models import Digest, ImportRun, Paper, Source
from papers.operations import backup_folder
from papers.publishers import follow
from tests.faults.databases import ON_POSTGRES, Postgres, Sqlite, new
from tests.faults.dump import Dump, canonical_dump
from tests.operations.listener import listening
from tests.operations.month import AT, SOURCE, Archive, Site, told
from tests.publishers.hosts import GitHost
from tests.support import missing

FIRST = datetime.date(2025, 1, 6)
DAYS = 30
DISK = 400 * 2**20  # bytes
ROOM = 1 * 2**20  # too little for a day
DEAD = range(4, 6)
RUBBISH, KILLED, FULL, REWRITTEN, ACCEPTED = 8, 11, 16, 21, 23
# Digests of these days come together with those of a later day, which alone is told.
LATE = {REWRITTEN, REWRITTEN + 1} | (set() if ON_POSTGRES else {FULL})

# The history of edits, and what is compared or counted as papers come. (The counts of words in
# titles keep words of Chinese titles that were replaced, until rebuild_search_index.)
DEPEND_ON_TIME = {
    *("papers_historicalsource", "papers_risingterm", "papers_termcounts"),
    *("papers_related", "papers_paperwords", "papers_vocabulary", "papers_search_word"),
}


@pytest.fixture
def host(tmp_path) -> GitHost:
    return GitHost.create(tmp_path / "host")


@pytest.fixture
def disk(tmp_path) -> Iterator[Path]:
    """A disk of its own for the database, in memory; on PostgreSQL the server's."""
    folder = tmp_path / "disk"
    folder.mkdir()
    if ON_POSTGRES:
        yield folder
        return
    mount = ["mount", "-t", "tmpfs", "-o", f"size={DISK}", "tmpfs", str(folder)]
    mounted = subprocess.run(mount, capture_output=True, text=True)
    if mounted.returncode:
        missing(f"no permission to mount a small disk: {mounted.stderr.strip()}")
    yield folder
    subprocess.run(["umount", str(folder)], check=True)


@pytest.fixture
def made(tmp_path) -> Iterator[list[Sqlite | Postgres]]:
    made: list[Sqlite | Postgres] = []
    yield made
    for database in made:
        database.drop()


def follow_host(site: Site, host: GitHost, day: datetime.date) -> None:
    at = f"{day}T07:00"
    assert site.run(at, "migrate", "--verbosity=0").status == 0
    site.run(at, "fetch_digests", "--add", SOURCE, "--git", host.url)


def content_of(site: Site) -> Dump:
    tables = canonical_dump(site.database.url)
    return {name: rows for name, rows in tables.items() if name not in DEPEND_ON_TIME}


@pytest.mark.daily
@pytest.mark.corpus
@pytest.mark.usefixtures("own_database")
def test_a_month_with_everything_that_goes_wrong(corpus, host, disk, tmp_path, made):
    archive = Archive(corpus / "corpus/daily")
    made.append(new(disk / "database"))
    with listening() as listener:
        site = Site(made[0], tmp_path / "site", listener.url)
        follow_host(site, host, FIRST)
        published = _live_through(archive, site, host, disk)
        messages = told(listener)
    made.append(new(tmp_path / "reference"))
    site.folder.rename(tmp_path / "lived")  # the reference has its paths
    reference = Site(made[1], site.folder)
    last = FIRST + datetime.timedelta(days=DAYS)
    follow_host(reference, host, last)
    reference.run(f"{last}T08:00", "daily")
    assert content_of(site) == content_of(reference)
    assert site.database.damage() == []
    assert messages == {
        "the day is in": published,
        "a publisher cannot be fetched": 2,
        "files were refused": 1,
        "an import broke off": 1 if ON_POSTGRES else 2,
        **({} if ON_POSTGRES else {"a disk is nearly full": 1}),
    }
    copies = backup_folder.backups_in(tmp_path / "lived/backups")
    assert [copy.name[8:16] for copy in copies] == [
        f"{FIRST + datetime.timedelta(days=day):%Y%m%d}" for day in range(DAYS - 3, DAYS)
    ]


def _live_through(archive: Archive, site: Site, host: GitHost, disk: Path) -> int:
    """Run ``daily`` twice on each day; return how many days are told when they are in."""
    away, ballast = host.folder.with_name("away"), disk / "ballast"
    told_days = 0
    waiting: list[Path] = []
    for number, (day, files) in enumerate(archive.days(FIRST, DAYS)):
        waiting += files
        if number == ACCEPTED:
            site.run(f"{day}T07:00", "fetch_digests", SOURCE, "--anew")
        if number == FULL:
            waiting += archive.rest_of(day)
        if number == REWRITTEN:
            host.rewrite()
        if number in DEAD:
            host.folder.rename(away)
        else:
            archive.publish(host, waiting)
            told_days += bool(waiting) and number not in LATE
            waiting = []
        if number == RUBBISH:
            host.publish(f"{day}/AI/README.md", "\x00rubbish" * 1000)
        if number == FULL and not ON_POSTGRES:
            ballast.write_bytes(bytes(shutil.disk_usage(disk).free - ROOM))
        if number == KILLED:
            site.kill_while_it_imports(f"{day}T{AT[0]}")
        for at in AT:
            site.run(f"{day}T{at}", "daily")
        ballast.unlink(missing_ok=True)
        if number in DEAD:
            away.rename(host.folder)
    return told_days


@pytest.mark.django_db
def test_four_days_with_a_dead_host_rubbish_and_a_rewritten_history(
    host, tmp_path, settings, monkeypatch
):
    settings.PUBLISHERS_DIR = tmp_path / "publishers"
    settings.BACKUP_DIR = str(tmp_path / "backups")
    monkeypatch.setattr(backup_folder, "back_up", lambda target: target.write_text("whole"))
    follow.follow(SOURCE, Source.FetchKind.GIT, host.url)
    with listening() as listener:
        settings.NOTIFY_URLS = [listener.url]
        for day in range(1, 5):
            if day == 4:
                host.rewrite()
            host.publish_day(f"2025-01-0{day}", f"2501.9800{day}", "2501.98009")
            if day == 2:
                host.folder.rename(tmp_path / "away")
            if day == 3:
                host.publish("2025-01-03/AI/README.md", "\x00" * 100)
            for at in AT:
                _daily(f"2025-01-0{day}T{at}:00+08:00")
            if day == 2:
                (tmp_path / "away").rename(host.folder)
        with suppress(SystemExit):  # the rubbish is still there, and refused again
            call_command("fetch_digests", SOURCE, anew=True)
        _daily("2025-01-05T08:00:00+08:00")
        assert told(listener) == {
            "the day is in": 3,  # not the second, which came with the third
            "a publisher cannot be fetched": 2,
            "files were refused": 1,
        }
    assert (Paper.objects.count(), Digest.objects.count()) == (5, 4)
    assert not ImportRun.objects.exclude(state=ImportRun.State.DONE).exists()


def _daily(at: str) -> None:
    with time_machine.travel(at), suppress(SystemExit):  # a step may fail, the others do not
        call_command("daily")
