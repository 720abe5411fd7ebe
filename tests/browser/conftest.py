"""Fixtures for a real browser on a running site with the sample papers."""

import os
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, expect

from tests.browser import chromium
from tests.support import missing

# Playwright's synchronous API keeps an event loop in this thread; Django's async guard would refuse
# the tests' own queries.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "1")
expect.set_options(timeout=30_000)  # ms, as long as all other waiting: not 5 s on a busy machine


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    if chromium.path() is None:
        missing("no Chromium on PATH; `make ci-tools` installs it")
    with chromium.chromium() as running:
        yield running


@pytest.fixture
def site(sample, live_server) -> str:
    """Return the address of a running site with the sample papers."""
    return live_server.url


@pytest.fixture
def new_reader(browser: Browser) -> Iterator[Callable[..., Page]]:
    """Return a function that makes readers: each call is a new device with empty storage.

    A script error or a violation of the site's content security policy fails the test.
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
