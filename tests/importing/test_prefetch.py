"""The worker of an import computes what the import itself would compute."""

import os
import signal
from concurrent.futures import Future
from pathlib import Path

import pytest

from papers import parallel
from papers.digests import formats
from papers.digests.discover import DigestFiles
from papers.digests.errors import DigestRefused
from papers.importing import prefetch
from papers.models import Digest, ImportProblem
from papers.parallel import Pool
from tests.importing.conftest import RAG, ROBOTICS_CATEGORY, ROBOTICS_THEME, importing, left_by
from tests.support import record_text, refuse_processes, worker_processes

pytestmark = pytest.mark.django_db


@pytest.fixture
def cores(monkeypatch):
    """Sets the number of cores, and makes each digest a batch: from the second on they are
    prefetched."""
    monkeypatch.setattr("papers.importing.batches.BYTES", 1)
    return lambda number: monkeypatch.setattr(parallel, "cores", lambda: number)


@pytest.fixture
def folder(digest, tmp_path):
    """Formulas, a fault, a paper in several digests, two blank ones and a broken one."""
    formula = record_text("2501.98001", abstract=r"We bound $\alpha^2$ lamps. " * 9)
    talk = record_text("2501.98002", title_zh="好的，以下是翻译：会讲故事的灯")
    for day in range(1, 4):
        digest(record_text(), formula, talk, day=f"2025-01-2{day}")
    digest(record_text(title_zh="另一个灯名"), source="shades")
    digest(place=ROBOTICS_THEME)
    digest(place=ROBOTICS_CATEGORY, day="2025-01-30")
    Path(digest(day="2025-01-30", place=RAG)).write_bytes(b"# A title\n\xff")
    return tmp_path


def test_an_import_with_a_worker_leaves_what_one_without_leaves(folder, cores):
    reports = []

    def with_cores(number):
        cores(number)
        reports.append(importing(folder))

    alone, together = (left_by(lambda n=n: with_cores(n)) for n in (1, 2))
    assert alone == together
    assert len(alone["Paper"]) == 3
    assert alone["Digest"] != []
    assert reports[0].counts == reports[1].counts
    assert list(reports[0].problem_log) == list(reports[1].problem_log) != []


def test_blank_digests_keep_the_names_of_their_files(folder, cores):
    cores(2)
    importing(folder)
    files = Digest.objects.filter(record_count=0).values_list("file", flat=True)
    assert sorted(Path(file).parent.name for file in files) == ["RO", "topic"]


def test_what_was_prefetched_is_not_parsed_again(folder, cores, monkeypatch):
    cores(2)
    (first, *_) = DigestFiles([str(folder)])
    with prefetch.Prefetcher() as prefetcher:
        content = formats.read(first)
        prefetcher.start([content])
        monkeypatch.setattr(formats, "parse", None)
        assert len(prefetcher.parse(content).parsed.records) == 3


class BusyWorker(Pool):
    """A pool whose worker has begun the first call and finishes it last."""

    def __init__(self, most):
        super().__init__(most)
        self.calls = {}

    def submit(self, function, *arguments):
        future = Future()
        if not self.calls:
            future.set_running_or_notify_cancel()
        self.calls[future] = function, arguments
        return future

    def result(self, future):
        function, arguments = self.calls[future]
        return function(*arguments)


def test_an_import_that_waits_for_the_worker_parses_later_digests(folder, cores, monkeypatch):
    cores(2)
    monkeypatch.setattr(prefetch, "Pool", BusyWorker)
    contents = [formats.read(file) for file in DigestFiles([str(folder)])][:3]
    with prefetch.Prefetcher() as prefetcher:
        prefetcher.start(contents)
        prefetcher.parse(contents[0])
        monkeypatch.setattr(formats, "parse", None)
        assert [len(prefetcher.parse(one).parsed.records) for one in contents[1:]] == [3, 3]


def test_a_worker_refuses_as_the_import_would(tmp_path, cores):
    cores(2)
    file = tmp_path / "broken.md"
    file.write_bytes(b"# A title\n\xff")
    content = formats.read(*DigestFiles([str(file)]))
    with prefetch.Prefetcher() as prefetcher:
        prefetcher.start([content])
        with pytest.raises(DigestRefused) as refused:
            prefetcher.parse(content)
    with pytest.raises(DigestRefused) as expected:
        formats.parse(content)
    assert refused.value.problem == expected.value.problem


def test_on_one_core_there_is_no_worker(folder, cores, monkeypatch):
    cores(1)
    monkeypatch.setattr(parallel, "ProcessPoolExecutor", None)
    assert importing(folder).digests == 4


def test_an_import_of_one_batch_starts_no_worker(folder, monkeypatch):
    monkeypatch.setattr(parallel, "cores", lambda: 2)
    monkeypatch.setattr(parallel, "ProcessPoolExecutor", None)
    assert importing(folder).digests == 4


def test_an_import_of_what_is_known_starts_no_worker(digest, tmp_path, cores, monkeypatch):
    cores(2)
    for day in range(1, 4):
        digest(record_text(), day=f"2025-01-2{day}")
    (tmp_path / "zz").mkdir()  # read last
    (tmp_path / "zz" / "README.md").write_text("# Digests\n\n| day | digest |\n|---|---|\n")
    importing(tmp_path)
    monkeypatch.setattr(parallel, "ProcessPoolExecutor", None)
    assert importing(tmp_path).digests == 3


def test_when_the_worker_dies_the_import_goes_on_without_it(folder, cores, caplog):
    cores(2)
    contents = [formats.read(file) for file in DigestFiles([str(folder)])][:3]
    with prefetch.Prefetcher() as prefetcher:
        prefetcher.start(contents[:1])
        prefetcher.parse(contents[0])
        (child,) = worker_processes(os.getpid())
        os.kill(child, signal.SIGKILL)
        prefetcher.start(contents[1:])
        assert [len(prefetcher.parse(one).parsed.records) for one in contents[1:]] == [3, 3]
        prefetcher.start(contents)
        assert not worker_processes(os.getpid())
    assert caplog.text.count("Going on without worker processes.") == 1


def test_where_no_worker_can_be_started_the_import_does_all_itself(
    folder, cores, monkeypatch, caplog
):
    cores(2)
    monkeypatch.setattr("multiprocessing.util.spawnv_passfds", refuse_processes)
    assert importing(folder).digests == 4
    assert caplog.text.count("no memory") == 1


def test_a_worker_that_would_index_in_another_way_is_not_used(folder, cores, monkeypatch, caplog):
    cores(2)
    monkeypatch.setattr(prefetch, "current_version", lambda: "of another dictionary")
    assert importing(folder).digests == 4
    assert caplog.text.count("A worker would index with") == 1


def test_the_worker_ends_with_the_import(folder, cores):
    cores(2)
    importing(folder)
    assert not worker_processes(os.getpid())
    assert ImportProblem.objects.count() == 1
