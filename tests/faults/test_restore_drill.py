"""The drill of restoring, on both databases: a dated backup brings everything back."""

import shutil

import pytest

from tests.faults.databases import ON_POSTGRES
from tests.faults.dump import canonical_dump
from tests.faults.importing import run, run_well
from tests.support import missing


@pytest.fixture
def copies(database, digests, tmp_path):
    """The folder of backups of a site with digests."""
    if ON_POSTGRES and not shutil.which("pg_dump"):
        missing("no pg_dump on PATH")
    run_well(database, "import_digests", digests)
    run_well(database, "backup", f"{tmp_path / 'copies'}/", "--keep", "2")
    return tmp_path / "copies"


def test_a_lost_source_comes_back(database, whole, copies):
    (copy,) = copies.iterdir()
    run_well(database, "remove_source", "lamps")
    assert canonical_dump(database.url) != whole.dump
    run_well(database, "restore", copy)
    assert canonical_dump(database.url) == whole.dump
    assert database.damage() == []
    assert "nothing" not in run_well(database, "check", "--database", "default").err


def test_an_empty_database_takes_a_backup(new_database, whole, copies):
    """As on a new machine; it may also have tables of a newer release."""
    other = new_database()
    run_well(other, "restore", next(copies.iterdir()))
    assert canonical_dump(other.url) == whole.dump


def test_a_damaged_backup_is_refused_and_changes_nothing(database, whole, copies):
    (copy,) = copies.iterdir()
    content = bytearray(copy.read_bytes())
    content[len(content) // 2 : len(content) // 2 + 8192] = bytes(8192)
    copy.write_bytes(content)
    assert run(database, "restore", copy).complaint
    assert canonical_dump(database.url) == whole.dump
