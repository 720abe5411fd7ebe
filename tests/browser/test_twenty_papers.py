"""A curator's day by keyboard alone: twenty papers judged, chosen, corrected, hidden, featured."""

import time
from pathlib import Path

import pytest
from django.contrib.auth.models import User
from playwright.sync_api import Page

from papers.curation.today import WANTED, todays_papers
from papers.importing.run import Options, run_import
from papers.models import FieldLock, Judgement, Paper
from tests.browser.test_admin import PASSWORD, digest, explained, sign_in
from tests.support import record_text

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

DESKTOP, PHONE = {"width": 1280, "height": 900}, {"width": 390, "height": 844}
ENGLISH = "We light lamps and count shadows. " * 12
ABSTRACT = "我们点灯，数影子，并在暗处的语料中寻找光亮。"
SHORT = "面向船只与缆绳的通用打结方法和一种新的绳索"
FIVE_MINUTES = 300.0


@pytest.fixture
def curator(db) -> User:
    return User.objects.create_superuser("ada", password=PASSWORD)


@pytest.fixture
def twenty_papers(db, tmp_path: Path) -> None:
    """Three papers without Chinese, eight with an abstract like a title, nine with remarks."""
    missing = [
        record_text(f"2501.9570{n}", f"Plain Ropes {n}", title_zh="", abstract_zh="")
        for n in range(1, 4)
    ]
    short = [
        record_text(f"2501.9560{n}", f"Knots {n}", f"绳结 {n}", (), ENGLISH, SHORT)
        for n in range(1, 9)
    ]
    remarks = [explained(n) for n in range(1, 10)]
    run_import([str(digest(tmp_path, *missing, *short, *remarks))], Options())
    assert len(todays_papers()) == WANTED == 20


class Hands:
    """A curator's hands. They count the keys that are struck and the pages that open."""

    def __init__(self, page: Page) -> None:
        self.page, self.keys, self.pages = page, 0, 0
        page.on("domcontentloaded", self._count)

    def _count(self, page: Page) -> None:
        self.pages += 1

    def strike(self, *keys: str) -> None:
        for key in keys:
            self.page.keyboard.press(key)
            self.keys += 1

    def write(self, text: str) -> None:
        self.page.keyboard.type(text)
        self.keys += len(text)

    # --- On the list, where a decided paper makes way for the next one.

    def done_with(self, *keys: str, text: str = "", then: str = "") -> None:
        """Decide about the paper of this row, and wait until it has left the list."""
        row = self.page.evaluate("document.activeElement.closest('[data-row]').id")
        self.strike(*keys)
        self.write(text)
        self.strike(*([then] if then else []))
        self.page.wait_for_selector(f"#{row}", state="detached")

    def feature(self) -> None:
        row = self.page.evaluate("document.activeElement.closest('[data-row]').id")
        self.strike("f")
        self.page.wait_for_selector(f"#{row} .state-featured")

    # --- On the workbench, where the next paper is opened.

    def next_by(self, *keys: str) -> None:
        before = self.page.url
        self.strike(*keys)
        arrived = "before => location.href !== before && document.readyState === 'complete'"
        self.page.wait_for_function(arrived, arg=before)

    def correct(self, title: str, abstract: str = "") -> None:
        """Write the Chinese title by hand, and the abstract, save them and go on."""
        self.strike("e", "Control+a")
        self.write(title)
        if abstract:
            self.strike("Escape", "a")
            self.write(abstract)
        self.next_by("Control+Enter")


def decided() -> set[str]:
    """Return the papers that are judged, corrected, hidden or featured."""
    papers = Paper.objects.filter(hidden=True) | Paper.objects.filter(featured=True)
    return {
        *papers.values_list("arxiv_id", flat=True),
        *Judgement.objects.values_list("paper__arxiv_id", flat=True),
        *FieldLock.objects.values_list("paper__arxiv_id", flat=True),
    }


def on_the_list(hands: Hands) -> None:
    """Ten papers: one without Chinese, five short abstracts, four titles with remarks."""
    hands.done_with("h", text="no digest of ours", then="Enter")
    hands.strike("j", "j")
    for _ in range(4):
        hands.done_with("y")
    hands.done_with("h", text="not ours", then="Enter")
    hands.strike("j", "j", "j")
    for _ in range(3):
        hands.done_with("1")
    hands.feature()
    hands.done_with("1")


def on_the_workbench(hands: Hands) -> None:
    """The ten that are left, one after the other."""
    hands.strike("k", "k")  # a featured paper stands first of those in doubt, and keeps the focus
    hands.next_by("e")
    hands.correct("素绳 2", ABSTRACT)
    hands.correct("素绳 1", ABSTRACT)
    for _ in range(3):
        hands.next_by("y")
    hands.correct("第五类灯笼")
    for _ in range(3):
        hands.next_by("1")
    hands.strike("1")  # the last one
    hands.page.wait_for_selector("[role=status] >> text=Done")


def test_twenty_papers_are_done_by_keyboard_within_five_minutes(
    new_reader, live_server, curator, twenty_papers
):
    page = new_reader(viewport=DESKTOP)
    sign_in(page, live_server.url)
    hands, started = Hands(page), time.monotonic()
    on_the_list(hands)
    on_the_workbench(hands)
    seconds = time.monotonic() - started
    print(f"20 papers: {hands.keys} keys, {hands.pages} pages, {seconds:.1f} s")
    assert len(decided()) == 20
    assert hands.keys <= 130
    assert hands.pages <= 11  # the list is one, the workbench one for each paper
    assert seconds < FIVE_MINUTES


def test_ten_of_them_are_done_on_a_phone_without_leaving_the_list(
    new_reader, live_server, curator, twenty_papers
):
    page = new_reader(viewport=PHONE)
    sign_in(page, live_server.url)
    hands, started = Hands(page), time.monotonic()
    on_the_list(hands)
    print(f"10 papers: {hands.keys} keys, {hands.pages} pages")
    assert len(decided()) == 10
    assert hands.pages == 0
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert time.monotonic() - started < FIVE_MINUTES
