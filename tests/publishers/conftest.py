"""Fixtures for following publishers: a host, and a folder for checkouts."""

from collections.abc import Callable
from pathlib import Path

import pytest
from django.core.management import call_command

from papers.models import Source
from tests.publishers.hosts import GitHost


@pytest.fixture(autouse=True)
def checkouts(settings, tmp_path: Path) -> Path:
    settings.PUBLISHERS_DIR = tmp_path / "publishers"
    return settings.PUBLISHERS_DIR


@pytest.fixture
def host(tmp_path: Path) -> GitHost:
    """Return a repository with one day of one paper."""
    host = GitHost.create(tmp_path / "host")
    host.publish_day("29-Jan-2025", "2501.98001")
    return host


@pytest.fixture
def followed(db, host: GitHost) -> Source:
    """Return a source that follows the host, fetched and imported once."""
    call_command("fetch_digests", add="lanterns", git=host.url)
    return Source.objects.get()


@pytest.fixture
def fetch(capsys) -> Callable[..., tuple[int, str, str]]:
    """Return a function that runs ``fetch_digests``: its exit status, output and errors."""

    def fetch(*arguments: str, **options) -> tuple[int, str, str]:
        capsys.readouterr()
        try:
            call_command("fetch_digests", *arguments, **options)
            status = 0
        except SystemExit as stopped:
            status = stopped.code
        printed = capsys.readouterr()
        return status, printed.out, printed.err

    return fetch
