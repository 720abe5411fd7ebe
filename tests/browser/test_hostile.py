"""Scripts in hostile digests never run in a real browser.

The content security policy, which would stop most of them, is off here, so that escaping alone is
tested.
"""

import os
from functools import partial
from urllib.parse import quote

import pytest
from django.contrib import admin
from django.test import Client
from django.urls import reverse
from lxml import html
from playwright.sync_api import Browser, Error, Page

from papers.importing.run import Options, run_import
from papers.models import Author, Paper, Source, Topic
from tests.security.payloads import PAYLOADS
from tests.support import cookies_of, record_text, sign_in

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

HARD = bool(os.environ.get("HARD"))
CHOSEN = PAYLOADS if HARD else PAYLOADS[::8]
# A folder's name becomes the source's, a file's the topic's: no slash can be in them.
AS_A_NAME = "x\"><img src=x onerror=alert('name')>"

# What runs a script, or would at a click: an attribute such as onload, or an address.
SUSPICIOUS = """() => [...document.querySelectorAll("*")].flatMap(one =>
  [...one.attributes].filter(({name, value}) => name.startsWith("on")
    || /^[\\s\\x00-\\x1f]*(javascript|vbscript|data):/i.test(value)
       && /^(href|src|action|formaction|data|xlink:href)$/.test(name))
  .map(({name, value}) => `${one.localName} ${name}=${value}`.slice(0, 120)))"""


class Watched:
    """A page of the browser that remembers every dialog and every suspicious attribute."""

    def __init__(self, browser: Browser, cookies: list[dict]) -> None:
        self.context = browser.new_context(bypass_csp=True, reduced_motion="reduce")
        self.context.add_cookies(cookies)
        self.page: Page = self.context.new_page()
        self.dialogs: list[str] = []
        self.page.on("dialog", self._note)

    def _note(self, dialog) -> None:
        self.dialogs.append(f"{self.page.url}: {dialog.message}")
        dialog.dismiss()

    def finds_at(self, address: str) -> list[str]:
        """What ran, or could, on the page at this address."""
        try:
            self.page.goto(address, wait_until="load")
        except Error as error:
            if "Download is starting" not in str(error):
                raise
            return []  # nothing is shown, so nothing runs
        found = self.page.evaluate(SUSPICIOUS)
        ran, self.dialogs = self.dialogs, []
        return [*ran, *(f"{address}: {one}" for one in found)]


@pytest.fixture
def hostile_site(live_server, tmp_path) -> str:
    """A site whose every paper, author, topic and source has a payload for a name."""
    folder = tmp_path / AS_A_NAME / "31-Jan-2025" / "topic"
    folder.mkdir(parents=True)
    records = "".join(
        record_text(
            arxiv_id=f"2501.{95000 + number}",
            title=f"Title {payload}",
            title_zh=f"标题 {payload}",
            authors=[f"Ada {payload}"],
            abstract=f"Abstract {payload} and {payload}.",
            abstract_zh=f"摘要 {payload} 和 {payload}。",
        )
        for number, payload in enumerate(CHOSEN)
    )
    (folder / f"{AS_A_NAME}_related_papers.md").write_text(records, "utf-8", newline="")
    run_import([str(tmp_path)], Options())
    assert Paper.objects.count() == len(CHOSEN)
    return live_server.url


@pytest.fixture
def watched(browser, live_server, admin_user):
    client = sign_in(Client(), admin_user)
    one = Watched(browser, cookies_of(client, live_server.url))
    yield one
    one.context.close()


def _answer_with(body: str, route) -> None:
    route.fulfill(body=body, content_type="text/html")


def test_the_detector_sees_scripts_where_nobody_escapes(watched, live_server):
    """The control: the same payloads, the same browser, without escaping."""
    seen = 0
    for number, payload in enumerate(CHOSEN):
        address = f"{live_server.url}/control-{number}"
        body = f"<!doctype html><title>x</title><p>Title {payload}</p>"
        watched.page.route(address, partial(_answer_with, body))
        seen += bool(watched.finds_at(address))
    assert seen >= len(CHOSEN) * 0.6  # the others need our own markup, a click or a form


def public_addresses() -> list[str]:
    """Every kind of public page; of papers and authors, all in test-hard."""
    papers = list(Paper.objects.order_by("arxiv_id"))
    authors = list(Author.objects.order_by("key"))
    topic = Topic.objects.get()
    found = ["/", "/papers/?per=100", "/papers/?per=100&page=2", "/papers/?per=100&lang=both"]
    found += ["/papers/?per=100&lang=zh", "/days/", "/days/2025-01-31/", "/topics/", "/authors/"]
    found += ["/about/", "/search-help/", "/desk/", "/papers/?per=100&q=alert", "/papers/?q=标题"]
    found += ["/papers/feed.atom", "/papers/feed.rss", "/papers/feed.json", "/feeds.opml"]
    found += ["/papers.jsonl", "/papers.csl.json", "/sitemap.xml", "/api/v1/papers/"]
    found += [f"/topics/{topic.slug}/", f"/days/2025-01-31/{topic.slug}/"]
    found += [one.get_absolute_url() for one in papers[:: 1 if HARD else 6]]
    found += [one.get_absolute_url() for one in authors[:: 4 if HARD else 12]]
    return found


def echoing_addresses() -> list[str]:
    """Addresses whose value is said back: not understood, not found, or searched for."""
    some = CHOSEN[:: 4 if HARD else 3]
    names = ["q", "topic", "zh", "sort", "from", "page", "lang", "author", "id"]
    found = [f"/papers/?{'&'.join(f'{name}={quote(one)}' for name in names)}" for one in some]
    found += [f"/{quote(one, safe='')}/" for one in some]
    found += [f"/authors/?q={quote(one)}" for one in some[:3]]
    found += [f"/papers/feed.atom?zh={quote(one)}" for one in some[:3]]
    return found


def admin_addresses() -> list[str]:
    admin.autodiscover()
    registered = admin.site._registry
    found = [
        reverse(f"admin:{one._meta.app_label}_{one._meta.model_name}_changelist")
        for one in registered
    ]
    found += ["/admin/"]
    found += ["/admin/papers/paper/?q=" + quote(CHOSEN[0])]
    some = 5 if HARD else 8
    for model in (Paper, Author, Topic, Source):
        name = f"admin:papers_{model._meta.model_name}_change"
        found += [reverse(name, args=[one.pk]) for one in model.objects.order_by("pk")[::some]]
    return found


def test_no_page_runs_what_a_digest_says(watched, hostile_site):
    found = []
    for address in [*public_addresses(), *echoing_addresses(), *admin_addresses()]:
        found += watched.finds_at(hostile_site + address)
    assert found == []


def test_the_payloads_stand_on_the_pages_as_text(client, hostile_site):
    shown = 0
    for paper in Paper.objects.all():
        page = html.fromstring(client.get(paper.get_absolute_url()).content)
        authors = paper.authors_text
        shown += authors in page.text_content() and "alert(" in authors
    assert shown >= len(CHOSEN) * 0.9


def test_there_are_150_payloads():
    assert len(set(PAYLOADS)) >= 150
