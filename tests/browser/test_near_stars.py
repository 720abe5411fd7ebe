"""The desk suggests new papers near those starred in this browser."""

import pytest
from playwright.sync_api import expect

from papers.related.build import relate_all_papers

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

STARRED = "2501.99011"


def test_the_desk_suggests_papers_near_a_star_until_they_are_marked(new_reader, site):
    relate_all_papers()
    page = new_reader()
    page.goto(f"{site}/desk/")
    expect(page.locator("[data-saved-nothing]")).to_be_visible()
    expect(page.locator("[data-saved-near]")).to_be_hidden()
    page.goto(f"{site}/papers/{STARRED}/")
    page.locator(".paper-actions").get_by_role("button", name="Star", exact=True).click()
    page.goto(f"{site}/desk/")
    near = page.locator("[data-saved-near-papers] > [data-paper]")
    expect(near.first).to_contain_text(f"near {STARRED}")
    assert page.locator(f'[data-saved-near-papers] [data-paper="{STARRED}"]').count() == 0
    first, number = near.first.get_attribute("data-paper"), near.count()
    near.first.get_by_role("button", name="Star", exact=True).click()
    page.reload()
    expect(page.locator("[data-saved-papers] > [data-paper]")).to_have_count(2)
    expect(page.locator(f'[data-saved-near-papers] [data-paper="{first}"]')).to_have_count(0)
    assert number > 1
