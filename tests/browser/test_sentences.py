"""Sentences beside their translations, as they lie on the page."""

import pytest
from playwright.sync_api import Page, expect

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

PAPER = "/papers/2501.99021/?lang=both"
WIDE, PHONE = {"width": 1440, "height": 900}, {"width": 390, "height": 800}
CHOICE = "[aria-labelledby=choice-pairs]"


def is_side_by_side(page: Page) -> bool:
    """Whether both sentences of every row begin on one line, in columns that all rows share."""
    boxes = page.evaluate(
        """() => [...document.querySelectorAll(".pair")].map((pair) =>
            [...pair.children].map((one) => [one.offsetLeft, one.offsetTop]))"""
    )
    tops = all(one[1] == other[1] for one, other in boxes)
    return tops and len({(one[0], other[0]) for one, other in boxes}) == 1


def is_below(page: Page) -> bool:
    return page.evaluate(
        """() => [...document.querySelectorAll(".pair")].every(({ children: [one, other] }) =>
            one.getBoundingClientRect().bottom <= other.getBoundingClientRect().top
            && one.offsetLeft === other.offsetLeft)"""
    )


@pytest.mark.parametrize("scripts", [True, False])
def test_sentences_are_side_by_side_where_there_is_room_and_else_below(new_reader, site, scripts):
    page = new_reader(java_script_enabled=scripts, viewport=WIDE)
    page.goto(site + PAPER)
    for width in (960, 1440, 2200):
        page.set_viewport_size({"width": width, "height": 900})
        assert is_side_by_side(page), width
    for width in (320, 390, 768):
        page.set_viewport_size({"width": width, "height": 900})
        assert is_below(page), width


def test_the_form_is_a_choice_that_the_browser_remembers(new_reader, site):
    page = new_reader(viewport=WIDE)
    page.goto(site + PAPER)
    page.locator(".choice summary").click()
    page.locator(CHOICE).get_by_text("By sentence").click()
    assert is_below(page)
    page.reload()
    assert is_below(page)
    page.locator(".choice summary").click()
    page.locator(CHOICE).get_by_text("In columns").click()
    assert is_side_by_side(page)
    page.set_viewport_size(PHONE)
    expect(page.locator(CHOICE)).to_be_hidden()  # there is nothing to choose


def background(page: Page, number: int) -> str:
    return (
        page.locator(".pair").nth(number).evaluate("(row) => getComputedStyle(row).backgroundColor")
    )


def test_a_row_is_tinted_under_the_pointer_and_where_the_focus_is(new_reader, site):
    page = new_reader(viewport=WIDE)
    page.goto(site + PAPER)
    plain = background(page, 0)
    page.locator(".pair").nth(1).hover()
    assert background(page, 1) != plain == background(page, 0)
    page.locator(".pair").nth(2).evaluate("(row) => row.focus()")
    assert background(page, 2) != plain
    stops = page.locator(".pair").evaluate_all("(all) => all.filter((one) => one.tabIndex >= 0)")
    assert stops == []  # the keyboard need not go through every sentence


def test_a_tap_tints_a_row_until_the_next_one(new_reader, site):
    page = new_reader(viewport=PHONE, has_touch=True, is_mobile=True)
    page.goto(site + PAPER)
    plain = background(page, 0)
    page.locator(".pair").nth(0).tap()
    assert background(page, 0) != plain
    page.locator(".pair").nth(1).tap()
    assert background(page, 1) != plain == background(page, 0)


def test_copying_a_sentence_copies_that_sentence(new_reader, site):
    page = new_reader(viewport=WIDE)
    page.goto(site + PAPER)
    sentence = page.locator(".pair > p").nth(1)
    sentence.click(click_count=3)
    copied = page.evaluate("getSelection().toString().trim()")
    assert copied == sentence.text_content()


def test_an_abstract_opened_on_a_day_is_paired_too(new_reader, site):
    page = new_reader(viewport=PHONE)
    page.goto(f"{site}/days/2025-01-29/?lang=both")
    row = page.locator('.row[data-paper="2501.99021"]')
    row.locator(".row-other").click()
    expect(row.locator(".pair")).to_have_count(6)
    assert is_below(page)
