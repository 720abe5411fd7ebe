"""``make screenshots``: photograph the main pages of a running site.

Usage: python -m tests.browser.screenshots [ADDRESS [FOLDER]]

With CURATOR=NAME:PASSWORD also the curators' side, signed in with that account.
"""

import json
import os
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
# Pages photographed with scripts off, too: what a reader needs is there without them.
WITHOUT_SCRIPTS = ("front", "papers", "desk", "glossary", "search", "topic", "days")
CURATORS_PAGES = {
    "today": "/admin/",
    "remedies": "/admin/papers/paper/remedies/?remedy=marks",
    "papers": "/admin/papers/paper/",
    "translating": "/admin/translating/",
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
            if reading != "both":
                _without_scripts(browser, address, out, papers["paper"], device, scheme, reading)
                _curators_side(browser, address, out, device, scheme, reading)
        page = _page(browser, 1280, "light", "en-GB")
        page.goto(f"{address}/?lang=both")
        page.screenshot(path=out / "readme.png")
        for name in ("day-abstracts", "papers"):
            page.goto(address + _in_language(PAGES[name], "both"))
            page.pdf(path=out / f"{name}.pdf", format="A4")


def _without_scripts(
    browser: Browser, address: str, out: Path, paper: str, device: str, scheme: str, reading: str
) -> None:
    page = _page(browser, WIDTHS[device], scheme, LOCALES[reading], scripts=False)
    for name, path in ({one: PAGES[one] for one in WITHOUT_SCRIPTS} | {"paper": paper}).items():
        page.goto(address + _in_language(path, reading))
        page.screenshot(path=out / f"{name}-plain-{device}-{scheme}-{reading}.png")
    page.context.close()


def _curators_side(
    browser: Browser, address: str, out: Path, device: str, scheme: str, reading: str
) -> None:
    """Photograph the pages of the admin, if somebody is named who may see them."""
    name, _, password = os.environ.get("CURATOR", "").partition(":")
    if not name:
        return
    page = _page(browser, WIDTHS[device], scheme, LOCALES[reading])
    page.goto(f"{address}/admin/")
    page.fill("[name=username]", name)
    page.fill("[name=password]", password)
    page.keyboard.press("Enter")
    page.wait_for_selector(".admin-front")
    bench = page.get_attribute("[data-open]", "href")
    pages = CURATORS_PAGES | ({"workbench": bench} if bench else {})
    for title, path in pages.items():
        page.goto(address + path)
        page.screenshot(path=out / f"admin-{title}-{device}-{scheme}-{reading}.png")
    page.context.close()


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


def _page(browser: Browser, width: int, scheme: str, locale: str, scripts: bool = True) -> Page:
    context = browser.new_context(
        viewport={"width": width, "height": 1000},
        color_scheme=scheme,
        locale=locale,
        java_script_enabled=scripts,
    )
    return context.new_page()


if __name__ == "__main__":
    main(*sys.argv[1:])
