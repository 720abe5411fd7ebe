"""The search page on a phone, without scripts."""

import pytest
from playwright.sync_api import expect

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def phone(browser):
    context = browser.new_context(
        java_script_enabled=False, locale="en-GB", viewport={"width": 390, "height": 844}
    )
    yield context.new_page()
    context.close()


def test_the_filters_are_a_sheet_at_the_top(phone, site):
    phone.goto(f"{site}/papers/?q=model")
    sheet = phone.locator(".filters")
    assert not sheet.is_visible()
    phone.get_by_role("link", name="Filters", exact=True).click()
    expect(sheet).to_be_visible()
    assert sheet.bounding_box()["y"] == 0
    assert sheet.bounding_box()["width"] == 390
    for choice in sheet.locator(".choices a").all():
        assert choice.bounding_box()["height"] >= 36
    sheet.get_by_role("link", name="Show", exact=False).click()
    expect(sheet).to_be_hidden()


def test_a_filter_chosen_in_the_sheet_becomes_a_chip_that_takes_it_away(phone, site):
    phone.goto(f"{site}/papers/?q=model#filters")
    phone.locator(".filters-few a").first.click()
    chip = phone.locator(".chip")
    expect(chip).to_have_count(1)
    assert not phone.locator(".filters").is_visible()
    assert chip.bounding_box()["height"] >= 32
    chip.click()
    expect(phone.locator(".chip")).to_have_count(0)
    expect(phone).to_have_url(f"{site}/papers/?q=model")


def test_a_back_step_closes_the_sheet(phone, site):
    phone.goto(f"{site}/papers/?q=model")
    phone.get_by_role("link", name="Filters", exact=True).click()
    expect(phone.locator(".filters")).to_be_visible()
    phone.go_back()
    expect(phone.locator(".filters")).to_be_hidden()


def test_the_results_begin_on_the_first_screen(phone, site):
    phone.goto(f"{site}/papers/?q=model&lang=both")
    assert phone.locator(".card").first.bounding_box()["y"] < 400


def test_a_search_from_a_topic_stays_within_it(phone, site):
    phone.goto(f"{site}/topics/rag/")
    phone.locator(".nav-search").click()
    phone.keyboard.type("model")
    phone.keyboard.press("Enter")
    phone.wait_for_url("**/topics/rag/?q=model")
    phone.get_by_role("link", name="Search all papers").click()
    phone.wait_for_url("**/papers/?q=model")


def test_on_a_wide_screen_the_filters_stand_beside_the_list(phone, site):
    phone.set_viewport_size({"width": 1280, "height": 900})
    phone.goto(f"{site}/papers/?q=model")
    assert phone.locator(".filters").is_visible()
    assert not phone.get_by_role("link", name="Filters", exact=True).is_visible()
    assert phone.locator(".results-order").is_visible()
