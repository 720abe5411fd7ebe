"""One import at a time; a refusal names the process that holds the lock."""

import fcntl
import os
import subprocess
from contextlib import closing

import pytest

from papers.db import import_lock
from papers.db.import_lock import ImportRunning, is_translating, translation_lock
from papers.db.import_lock import import_lock as only_import


class Connection:
    vendor = "sqlite"

    def __init__(self, file) -> None:
        self.settings_dict = {"NAME": file}


@pytest.fixture
def lock_file(tmp_path, monkeypatch):
    """The lock file of a database that is a file."""
    monkeypatch.setattr(import_lock, "connection", Connection(tmp_path / "site.sqlite3"))
    monkeypatch.setattr(import_lock, "_TO_SAY_WHO", 0.1)
    return tmp_path / "site.sqlite3.import-lock"


def refusal() -> str:
    with pytest.raises(ImportRunning) as refused, only_import():
        pass
    return str(refused.value)


def test_it_names_the_process_that_holds_the_lock(lock_file):
    with only_import():
        assert f"(process {os.getpid()} since 20" in refusal()
    with only_import():
        pass  # it is free again


def test_it_names_nobody_who_died_with_the_lock(lock_file):
    dead = subprocess.Popen(["true"])
    dead.wait()
    lock_file.write_text(f'{{"process": {dead.pid}, "since": "2025-01-29 08:00:00"}}')
    with closing(lock_file.open()) as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        assert refusal().startswith("Another import is running; try again")


@pytest.mark.parametrize("content", ["", "{", "[]", '{"process": "x"}'])
def test_it_takes_a_lock_file_of_any_content(lock_file, content):
    lock_file.write_text(content)
    with closing(lock_file.open()) as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        assert refusal().startswith("Another import is running; try again")
    with only_import():
        assert "(process" in refusal()


def test_imports_and_a_translation_run_go_on_side_by_side(lock_file):
    with translation_lock(), only_import():
        pass


def test_only_one_translation_runs_at_a_time(lock_file):
    assert not is_translating()
    with translation_lock():
        assert is_translating()
        with pytest.raises(ImportRunning, match=r"Another translation run is running \(process"):
            translation_lock().__enter__()
    assert not is_translating()
