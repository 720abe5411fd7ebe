"""Fixtures for sites on servers of their own. Tests marked ``scale`` take minutes."""

import os
import uuid
from collections.abc import Iterator
from urllib.parse import urlsplit

import psycopg
import pytest

from tests.support import missing


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    if os.environ.get("SCALE") != "1":
        slow = [item for item in items if item.get_closest_marker("scale")]
        config.hook.pytest_deselected(items=slow)
        items[:] = [item for item in items if item not in slow]


@pytest.fixture(autouse=True)
def own_database() -> None:
    """Say that these tests make databases of the kind that DATABASE_URL names."""


@pytest.fixture
def new_postgres() -> Iterator[str]:
    """Return the address of a PostgreSQL database without tables, on the tests' server."""
    named = os.environ.get("DATABASE_URL", "")
    server = named if named.startswith("postgres") else os.environ.get("TEST_DATABASE_URL", "")
    if not server:
        missing("no PostgreSQL: TEST_DATABASE_URL names none")
    name = f"duizhao_scale_{uuid.uuid4().hex[:12]}"
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name} TEMPLATE template0")
    yield urlsplit(server)._replace(path=f"/{name}").geturl()
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f"DROP DATABASE {name} WITH (FORCE)")
