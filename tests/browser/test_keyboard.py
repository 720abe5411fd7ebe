"""Reading a day's papers with the keyboard alone."""

import re

import pytest
from playwright.sync_api import Page, expect

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

LIST = "/days/2025-01-28/rag/"


def here(page: Page) -> str:
    """The paper that has the focus."""
    return page.evaluate("document.activeElement.closest('[data-paper]')?.dataset.paper")


def open_list(page: Page, site: str, path: str = LIST) -> list[str]:
    page.goto(site + path)
    expect(page.locator(".mark-button").first).to_be_attached()
    return [one.get_attribute("data-paper") for one in page.locator("main .card").all()]


def marks(page: Page, arxiv_id: str) -> str:
    return page.get_attribute(f'main [data-paper="{arxiv_id}"]', "data-marked")


def test_a_reader_skims_marks_and_opens_papers(new_reader, site):
    page = new_reader()
    first, second, third = open_list(page, site)[:3]
    page.keyboard.press("j")
    assert here(page) == first
    page.keyboard.press("s")
    page.keyboard.press("j")
    page.keyboard.press("m")
    page.keyboard.press("j")
    page.keyboard.press("h")
    assert [marks(page, one) for one in (first, second, third)] == ["starred", "read", "hidden"]
    page.keyboard.press("k")
    assert here(page) == second
    page.keyboard.press("x")
    expect(page.locator(f'[data-paper="{second}"] :is(.reading, .pair)').first).to_be_visible()
    page.keyboard.press("o")
    page.wait_for_url(re.compile(f"/papers/{second}/"))
    page.keyboard.press("s")
    assert marks(page, second) == "starred read"


def test_v_opens_the_paper_at_arxiv_beside_this_page(new_reader, site):
    page = new_reader()
    page.context.route("https://arxiv.org/**", lambda route: route.fulfill(body="arXiv"))
    (first, *_) = open_list(page, site)
    page.keyboard.press("j")
    with page.context.expect_page() as opened:
        page.keyboard.press("v")
    expect(opened.value).to_have_url(f"https://arxiv.org/abs/{first}")
    assert marks(page, first) == "read"


PLACES = {"t": "/", "p": "/papers/", "c": "/topics/", "a": "/authors/", "d": "/days/"}
PLACES["s"] = "/desk/"


def test_g_and_a_letter_go_to_a_place(new_reader, site):
    page = new_reader()
    open_list(page, site)
    for letter, path in PLACES.items():
        page.keyboard.press("g")
        page.keyboard.press(letter)
        page.wait_for_url(site + path)


def test_brackets_and_arrows_go_to_the_day_before_and_after(new_reader, site):
    page = new_reader()
    page.goto(f"{site}/days/2025-01-28/")
    page.keyboard.press("[")
    page.wait_for_url("**/days/2025-01-27/")
    page.keyboard.press("ArrowRight")
    page.wait_for_url("**/days/2025-01-28/")
    page.keyboard.press("ArrowLeft")
    page.wait_for_url("**/days/2025-01-27/")


def test_keys_typed_into_the_search_box_are_text(new_reader, site):
    page = new_reader()
    open_list(page, site)
    page.keyboard.press("/")
    box = page.locator("[role=search] input[name=q]").first
    expect(box).to_be_focused()
    page.keyboard.type("jgs?")
    expect(box).to_have_value("jgs?")
    page.keyboard.press("Escape")
    page.keyboard.press("j")
    assert here(page)


def test_keys_with_a_modifier_belong_to_the_browser(new_reader, site):
    page = new_reader()
    (first, *_) = open_list(page, site)
    page.keyboard.press("j")
    for keys in ("Control+s", "Alt+m", "Meta+h"):
        page.keyboard.press(keys)
    assert marks(page, first) == ""


def test_the_help_opens_closes_and_gives_the_focus_back(new_reader, site):
    page = new_reader()
    (first, *_) = open_list(page, site)
    page.keyboard.press("j")
    page.keyboard.press("?")
    dialog = page.get_by_role("dialog", name="Keyboard shortcuts")
    expect(dialog).to_be_visible()
    page.keyboard.press("s")  # no key reaches the list behind
    page.keyboard.press("Escape")
    expect(dialog).to_be_hidden()
    assert (here(page), marks(page, first)) == (first, "")
    page.get_by_role("button", name="Keyboard shortcuts").click()
    page.keyboard.press("?")
    expect(dialog).to_be_hidden()


def test_the_keys_can_be_switched_off_and_stay_off(new_reader, site):
    page = new_reader()
    open_list(page, site)
    page.keyboard.press("?")
    page.get_by_label("Turn off shortcuts").check()
    page.keyboard.press("Escape")
    for _ in range(2):
        for key in ("j", "g", "t", "?", "ArrowLeft", "["):
            page.keyboard.press(key)
        assert here(page) is None
        expect(page).to_have_url(re.compile(LIST))
        expect(page.get_by_role("dialog")).to_be_hidden()
        open_list(page, site)
    page.get_by_role("button", name="Keyboard shortcuts").click()
    page.get_by_label("Turn off shortcuts").uncheck()
    page.keyboard.press("Escape")
    page.keyboard.press("j")
    assert here(page)
