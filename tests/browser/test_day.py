"""A day of many papers on a phone: how dense it is, and what a thumb can do."""

import gzip
import time
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, Route, expect

from papers.importing.run import Options, run_import
from tests.support import record_text

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

DAY = "/days/2025-03-05/"
PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}
WIDTHS = (320, 360, 390, 768, 1440, 2200)
REAL_DAY = "19-Feb-2025"

FIRST_TOP = "() => document.querySelector('.row-title').getBoundingClientRect().top + scrollY"
LAST_BOTTOM = "() => [...document.querySelectorAll('.row')].at(-1).getBoundingClientRect().bottom"
LAID_OUT = """() => [...document.querySelectorAll("section.topic")]
    .every((one) => getComputedStyle(one).contentVisibility === "visible")"""
WAITING = "section.topic + section.topic:not([data-laid-out])"
# Targets that are smaller than 24 by 24 pixels. Links within sentences may be.
SMALL = """() => [...document.querySelectorAll("a, button, input, summary")].filter((one) => {
    const { width, height } = one.getBoundingClientRect();
    const isShown = one.checkVisibility({ opacityProperty: true, visibilityProperty: true });
    const within = one.closest(".quiet, .footer > p, .skip, .prose, .row-people, .visually-hidden");
    const isFolded = one.closest(".search")?.getBoundingClientRect().height <= 1;
    return isShown && width > 1 && !within && !isFolded && (width < 23.5 || height < 23.5);
}).map((one) => `${one.outerHTML.slice(0, 90)} ${one.getBoundingClientRect().height}`)"""


def day_of(folder: Path, topic: str, first: int, number: int) -> None:
    """Write a digest with this many papers."""
    place = folder / "phone" / "05-Mar-2025" / "topic"
    place.mkdir(parents=True, exist_ok=True)
    records = [
        record_text(
            arxiv_id=f"2503.{n:05}",
            title=f"Lamp {n}: A Long Title about Lanterns, Harbours and the Shadows of Night",
            title_zh=f"灯盏 {n}：一个关于灯笼、港湾和夜晚影子的相当长的标题",
        )
        for n in range(first, first + number)
    ]
    (place / f"{topic}_related_papers.md").write_text("\n".join(records), "utf-8")


@pytest.fixture
def long_day(live_server, tmp_path) -> str:
    """Return the address of a running site whose newest day has a hundred papers."""
    day_of(tmp_path, "Multimodal", 10_000, 40)
    day_of(tmp_path, "RAG", 20_000, 60)
    run_import([str(tmp_path)], Options())
    return live_server.url


def row(page: Page, number: int):
    return page.locator(".row").nth(number)


@pytest.mark.parametrize("path", ["/", DAY])
@pytest.mark.parametrize("locale", ["en-GB", "zh-CN"])
def test_the_first_title_stands_high_on_a_phone(new_reader, long_day, path, locale):
    page = new_reader(**PHONE, locale=locale)
    page.goto(f"{long_day}{path}?lang=both")
    assert page.locator(".row").count() == 100
    assert page.evaluate(FIRST_TOP) <= 220


@pytest.mark.parametrize(("lang", "most"), [("both", 90), ("zh", 68), ("en", 72)])
def test_a_row_is_as_high_as_its_titles_need(new_reader, long_day, lang, most):
    page = new_reader(**PHONE)
    page.goto(f"{long_day}{DAY}?lang={lang}")
    heights = [one.bounding_box()["height"] for one in page.locator(".row").all()[:20]]
    assert 44 <= max(heights) <= most


def test_nothing_is_wider_than_the_screen_and_no_target_too_small(new_reader, long_day):
    page = new_reader()
    page.goto(f"{long_day}{DAY}?lang=both")
    row(page, 1).locator(".row-other").click()
    expect(row(page, 1).locator(".row-foot")).to_be_visible()
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 844})
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        assert page.evaluate(SMALL) == [], width
    marks = page.locator(".row .mark-button:visible").all()[:4]
    for box in (one.bounding_box() for one in marks):
        assert box["width"] >= 44
        assert box["height"] >= 44


def test_hide_stands_beside_no_star(new_reader, long_day):
    page = new_reader(**PHONE)
    page.goto(f"{long_day}{DAY}?lang=both")
    assert page.locator(".row > .card-marks [data-mark=hidden]:visible").count() == 0
    row(page, 0).locator(".row-other").tap()
    hide = row(page, 0).get_by_role("button", name="Hide", exact=True).bounding_box()
    star = row(page, 0).get_by_role("button", name="Star", exact=True).bounding_box()
    assert hide["y"] > star["y"] + star["height"]


def test_a_tap_beside_the_title_opens_the_abstract_and_one_more_closes_it(new_reader, long_day):
    page = new_reader(**PHONE)
    page.goto(f"{long_day}{DAY}?lang=both")
    row(page, 2).locator(".row-other").tap()
    expect(row(page, 2).locator(":is(.reading, .pair)").first).to_be_visible()
    expect(row(page, 2).locator(".row-people")).to_have_text("Ada Example, Bo MusterMultimodal")
    expect(row(page, 2).get_by_role("link", name="PDF")).to_be_visible()
    row(page, 2).locator(".row-other").tap()
    expect(row(page, 2).locator(".row-foot")).to_be_hidden()
    row(page, 2).locator(".row-title").tap()
    page.wait_for_url("**/papers/2503.10002/**")


def test_an_opened_row_without_chinese_shows_the_english_with_the_chinese_of_its_terms(
    new_reader, live_server, tmp_path
):
    place = tmp_path / "phone" / "05-Mar-2025" / "topic"
    place.mkdir(parents=True)
    abstract = "We study retrieval-augmented generation. Lamps light shadows."
    record = record_text(title_zh="", abstract=abstract, abstract_zh="")
    (place / "RAG_related_papers.md").write_text(record, "utf-8")
    run_import([str(tmp_path)], Options())
    page = new_reader(**PHONE)
    for lang in ("en", "zh", "both"):
        page.goto(f"{live_server.url}{DAY}?lang={lang}")
        row(page, 0).tap(position={"x": 200, "y": 4})
        opened = row(page, 0).locator(".row-abstract")
        expect(opened).to_contain_text("Lamps light shadows.")
    expect(opened).to_contain_text("检索增强生成")


def test_a_topic_counts_what_is_read_and_can_be_read_at_once(new_reader, long_day):
    page = new_reader(**PHONE)
    page.goto(f"{long_day}{DAY}?lang=both")
    first = page.locator(".topic").first
    expect(first.locator("h2")).to_have_text("Multimodal 0 / 40")
    first.get_by_role("button", name="Mark all 40 above as read").tap()
    expect(first.locator("h2")).to_have_text("Multimodal 40 / 40")
    expect(page.locator(".topic").nth(1).locator("h2")).to_contain_text("0 / 60")
    page.get_by_role("button", name="Undo").tap()
    expect(first.locator("h2")).to_have_text("Multimodal 0 / 40")


def test_the_head_of_a_topic_and_the_bar_stay_at_the_top(new_reader, long_day):
    page = new_reader(**PHONE)
    page.goto(f"{long_day}{DAY}?lang=both")
    page.evaluate("scrollTo({ top: 6000, behavior: 'instant' })")
    assert page.locator(".bar").bounding_box()["y"] == 0
    bar = page.locator(".bar").bounding_box()["height"]
    assert page.locator(".topic-head").nth(1).bounding_box()["y"] == pytest.approx(bar, abs=1)
    expect(page.locator(".masthead")).not_to_be_in_viewport()


@pytest.mark.parametrize("locale", ["en-GB", "zh-CN"])
@pytest.mark.parametrize("width", [320, 360, 390])
def test_no_item_of_the_navigation_is_cut(new_reader, long_day, locale, width):
    page = new_reader(viewport={"width": width, "height": 800}, locale=locale)
    page.goto(f"{long_day}/")
    boxes = [one.bounding_box() for one in page.locator(".nav a:visible").all()]
    assert len(boxes) >= 4
    assert len({box["y"] for box in boxes}) <= 2  # one line; the glass is higher than the words
    for box, following in zip(boxes, [*boxes[1:], {"x": width}], strict=True):
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= following["x"] + 1
    assert page.locator(".masthead").bounding_box()["height"] <= 45
    assert page.locator(".footer-nav a:visible").count() >= 6


@pytest.mark.parametrize("scripts", [True, False])
def test_a_change_of_language_keeps_the_paper_in_its_place(browser, long_day, scripts):
    context = browser.new_context(**PHONE, locale="zh-CN", java_script_enabled=scripts)
    page = context.new_page()
    page.goto(f"{long_day}{DAY}")
    sixtieth = row(page, 59)
    sixtieth.scroll_into_view_if_needed()
    page.mouse.move(100, 400)
    page.mouse.wheel(0, sixtieth.bounding_box()["y"] - 90)
    assert_comes_to_rest_near(sixtieth, 90, within=10)
    before = sixtieth.bounding_box()["y"]
    if scripts:
        page.locator(".toggle > .segments a").nth(0).tap()
    else:
        sixtieth.locator(".row-language").tap()
    expect(row(page, 59).locator(".row-title")).to_have_attribute("lang", "en")
    expect(row(page, 59).locator(".row-other")).to_have_count(0)
    assert_comes_to_rest_near(row(page, 59), before)
    if scripts:
        assert page.url == f"{long_day}{DAY}"
        page.keyboard.press("2")
        expect(row(page, 59).locator(".row-title")).to_have_attribute("lang", "zh-Hans")
        assert_comes_to_rest_near(row(page, 59), before)
    context.close()


def assert_comes_to_rest_near(element: Locator, top: float, within: float = 150) -> None:
    """Assert that it comes to this height, however long scrolling takes, and stays there."""

    def is_near() -> bool:
        return abs(element.bounding_box()["y"] - top) <= within

    patience = time.monotonic() + 20
    while not is_near() and time.monotonic() < patience:
        element.page.wait_for_timeout(50)
    element.page.wait_for_timeout(300)
    assert is_near()


def test_on_a_new_visit_later_topics_are_laid_out_after_the_first_paint(new_reader, long_day):
    page = new_reader(**PHONE)
    held: list[Route] = []
    page.route("**/js/main*.js", lambda route: held.append(route))
    page.goto(f"{long_day}{DAY}", wait_until="commit")
    expect(page.locator(WAITING)).to_have_count(1)
    assert not page.evaluate(LAID_OUT)
    while not held:
        page.wait_for_timeout(20)
    held[0].continue_()
    expect(page.locator(WAITING)).to_have_count(0)
    assert page.evaluate(LAID_OUT)
    expect(page.locator(".row [data-mark=starred]")).to_have_count(100)


def test_where_the_browser_goes_to_a_place_all_topics_are_laid_out_at_once(new_reader, long_day):
    page = new_reader(**PHONE)
    page.route(
        "**/js/main*.js", lambda route: route.fulfill(body="", content_type="text/javascript")
    )
    page.goto(f"{long_day}{DAY}#p-2503.20030")
    assert page.evaluate(LAID_OUT)
    expect(row(page, 70)).to_be_in_viewport()
    page.goto(f"{long_day}{DAY}")
    page.reload()
    assert page.evaluate(LAID_OUT)


def test_an_english_page_asks_for_no_chinese_face(new_reader, long_day):
    page, faces = new_reader(), []
    page.on("request", lambda one: faces.append(one.url) if "woff2" in one.url else None)
    page.goto(f"{long_day}{DAY}?lang=en", wait_until="networkidle")
    assert len(faces) == 1
    page.goto(f"{long_day}{DAY}?lang=both", wait_until="networkidle")
    assert any("in-chinese" in one for one in faces)


def swipe(page: Page, number: int, across: int) -> None:
    """Draw a finger over a row, as the browser would report it."""
    page.evaluate(
        """([number, across]) => {
            const row = document.querySelectorAll(".row")[number];
            const { x, y } = row.getBoundingClientRect();
            const send = (type, dx) => row.dispatchEvent(new PointerEvent(type, {
                bubbles: true, isPrimary: true, pointerType: "touch",
                clientX: x + 150 + dx, clientY: y + 20,
            }));
            send("pointerdown", 0);
            for (const part of [0.25, 0.5, 0.75, 1]) send("pointermove", across * part);
            send("pointerup", across);
        }""",
        [number, across],
    )


def test_a_swipe_stars_or_hides_and_can_be_undone(new_reader, long_day):
    page = new_reader(**PHONE)
    page.goto(f"{long_day}{DAY}?lang=both")
    swipe(page, 0, 100)
    expect(row(page, 0)).to_have_attribute("data-marked", "starred")
    swipe(page, 1, -100)
    expect(row(page, 1)).to_have_attribute("data-marked", "hidden")
    expect(page.get_by_role("status")).to_contain_text("Hidden.")
    page.get_by_role("button", name="Undo").tap()
    expect(row(page, 1)).to_have_attribute("data-marked", "")
    swipe(page, 2, 40)
    expect(row(page, 2)).to_have_attribute("data-marked", "")
    expect(row(page, 2)).not_to_have_attribute("data-swiped", "")


def test_what_can_be_undone_says_so_for_five_seconds(new_reader, long_day):
    page = new_reader(**PHONE)
    page.clock.install(time="2025-03-05T07:00:00")
    page.goto(f"{long_day}{DAY}?lang=both")
    page.clock.pause_at("2025-03-05T08:00:00")
    swipe(page, 1, -100)
    page.clock.run_for(4_900)
    expect(page.get_by_role("button", name="Undo")).to_be_visible()
    page.clock.run_for(200)
    expect(page.get_by_role("button", name="Undo")).to_have_count(0)


def test_the_keys_of_a_day(new_reader, long_day):
    page = new_reader(viewport={"width": 1280, "height": 900})
    page.goto(f"{long_day}{DAY}")
    page.keyboard.press("j")
    page.keyboard.press("m")
    page.keyboard.press("k")
    page.keyboard.press("n")
    here = "document.activeElement.closest('[data-paper]').dataset.paper"
    assert page.evaluate(here) == "2503.10001"
    page.keyboard.press("A")
    expect(page.locator(".topic h2").first).to_have_text("Multimodal 40 / 40")
    page.keyboard.press("z")
    expect(page.locator(".topic h2").first).to_have_text("Multimodal 1 / 40")
    page.keyboard.press("3")
    expect(row(page, 0).locator(".row-other")).to_have_count(1)


def test_the_first_language_holds_on_rows_cards_and_papers(new_reader, long_day):
    page = new_reader(viewport={"width": 1280, "height": 900})
    page.goto(f"{long_day}{DAY}")
    page.keyboard.press("3")
    page.locator(".choice summary").click()
    page.get_by_role("group", name="First language").get_by_role("link", name="中文").click()
    expect(row(page, 0).locator(".row-title")).to_have_attribute("lang", "zh-Hans")
    row(page, 0).locator(".row-other").click()
    opened = row(page, 0).locator(".row-abstract [lang]").first
    expect(opened).to_have_attribute("lang", "zh-Hans")
    for path, title in (("/papers/", ".card-title .text"), ("/papers/2503.10000/", "h1 .text")):
        page.goto(f"{long_day}{path}")
        expect(page.locator(title).first).to_have_attribute("lang", "zh-Hans")


def test_the_text_has_three_sizes(new_reader, long_day):
    page = new_reader(**PHONE)
    page.goto(f"{long_day}{DAY}?lang=both")
    sizes = []
    page.locator(".choice summary").tap()
    for name in ("Small", "Medium", "Large"):
        page.get_by_role("button", name=name, exact=True).tap()
        sizes.append(
            page.evaluate("getComputedStyle(document.querySelector('.row-first')).fontSize")
        )
    assert sizes == sorted(sizes)
    assert len(set(sizes)) == 3
    page.reload()
    size = page.evaluate("getComputedStyle(document.querySelector('.row-first')).fontSize")
    assert size == sizes[-1]


def test_a_paper_says_its_place_in_the_day_and_leads_on_at_the_foot(new_reader, long_day):
    for width in (320, 390):
        page = new_reader(**PHONE | {"viewport": {"width": width, "height": 844}})
        page.goto(f"{long_day}{DAY}")
        row(page, 39).locator(".row-title").tap()
        bar = page.locator(".paper-bar")
        expect(bar).to_contain_text("40/100")
        shown = page.locator(".paper-bar :is(a, button), .toggle > .segments").all()
        boxes = sorted((one.bounding_box() for one in shown), key=lambda box: box["x"])
        for box, following in zip(boxes, boxes[1:], strict=False):
            assert box["x"] + box["width"] <= following["x"] + 1
        assert boxes[-1]["x"] + boxes[-1]["width"] <= width
        bar.get_by_role("link", name="Next paper").tap()
        expect(page.locator(".paper-bar")).to_contain_text("41/100")


def test_a_long_day_is_light(client, long_day):
    answer = client.get("/", {"lang": "both"})
    assert len(gzip.compress(answer.content, 6)) <= 60 * 1024 * 100 / 300


@pytest.mark.corpus
@pytest.mark.parametrize("path", ["/", "/days/2025-02-19/"])
def test_a_real_day_takes_no_more_screens_than_promised(new_reader, live_server, corpus, path):
    folders = [str(one) for one in (corpus / "corpus").rglob(REAL_DAY)]
    run_import(folders, Options())
    lengths = {}
    for locale in ("en-GB", "zh-CN"):
        page = new_reader(**PHONE, locale=locale)
        for lang in ("both", "zh", "en"):
            page.goto(f"{live_server.url}{path}?lang={lang}")
            assert page.evaluate(FIRST_TOP) <= 220
            expect(page.locator(WAITING)).to_have_count(0)
            lengths[f"{locale} {lang}"] = page.evaluate(LAST_BOTTOM) / 844
    papers = page.locator(".row").count()
    assert papers > 250
    most = {"both": 31, "zh": 20, "en": 24}
    assert {
        name: length for name, length in lengths.items() if length * 294 / papers > most[name[6:]]
    } == {}
