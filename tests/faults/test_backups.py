"""A backup made during an import is complete and can be restored."""

import os
import sqlite3
from contextlib import closing

import pytest

from tests.faults.databases import Sqlite
from tests.faults.dump import canonical_dump
from tests.faults.importing import (
    ONE_CORE,
    finish,
    import_well,
    run,
    run_well,
    start,
    wait_until_it_writes,
)
from tests.faults.wholeness import left_in


@pytest.fixture
def backup(tmp_path):
    """A folder of its own for the copy, as a database that can be looked at."""
    folder = tmp_path / "backup"
    folder.mkdir()
    return Sqlite(folder)


def test_the_database_before_a_restore_is_kept(database, filled, whole, backup):
    said = run_well(database, "backup", backup.file)
    assert str(backup.file) in said.out
    run_well(filled, "restore", backup.file)
    kept = filled.file.with_name(f"{filled.file.name}.before-restore")
    assert canonical_dump(f"sqlite:///{kept}") == whole.dump
    assert canonical_dump(filled.url) == canonical_dump(database.url)


def test_a_backup_made_while_an_import_writes_holds_whole_digests(database, digests, whole, backup):
    process = start(database, "import_digests", digests, environment=ONE_CORE)
    wait_until_it_writes(process, database)
    run_well(database, "backup", backup.file)
    assert finish(process).status == 0
    assert left_in(backup, whole).wrong == []
    import_well(backup, digests)
    assert canonical_dump(backup.url) == whole.dump


@pytest.mark.parametrize(
    ("content", "said"),
    [(None, "is not a file"), (b"no database at all" * 99, "is not a database of this site")],
)
def test_what_is_no_backup_is_refused_and_changes_nothing(content, said, database, backup, empty):
    if content:
        backup.file.write_bytes(content)
    ended = run(database, "restore", backup.file)
    assert said in ended.complaint
    assert ended.status == 1
    assert canonical_dump(database.url) == canonical_dump(empty.url)


def test_a_backup_overwrites_nothing(database, backup):
    backup.file.write_text("something dear")
    assert "already exists" in run(database, "backup", backup.file).complaint
    assert backup.file.read_text() == "something dear"


def test_a_backup_makes_the_folder_that_is_missing_private(database, backup):
    target = backup.folder / "new" / "before.sqlite3"
    run_well(database, "backup", target)
    assert target.is_file()
    assert oct(target.parent.stat().st_mode & 0o777) == "0o700"


def test_a_restore_beside_a_running_site_is_refused_and_leaves_nothing(filled, whole, backup):
    run_well(filled, "backup", backup.file)
    with closing(sqlite3.connect(filled.file)) as site:
        site.execute("PRAGMA journal_mode=WAL")
        site.execute("SELECT 1 FROM papers_paper LIMIT 1").fetchall()
        ended = run(filled, "restore", backup.file)
    assert "stop the site" in ended.complaint
    assert "Traceback" not in ended.complaint
    assert ended.status == 1
    assert not list(filled.folder.glob("*.restored*"))
    assert canonical_dump(filled.url) == whole.dump


def test_database_backup_and_what_a_restore_keeps_are_private(database, backup):
    before = os.umask(0)
    try:
        run_well(database, "backup", backup.file)
        run_well(database, "restore", backup.file)
    finally:
        os.umask(before)
    kept = database.file.with_name(f"{database.file.name}.before-restore")
    for file in (backup.file, database.file, kept):
        assert oct(file.stat().st_mode & 0o777) == "0o600"
