"""Work in worker processes gives the same results as in one process."""

import os
import signal
from contextlib import suppress
from functools import partial
from multiprocessing.resource_tracker import ensure_running
from multiprocessing.util import spawnv_passfds

import pytest
from django.db import connection

from papers import parallel, search
from papers.db.bulk import chunks
from papers.models import Paper
from papers.parallel import parallel_map
from papers.search import index_version, indexer
from papers.search.analyzer import index_tokens
from papers.search.backend import ENTRIES, WORDS
from tests.support import refuse_processes, worker_processes

TEXTS = [f"Lamps of kind {number}: 会讲故事的灯" for number in range(40)]


@pytest.fixture
def cores(monkeypatch):
    return lambda number: monkeypatch.setattr(parallel, "cores", lambda: number)


def test_results_come_in_the_order_of_the_arguments(cores):
    cores(2)
    assert list(parallel_map(index_tokens, iter(TEXTS))) == [index_tokens(text) for text in TEXTS]
    assert not worker_processes(os.getpid())


def test_arguments_are_taken_only_a_few_ahead(cores):
    cores(2)
    taken = []
    results = parallel_map(index_tokens, (taken.append(text) or text for text in TEXTS))
    next(results)
    assert len(taken) == 2 * parallel.AHEAD + 1
    results.close()
    assert not worker_processes(os.getpid()), "a map that is not read to its end leaves no process"


@pytest.mark.parametrize(("number", "texts"), [(1, TEXTS), (2, TEXTS[:1]), (2, [])])
def test_one_core_or_one_argument_starts_no_worker(cores, monkeypatch, number, texts):
    cores(number)
    monkeypatch.setattr(parallel, "ProcessPoolExecutor", None)
    assert list(parallel_map(index_tokens, texts)) == [index_tokens(text) for text in texts]


def test_where_no_worker_can_be_started_all_is_done_here(cores, monkeypatch, caplog):
    cores(2)
    monkeypatch.setattr("multiprocessing.util.spawnv_passfds", refuse_processes)
    assert list(parallel_map(index_tokens, TEXTS)) == [index_tokens(text) for text in TEXTS]
    assert caplog.text.count("no memory") == 1


def test_where_there_is_room_for_one_worker_only_it_does_what_it_was_given(
    cores, monkeypatch, caplog
):
    cores(2)
    started = []

    def refused_twice(*args):
        started.append(args)
        return spawnv_passfds(*args) if len(started) == 1 else refuse_processes()

    ensure_running()  # or the first process would be Python's own
    monkeypatch.setattr("multiprocessing.util.spawnv_passfds", refused_twice)
    assert list(parallel_map(index_tokens, TEXTS)) == [index_tokens(text) for text in TEXTS]
    assert (len(started), caplog.text.count("no memory")) == (2, 1)
    assert not worker_processes(os.getpid())


def test_in_a_folder_that_workers_cannot_enter_all_is_done_here(
    cores, monkeypatch, tmp_path, caplog
):
    cores(2)
    (tmp_path / "gone").mkdir()
    monkeypatch.chdir(tmp_path / "gone")
    (tmp_path / "gone").rmdir()
    assert list(parallel_map(index_tokens, TEXTS)) == [index_tokens(text) for text in TEXTS]
    assert caplog.text.count("No such file") == 1


def test_the_work_of_a_worker_that_is_killed_is_done_here_in_order(cores, caplog):
    cores(2)
    texts = ["灯" * (200_000 + number) for number in range(40)]  # more than a pipe holds
    results = parallel_map(len, texts)
    found = [next(results)]
    worker = min(worker_processes(os.getpid()))
    os.kill(worker, signal.SIGKILL)
    with suppress(ChildProcessError):  # the pool has noticed already
        os.waitid(os.P_PID, worker, os.WEXITED | os.WNOWAIT)
    found += results
    assert found == [len(text) for text in texts]
    assert caplog.text.count("Going on without worker processes.") == 1
    assert not worker_processes(os.getpid())


def test_an_error_in_a_worker_is_the_same_error_here(cores):
    cores(2)
    with pytest.raises(ValueError, match="'lamp'"):
        list(parallel_map(int, ["1", "lamp", "3"]))
    assert not worker_processes(os.getpid())


@pytest.mark.django_db
def test_an_index_made_by_several_workers_is_the_index_that_one_process_makes(
    small_site, cores, monkeypatch
):
    monkeypatch.setattr(indexer, "chunks", partial(chunks, size=2))

    def made_on(number):
        cores(number)
        search.rebuild()
        with connection.cursor() as cursor:
            tables = []
            for table in (ENTRIES, WORDS):
                cursor.execute(f"SELECT * FROM {table} ORDER BY 1")
                tables.append(cursor.fetchall())
        hits = [_hits(text) for text in ("lamps", "风筝")]
        return tables, hits

    alone, together = made_on(1), made_on(3)
    assert alone == together
    assert all(together[1])


@pytest.mark.django_db
def test_workers_that_would_index_in_another_way_make_no_index(
    small_site, cores, monkeypatch, caplog
):
    monkeypatch.setattr(indexer, "chunks", partial(chunks, size=2))
    monkeypatch.setattr(indexer, "current_version", lambda: "of another dictionary")
    monkeypatch.setattr(index_version, "current_version", lambda: "of another dictionary")
    cores(2)
    search.rebuild()
    assert caplog.text.count("A worker would index with") == 1
    assert all(_hits(text) for text in ("lamps", "风筝"))


def _hits(text):
    papers = Paper.objects.published()
    return list(search.search(search.parse_query(text), papers).paper_ids)
