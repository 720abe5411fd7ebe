"""The drill of restoring, on both databases: a dated backup brings everything back."""

import shutil

import pytest

from tests.faults.databases import ON_POSTGRES
from tests.faults.dump import canonical_dump
from tests.faults.importing import run, run_well
from tests.support import missing


@pytest.fixture(scope="module")
def copy(whole, tmp_path_factory):
    """The backup of a site with digests, the only one in its folder."""
    if ON_POSTGRES and not shutil.which("pg_dump"):
        missing("no pg_dump on PATH")
    folder = tmp_path_factory.mktemp("copies")
    run_well(whole.database, "backup", f"{folder}/", "--keep", "2")
    (copy,) = folder.iterdir()
    return copy


def test_a_lost_source_comes_back(filled, whole, copy):
    run_well(filled, "remove_source", "lamps")
    assert canonical_dump(filled.url) != whole.dump
    run_well(filled, "restore", copy)
    assert canonical_dump(filled.url) == whole.dump
    assert filled.damage() == []
    assert "nothing" not in run_well(filled, "check", "--database", "default").err


def test_an_empty_database_takes_a_backup(database, whole, copy):
    """As on a new machine; it may also have tables of a newer release."""
    run_well(database, "restore", copy)
    assert canonical_dump(database.url) == whole.dump


def test_a_damaged_backup_is_refused_and_changes_nothing(filled, whole, copy, tmp_path):
    content = bytearray(copy.read_bytes())
    content[len(content) // 2 : len(content) // 2 + 8192] = bytes(8192)
    damaged = tmp_path / copy.name
    damaged.write_bytes(content)
    said = run(filled, "restore", damaged).complaint
    assert ON_POSTGRES or "damaged" in said
    assert canonical_dump(filled.url) == whole.dump
