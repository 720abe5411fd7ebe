"""Pages of every width with everything opened: nothing wider than the screen, nothing too small to
hit, and each item of the navigation somewhere in full."""

import pytest

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

WIDTHS = (320, 360, 390, 768, 1440, 2200)
PAGES = {
    "front": "/",
    "list": "/papers/?q=rag",
    "paper": "/papers/2501.99021/?list=/days/2025-01-29/multimodal/",
    "topics": "/topics/",
    "authors": "/authors/",
    "days": "/days/",
    "day": "/days/2025-01-29/",
    "desk": "/desk/",
}
MARK, TARGET = 44, 24  # pixels

# Elements that stick out of the screen, but for those within a box that scrolls.
TOO_WIDE = """() => {
    const width = document.documentElement.clientWidth;
    const scrolls = (element) => {
        for (let one = element.parentElement; one; one = one.parentElement) {
            if (/auto|scroll|hidden|clip/.test(getComputedStyle(one).overflowX)) return true;
        }
        return false;
    };
    return [...document.body.querySelectorAll("*")]
        .filter((one) => one.checkVisibility() && one.getBoundingClientRect().right > width + 1)
        .filter((one) => !scrolls(one) && !one.closest(".skip, .visually-hidden"))
        .map((one) => `${one.tagName} ${one.className}`);
}"""

# Links, buttons and fields smaller than their least size. A link within a sentence may be as high
# as its line (WCAG 2.2, 2.5.8).
TOO_SMALL = """([mark, target]) => {
    const sentences = ".reading, .pair, .prose, .notice, .glossed-note, .footer p:first-child";
    const unseen = ".skip, .visually-hidden, .search:not(:focus-within)";
    const size = (one) => {
        const { width, height } = one.getBoundingClientRect();
        return [Math.round(width * 10) / 10, Math.round(height * 10) / 10];
    };
    return [...document.querySelectorAll("a, button, summary, input, select")]
        .filter((one) => one.checkVisibility({ visibilityProperty: true, opacityProperty: true }))
        .filter((one) => !one.closest(`${sentences}, ${unseen}`))
        .filter((one) => !(one.type === "checkbox" && one.closest("label")))
        .map((one) => [one, ...size(one), one.matches("[data-mark]") ? mark : target])
        .filter(([one, width, height, least]) => width > 1 && (width < least || height < least))
        .map(([one, ...sizes]) => `${one.outerHTML.slice(0, 60)} ${sizes}`);
}"""

# Items of the masthead's navigation that are cut or cover each other.
CUT = """() => {
    const links = [...document.querySelectorAll(".masthead a")];
    const items = links.filter((one) => one.checkVisibility());
    const boxes = items.map((one) => one.getBoundingClientRect());
    return items.filter((one, place) => {
        const box = boxes[place];
        const next = boxes[place + 1];
        return box.left < 0 || box.right > innerWidth || one.scrollWidth > one.clientWidth + 1
            || (next && next.top < box.bottom && next.left < box.right - 0.5);
    }).map((one) => one.textContent.trim());
}"""


def open_everything(page) -> None:
    page.evaluate("document.querySelectorAll('details').forEach((one) => { one.open = true; })")
    if page.locator("[data-open]").count():
        page.locator("[data-open]").first.evaluate("(button) => button.click()")
        page.locator(".row-foot").first.wait_for()


@pytest.mark.parametrize("name", PAGES)
def test_nothing_is_wider_than_the_screen_with_everything_opened(new_reader, site, name):
    page, found = new_reader(locale="zh-CN"), {}
    page.goto(site + PAGES[name])
    open_everything(page)
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 844})
        if wide := page.evaluate(TOO_WIDE):
            found[width] = wide
        assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert found == {}


@pytest.mark.parametrize("name", PAGES)
def test_every_target_can_be_hit(new_reader, site, name):
    page = new_reader(viewport={"width": 390, "height": 844})
    page.goto(site + PAGES[name], wait_until="networkidle")
    open_everything(page)
    assert page.evaluate(TOO_SMALL, [MARK, TARGET]) == []


@pytest.mark.parametrize("locale", ["en-GB", "zh-CN"])
def test_no_item_of_the_navigation_is_cut_and_all_stand_at_the_foot(new_reader, site, locale):
    page = new_reader(locale=locale)
    page.goto(f"{site}/about/")
    for width in (320, 360):
        page.set_viewport_size({"width": width, "height": 844})
        assert page.evaluate(CUT) == []
        foot = page.locator(".footer-nav a")
        assert foot.count() == page.locator(".nav a").count() - 1  # all but the magnifying glass
        assert all(one.is_visible() for one in foot.all())


def test_a_star_and_a_cross_never_touch(new_reader, site):
    page = new_reader(viewport={"width": 390, "height": 844})
    for path in (PAGES["front"], PAGES["list"], PAGES["paper"]):
        page.goto(site + path, wait_until="networkidle")
        open_everything(page)
        for star in page.locator("main [data-mark=starred]:visible").all()[:3]:
            assert star.evaluate("one => !one.parentElement.querySelector('.mark-hide')")
