"""A dry run reports what an import would do, writes nothing, and blocks no other process."""

import json
import sqlite3
from contextlib import closing

import pytest

from tests.faults.databases import ON_POSTGRES
from tests.faults.dump import canonical_dump, connect
from tests.faults.importing import import_well


def report_of(database, digests, tmp_path, *options):
    file = tmp_path / "report.json"
    import_well(database, digests, "--report", file, *options)
    report = json.loads(file.read_text("utf-8"))
    del report["seconds"]
    return report


def runs(database):
    with connect(database.url) as connection:
        return connection.execute("SELECT count(*) FROM papers_importrun").fetchone()[0]


def test_it_reports_what_the_import_then_does(database, digests, tmp_path):
    one_day = digests / "lamps" / "2025-01-27"
    import_well(database, one_day)
    before = canonical_dump(database.url)
    expected = report_of(database, digests, tmp_path, "--dry-run")
    assert canonical_dump(database.url) == before
    assert runs(database) == 1
    assert report_of(database, digests, tmp_path) == expected
    assert expected["papers_created"] > 0
    assert expected["papers_updated"] > 0


@pytest.mark.skipif(ON_POSTGRES, reason="of SQLite, where only one may write at a time")
def test_it_needs_nobody_to_stop_writing_and_leaves_no_file(database, digests, tmp_path):
    files = set(database.folder.iterdir())
    with closing(sqlite3.connect(database.file, isolation_level=None)) as writer:
        writer.execute("BEGIN IMMEDIATE")
        report = report_of(database, digests, tmp_path, "--dry-run")
    assert report["digests"] > 0
    left = set(database.folder.iterdir())
    assert {file.suffix for file in left - files} <= {".sqlite3-wal", ".sqlite3-shm"}
