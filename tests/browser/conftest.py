"""A real browser on a running site with the sample papers."""

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.conf import settings
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page

from papers.importing.run import Options, run_import
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


@pytest.fixture
def new_reader(browser: Browser) -> Iterator[Callable[..., Page]]:
    """Makes readers: each call is another device, with a page that has kept nothing yet.

    A script that fails and a violation of the site's own policy fail the test.
    """
    contexts: list[BrowserContext] = []
    complaints: list[str] = []

    def listen(said: ConsoleMessage) -> None:
        if said.type == "error":
            complaints.append(said.text)

    def complain_of(page: Page) -> None:
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on("console", listen)

    def new_reader(**options) -> Page:
        context = browser.new_context(**{"locale": "en-GB", **options})
        contexts.append(context)
        context.on("page", complain_of)
        return context.new_page()

    yield new_reader
    for context in contexts:
        context.close()
    assert complaints == []
