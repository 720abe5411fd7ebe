"""Tests marked ``daily`` take many minutes and run only with DAILY=1 (``make test-daily``)."""

import os

import pytest


@pytest.fixture
def own_database() -> None:
    """Mark tests that make databases of their own, of the kind that DATABASE_URL names."""


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    if os.environ.get("DAILY") != "1":
        slow = [item for item in items if item.get_closest_marker("daily")]
        config.hook.pytest_deselected(items=slow)
        items[:] = [item for item in items if item not in slow]
