"""A database that another program has locked: a short wait, then one line."""

import sqlite3
import time
from contextlib import contextmanager

import pytest

from tests.faults.dump import canonical_dump
from tests.faults.importing import (
    ONE_CORE,
    finish,
    import_well,
    run,
    start,
    wait_until_it_writes,
)
from tests.faults.wholeness import left_in

SHORT = 1.5  # seconds; the import waits for 20


def test_a_short_lock_is_waited_out(database, digests, whole):
    with locked(database):
        process = start(database, "import_digests", digests, environment=ONE_CORE)
        time.sleep(SHORT)
        assert process.poll() is None
    assert finish(process).status == 0
    assert canonical_dump(database.url) == whole.dump


@pytest.mark.faults
def test_a_lock_that_stays_stops_the_import_with_one_line(database, digests, whole):
    with locked(database):
        ended = run(database, "import_digests", digests)
    stops_and_completes(ended, database, digests, whole)


@pytest.mark.faults
def test_a_lock_that_comes_and_stays_leaves_whole_digests(database, digests, whole):
    process = start(database, "import_digests", digests)
    wait_until_it_writes(process, database)
    with locked(database):
        ended = finish(process)
    stops_and_completes(ended, database, digests, whole)


def stops_and_completes(ended, database, digests, whole):
    assert "locked" in ended.complaint
    assert ended.status == 1
    assert left_in(database, whole).wrong == []
    import_well(database, digests)
    assert canonical_dump(database.url) == whole.dump


@contextmanager
def locked(database):
    holder = sqlite3.connect(database.file, isolation_level=None, timeout=20)
    holder.execute("BEGIN EXCLUSIVE")
    try:
        yield
    finally:
        holder.close()
