"""SIGINT and SIGTERM: one line, complete digests, no worker left, and the next import resumes."""

import os
import signal
import threading
import time

import pytest

from papers.management.progress import progress_bar
from papers.parallel import cores
from tests.faults.dump import canonical_dump
from tests.faults.importing import (
    finish,
    import_well,
    start,
    wait_for_digests,
    wait_until_it_writes,
)
from tests.faults.wholeness import left_in
from tests.support import helper_processes, worker_processes


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
    import_well(database, digests)
    assert canonical_dump(database.url) == whole.dump


several_cores = pytest.mark.skipif(cores() == 1, reason="on one core there is no worker")


@several_cores
@pytest.mark.parametrize("ending", [signal.SIGINT, signal.SIGTERM, signal.SIGKILL])
def test_however_an_import_ends_its_worker_ends_too(ending, database, digests):
    process = start(database, "import_digests", digests)
    wait_for_worker(process)
    helpers = helper_processes(process.pid)
    process.send_signal(ending)
    finish(process)
    patience = time.monotonic() + 20
    while helpers & helper_processes():
        assert time.monotonic() < patience, "the worker is still there"
        time.sleep(0.1)


@several_cores
def test_ctrl_c_in_a_terminal_is_heard_by_the_import_alone(database, digests):
    """The terminal signals the whole group, here while the worker is still starting."""
    process = start(database, "import_digests", digests, under=["setsid"])
    wait_for_worker(process)
    os.killpg(process.pid, signal.SIGINT)
    assert finish(process).complaint


def wait_for_worker(process):
    while not worker_processes(process.pid):
        assert process.poll() is None, "it ended, and no worker was seen"


def test_no_thread_hears_signals_in_place_of_the_main_one():
    """Python would let it interrupt the start of a worker, which then complains in many lines."""
    before = threading.enumerate()
    progress_bar(total=1)
    assert threading.enumerate() == before
