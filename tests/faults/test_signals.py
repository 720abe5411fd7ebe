"""Ctrl-C and a polite end: one line, whole digests, and the rest with the next import. No end of an
import leaves its second process behind."""

import signal
import time

import pytest

from papers.parallel import cores
from tests.faults.dump import canonical_dump
from tests.faults.importing import (
    finish,
    run_well,
    start,
    wait_for_digests,
    wait_until_it_writes,
)
from tests.faults.wholeness import left_in
from tests.support import second_processes


@pytest.mark.parametrize("ending", [signal.SIGINT, signal.SIGTERM])
def test_an_import_that_is_stopped_says_so_in_one_line(ending, database, digests, whole):
    process = start(database, "import_digests", digests)
    wait_until_it_writes(process, database)
    wait_for_digests(process, database, whole.digests // 3)
    process.send_signal(ending)
    ended = finish(process)
    assert ended.complaint
    assert ended.status in {1, 128 + ending, -ending}
    left = left_in(database, whole)
    assert left.wrong == []
    assert left.digests < whole.digests
    run_well(database, "import_digests", digests)
    assert canonical_dump(database.url) == whole.dump


@pytest.mark.skipif(cores() == 1, reason="on one core there is no second process")
@pytest.mark.parametrize("ending", [signal.SIGINT, signal.SIGTERM, signal.SIGKILL])
def test_however_an_import_ends_its_second_process_ends_too(ending, database, digests):
    process = start(database, "import_digests", digests)
    while not (helpers := second_processes(process.pid)):
        assert process.poll() is None, "it ended, and no second process was seen"
    process.send_signal(ending)
    finish(process)
    patience = time.monotonic() + 20
    while helpers & second_processes():
        assert time.monotonic() < patience, "the second process is still there"
        time.sleep(0.1)
