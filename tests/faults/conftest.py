"""Fixtures for fault tests: empty databases, digests to import, and the expected result.

A run of the tests uses one kind of database, the one in DATABASE_URL. Tests marked ``faults`` take
long and run only with FAULTS=1 (``make test-faults``).
"""

import os
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.faults.corpus import write_digests
from tests.faults.databases import ON_POSTGRES, Database
from tests.faults.dump import canonical_dump
from tests.faults.importing import finish, start, wait_until_it_writes
from tests.faults.wholeness import Whole
from tests.shared import migrated

OF_SQLITE = [
    "test_backups.py",
    "test_full_disk.py",
    "test_locked_database.py",
    "test_write_errors.py",
]
OF_POSTGRES = ["test_lost_connection.py"]
collect_ignore = OF_SQLITE if ON_POSTGRES else OF_POSTGRES


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line("markers", "faults: takes minutes; runs with FAULTS=1 only")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    if os.environ.get("FAULTS") != "1":
        slow = [item for item in items if item.get_closest_marker("faults")]
        config.hook.pytest_deselected(items=slow)
        items[:] = [item for item in items if item not in slow]


@pytest.fixture(autouse=True)
def own_database() -> None:
    """Say that these tests make databases of the kind that DATABASE_URL names."""


@pytest.fixture(scope="session")
def digests(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder of digests that the tests import."""
    folder = tmp_path_factory.mktemp("digests")
    write_digests(folder)
    return folder


@pytest.fixture(scope="session")
def empty() -> Database:
    """Return a database with all tables and no rows, which is only copied."""
    return migrated()


@pytest.fixture(scope="session")
def whole(empty: Database, digests: Path) -> Iterator[Whole]:
    """Return the result of an import without faults."""
    database = empty.copy()
    process = start(database, "import_digests", digests)
    wait_until_it_writes(process, database)
    began = time.monotonic()
    ended = finish(process)
    seconds = time.monotonic() - began
    assert ended.status == 0, ended.err
    left = database.as_left()
    yield Whole(left, canonical_dump(left.url), seconds)
    database.drop()


@pytest.fixture
def new_database(empty: Database) -> Iterator[Callable[[], Database]]:
    """Return a function that makes empty databases, which are dropped after the test."""
    made: list[Database] = []

    def new_database() -> Database:
        made.append(empty.copy())
        return made[-1]

    yield new_database
    for database in made:
        database.drop()


@pytest.fixture
def filled(whole: Whole) -> Iterator[Database]:
    """Return a database into which all digests were imported."""
    database = whole.database.copy()
    yield database
    database.drop()


@pytest.fixture
def database(new_database: Callable[[], Database]) -> Database:
    return new_database()
