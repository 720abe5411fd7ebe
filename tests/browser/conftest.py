"""A real browser on a running site with the sample papers."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings
from playwright.sync_api import Browser

from papers.digests.importer import Options, run_import
from tests.browser import chromium
from tests.support import missing

# Playwright's synchronous door keeps an event loop in this thread; Django's guard against blocking
# such a loop would refuse the tests' own queries.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "1")


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    if chromium.path() is None:
        missing("no Chromium on PATH; `make ci-tools` installs it")
    with chromium.chromium() as running:
        yield running


@pytest.fixture
def site(live_server) -> str:
    """The address of a running site with the sample papers."""
    run_import([str(Path(settings.BASE_DIR) / "sample")], Options())
    return live_server.url
