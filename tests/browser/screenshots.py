"""``make screenshots``: photograph the main pages of a running site.

Usage: python -m tests.browser.screenshots [ADDRESS [FOLDER]]
"""

import json
import sys
from itertools import product
from pathlib import Path

from playwright.sync_api import Browser, Page

from tests.browser.chromium import chromium

PAGES = {
    "front": "/",
    "papers": "/papers/",
    "day": "/days/2025-01-29/",
    "digest": "/days/2025-01-29/multimodal/",
    "days": "/days/",
    "topics": "/topics/",
    "topic": "/topics/multimodal/",
    "authors": "/authors/",
    "author-search": "/authors/?q=an",
    "search": "/papers/?q=model",
    "search-filters": "/papers/?q=model&zh=ok#filters",
    "search-nothing": "/papers/?q=zzzzzz&zh=ok",
    "search-help": "/search-help/",
    "glossary": "/glossary/",
    "term": "/glossary/retrieval-augmented-generation/",
    "subscribe": "/topics/multimodal/feed/",
    "day-abstracts": "/days/2025-01-29/?abstracts=shown",
    "desk": "/desk/",
    "about": "/about/",
    "suspect": "/papers/?zh=suspect",
    "missing": "/nothing-here/",
}
# What a reader opens on these pages; the picture's name ends with the first word.
OPENED = {
    "front": {"row": "[data-open]", "settings": ".choice summary"},
    "topic": {"abstract": ".card-abstract summary"},
    "paper": {"citation": ".paper-cite summary"},
}
FOLLOWED = ("/papers/", "/topics/rag/", "/topics/multimodal/")
WIDTHS = {"phone": 390, "desktop": 1280}
SCHEMES = ("light", "dark")
LOCALES = {"en": "en-GB", "zh": "zh-CN", "both": "zh-CN"}  # of the browser, by reading language


def main(address: str = "http://127.0.0.1:8000", folder: str = "screenshots") -> None:
    out = Path(folder)
    out.mkdir(exist_ok=True)
    with chromium() as browser:
        for device, scheme, reading in product(WIDTHS, SCHEMES, LOCALES):
            page = _page(browser, WIDTHS[device], scheme, LOCALES[reading])
            papers = {
                "paper": _first_paper(page, f"{address}/days/2025-01-29/multimodal/"),
                "doubtful": _first_paper(page, f"{address}/papers/?zh=suspect&topic=multimodal"),
            }
            for name, path in (PAGES | papers).items():
                picture = f"{device}-{scheme}-{reading}.png"
                page.goto(address + _in_language(path, reading))
                page.screenshot(path=out / f"{name}-{picture}")
                for what, selector in OPENED.get(name, {}).items():
                    page.goto(address + _in_language(path, reading), wait_until="networkidle")
                    page.locator(selector).first.evaluate(
                        "(one) => { one.click(); one.scrollIntoView({ block: 'center' }); }"
                    )
                    page.wait_for_load_state("networkidle")
                    page.screenshot(path=out / f"{name}-{what}-{picture}")
            page.context.close()
            page = _page(browser, WIDTHS[device], scheme, LOCALES[reading])
            _follow(page, address, reading)
            for name, path in {"desk-full": "/desk/", "front-followed": "/"}.items():
                page.goto(f"{address}{path}?lang={reading}", wait_until="networkidle")
                page.screenshot(path=out / f"{name}-{device}-{scheme}-{reading}.png")
            page.goto(f"{address}/desk/?lang={reading}")
            page.locator("[data-saved-do=links]").click()
            page.screenshot(path=out / f"desk-code-{device}-{scheme}-{reading}.png")
            page.context.close()
        page = _page(browser, 1280, "light", "en-GB")
        page.goto(f"{address}/?lang=both")
        page.screenshot(path=out / "readme.png")
        for name in ("day-abstracts", "papers"):
            page.goto(address + _in_language(PAGES[name], "both"))
            page.pdf(path=out / f"{name}.pdf", format="A4")


def _in_language(path: str, reading: str) -> str:
    """The path with a language, before its fragment."""
    path, mark, fragment = path.partition("#")
    return f"{path}{'&' if '?' in path else '?'}lang={reading}{mark}{fragment}"


def _first_paper(page: Page, address: str) -> str:
    """The path of the first paper of a list."""
    page.goto(address)
    return page.get_attribute(".card-title a", "href") or "/papers/"


def _follow(page: Page, address: str, reading: str) -> None:
    """Follow three lists and star some papers, as a reader who was away for a while."""
    for path in FOLLOWED:
        page.goto(f"{address}{path}?lang={reading}")
        page.locator("header [data-follow]").click()
    for button in page.locator(".list [data-mark=starred]").all()[:3]:
        button.click()
    page.wait_for_load_state("networkidle")
    seen = {path: ["2025-01-28 0", 1] for path in FOLLOWED[1:]}
    text = json.dumps({"version": 1, "entries": seen})
    page.evaluate("text => localStorage.setItem('duizhao.seen', text)", text)


def _page(browser: Browser, width: int, scheme: str, locale: str) -> Page:
    context = browser.new_context(
        viewport={"width": width, "height": 1000}, color_scheme=scheme, locale=locale
    )
    return context.new_page()


if __name__ == "__main__":
    main(*sys.argv[1:])
