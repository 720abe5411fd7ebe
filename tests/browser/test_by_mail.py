"""A list by mail, in a real browser: from the page about its feed and from the desk."""

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.core.cache import cache
from playwright.sync_api import expect

from papers.mail.signed_links import Purpose, token_of
from papers.models import MailedList
from papers.views import mailing
from tests.browser.test_follow import follow

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

RAG = "/topics/rag/?zh=ok"
FORM = "/mail/?list=%2Ftopics%2Frag%2F%3Fzh%3Dok"


@pytest.fixture(autouse=True)
def on(settings, monkeypatch) -> None:
    cache.clear()
    monkeypatch.setattr(mailing, "send_letters_soon", lambda: None)
    settings.MAIL_LISTS = True


def links_to(address: str) -> list[str]:
    row = MailedList.objects.create(address=address, path="/topics/rag/", language="en")
    return [f"/mail/{purpose}/{token_of(row, purpose)}/" for purpose in Purpose]


@pytest.mark.parametrize("locale", ["en-GB", "zh-CN"])
@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"])
def test_a_list_is_asked_for_and_confirmed(new_reader, site, locale, scripts):
    page = new_reader(locale=locale, java_script_enabled=scripts)
    page.set_viewport_size({"width": 320, "height": 700})
    page.goto(f"{site}/topics/rag/feed/?zh=ok")
    page.locator("a[href^='/mail/']").click()
    expect(page).to_have_url(site + FORM)
    page.locator("input[name=address]").fill("ada@example.org")
    page.locator("main .button-first").click()
    expect(page).to_have_url(f"{site}/mail/asked/")
    row = MailedList.objects.get()
    assert row.language == ("zh-hans" if locale == "zh-CN" else "en")
    page.goto(f"{site}/mail/confirm/{token_of(row, Purpose.CONFIRM)}/")
    page.locator("main .button-first").click()
    expect(page.locator("main .button-first")).to_have_count(0)
    assert MailedList.objects.confirmed().exists()


def test_the_desk_leads_to_a_followed_list_by_mail(new_reader, site):
    page = new_reader()
    follow(page, site, RAG)
    page.goto(f"{site}/desk/")
    page.get_by_role("button", name="Edit").click()
    page.get_by_role("link", name="By mail").click()
    expect(page.get_by_role("heading", name="By mail")).to_be_visible()
    expect(page.locator(".head-note")).to_contain_text(re.compile("with Chinese"))


def test_every_page_of_mail_is_accessible_and_fits_a_phone(browser, site):
    # axe is a script that is put into the page, which the site's own policy rightly forbids.
    context = browser.new_context(bypass_csp=True, reduced_motion="reduce", locale="en-GB")
    page, found = context.new_page(), {}
    for path in (FORM, "/mail/asked/", *links_to("ada@example.org")):
        page.set_viewport_size({"width": 320, "height": 700})
        page.goto(site + path)
        assert page.evaluate("document.documentElement.scrollWidth") <= 320, path
        if (violations := Axe().run(page)).violations_count:
            found[path] = violations.generate_report()
    context.close()
    assert not found, "\n".join(found.values())
