"""What only a real browser can tell of the pages."""

import pytest
from axe_playwright_python.sync_playwright import Axe

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

PAGES = [
    "/",
    "/papers/",
    "/papers/?zh=what",
    "/papers/2501.99021/",
    "/days/",
    "/days/2025-01-29/",
    "/days/2025-01-29/multimodal/",
    "/topics/",
    "/topics/rag/",
    "/authors/",
    "/desk/",
    "/about/",
    "/nothing/",
]


@pytest.fixture
def page(browser):
    context = browser.new_context(java_script_enabled=False, locale="zh-CN")
    yield context.new_page()
    context.close()


def test_no_page_scrolls_sideways_or_asks_another_host(page, site):
    foreign = []
    page.on("request", lambda one: None if one.url.startswith(site) else foreign.append(one.url))
    for width in (320, 390, 768, 1280, 2560):
        page.set_viewport_size({"width": width, "height": 900})
        for path in PAGES:
            page.goto(site + path)
            # A full-page picture is as wide as the page's content, scripts or not.
            assert _content_width(page) <= width, f"{path} at {width} pixels"
    assert foreign == []


def _content_width(page) -> int:
    """The width of a picture of the whole page, from the PNG's header."""
    png = page.screenshot(full_page=True)
    return int.from_bytes(png[16:20], "big")


def test_the_toggle_works_without_scripts(page, site):
    page.goto(f"{site}/papers/2501.99021/?lang=en")
    assert page.locator("h1 .text").count() == 1
    page.get_by_role("link", name="中文", exact=True).first.click()
    assert page.url == f"{site}/papers/2501.99021/"
    assert page.locator("h1 .text").get_attribute("lang") == "zh-Hans"
    page.goto(f"{site}/papers/")
    assert page.locator(".card-title .text[lang=en]").count() <= 1  # the one without Chinese


def test_an_abstract_opens_in_place_without_scripts(page, site):
    page.goto(f"{site}/papers/?lang=zh")
    card = page.locator(".card").first
    assert not card.locator(".reading").first.is_visible()
    card.locator("summary").click()
    assert card.locator(".reading").first.is_visible()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("lang", ["en", "zh", "both"])
def test_no_page_has_a_fault_that_axe_finds(browser, site, scheme, lang):
    # axe is a script that is put into the page, which the site's own policy rightly forbids.
    context = browser.new_context(color_scheme=scheme, bypass_csp=True)
    page = context.new_page()
    found = {}
    for path in PAGES:
        page.goto(f"{site}{path}{'&' if '?' in path else '?'}lang={lang}")
        results = Axe().run(page)
        if results.violations_count:
            found[path] = results.generate_report()
    context.close()
    assert not found, "\n".join(f"{path}\n{report}" for path, report in found.items())
