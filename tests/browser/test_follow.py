"""Following a list: its button, what is new in it, the line on the front page."""

import json
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from papers.importing.run import Options, run_import
from tests.support import record_text

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

RAG = "/topics/rag/"
NAME = "Retrieval-Augmented Generation"
SEEN = "() => Object.keys(JSON.parse(localStorage['duizhao.seen'] ?? '{}').entries ?? {}).length"
# The layout shifts of this page until now, as the browser measures them.
SHIFTS = """() => new Promise((done) => {
  const add = (list) => done(list.getEntries().reduce((sum, one) => sum + one.value, 0));
  new PerformanceObserver(add).observe({ type: "layout-shift", buffered: true });
  setTimeout(() => done(0), 300);
})"""


def follow(page: Page, site: str, *paths: str) -> None:
    """Follow lists, and wait until this browser knows what was seen of each."""
    for number, path in enumerate(paths, start=1):
        page.goto(site + path)
        page.get_by_role("button", name="Follow", exact=True).click()
        expect(page.get_by_role("button", name="Following")).to_be_visible()
        page.wait_for_function(f"number => ({SEEN})() >= number", arg=number)


def publish(folder: Path, arxiv_id: str, source: str = "daily", title: str = "Sails") -> None:
    path = folder / f"{source}/30-Jan-2025/topic/RAG_related_papers.md"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(record_text(arxiv_id=arxiv_id, title=title, title_zh="风帆"))
    report = run_import([str(folder)], Options())
    assert report.problems == []
    assert report.records == 1


def followed(page: Page) -> dict[str, str]:
    """The rows of the desk: the name of each list and how many papers are new."""
    rows = page.locator(".followed")
    expect(rows.first.locator(".followed-new")).not_to_be_empty()
    return {
        row.locator(".followed-name").inner_text(): row.locator(".followed-new").inner_text()
        for row in rows.all()
    }


def test_a_followed_list_tells_what_is_new_until_it_is_opened(new_reader, site, tmp_path):
    page = new_reader()
    follow(page, site, RAG, "/papers/?q=lamp&zh=ok")
    expect(page.get_by_role("status")).to_have_text(
        "List followed. New papers are counted from now on."
    )
    page.goto(f"{site}/desk/")
    assert followed(page) == {NAME: "none new", "lamp · with Chinese": "none new"}
    expect(page.locator(".followed-kind")).to_have_text(["search", "topic"])

    publish(tmp_path, "2501.99901", title="Sails for RAG")
    page.reload()
    expect(page.locator(".followed-new strong")).to_have_text("+1")
    assert followed(page) == {NAME: "+1", "lamp · with Chinese": "none new"}
    newest = page.locator(".followed-newest").last
    expect(newest).to_have_text("Sails for RAG")
    assert newest.get_attribute("href") == "/papers/2501.99901/"
    expect(page.locator("[data-saved-news]")).to_have_text("1 new")

    with page.expect_response("**/desk/new?*"):
        page.get_by_role("link", name=NAME, exact=True).click()
    page.wait_for_function("() => localStorage['duizhao.seen'].includes('2025-01-30 1')")
    page.goto(f"{site}/desk/")
    assert followed(page)[NAME] == "none new"


def test_papers_that_come_later_on_a_day_already_seen_are_new(new_reader, site, tmp_path):
    page = new_reader()
    publish(tmp_path / "a", "2501.99901", source="morning-daily")
    follow(page, site, RAG)
    publish(tmp_path / "b", "2501.99902", source="evening-daily")
    page.goto(f"{site}/desk/")
    assert followed(page) == {NAME: "+1"}


def test_all_lists_can_be_marked_as_seen(new_reader, site, tmp_path):
    page = new_reader()
    follow(page, site, RAG, "/papers/")
    publish(tmp_path, "2501.99901")
    page.goto(f"{site}/desk/")
    assert followed(page) == {"All papers": "+1", NAME: "+1"}
    page.get_by_role("button", name="Mark all as seen").click()
    expect(page.locator(".followed-new strong")).to_have_count(0)
    expect(page.locator("[data-saved-news]")).to_have_text("No new papers")
    page.reload()
    assert followed(page) == {"All papers": "none new", NAME: "none new"}


def test_a_list_is_unfollowed_on_its_page_and_on_the_desk(new_reader, site):
    page = new_reader()
    follow(page, site, RAG, "/topics/llm/", "/papers/?q=lamp")
    page.get_by_role("button", name="Following").click()
    expect(page.get_by_role("button", name="Follow", exact=True)).to_be_visible()
    page.goto(f"{site}/desk/")
    expect(page.locator(".followed")).to_have_count(2)
    page.get_by_role("button", name="Edit").click()
    page.get_by_role("button", name="Unfollow").first.click()
    expect(page.locator(".followed")).to_have_count(1)
    expect(page.get_by_role("heading", name="Following 1")).to_be_focused()
    page.reload()
    expect(page.locator(".followed")).to_have_count(1)


def test_what_was_saved_before_lists_were_followed_is_followed(new_reader, site):
    """Older versions kept a list's parameters in the order of the address."""
    page = new_reader()
    page.goto(f"{site}/about/")
    entries = {
        "/papers/?zh=ok&lang=zh&topic=rag": ["My RAG", 1764037952],
        "/topics/llm/": ["", 1764037952],
    }
    text = json.dumps({"version": 1, "entries": entries})
    page.evaluate("text => localStorage.setItem('duizhao.lists', text)", text)
    page.goto(f"{site}/desk/")
    assert followed(page) == {"My RAG": "none new"}
    page.goto(f"{site}/papers/?page=1&topic=rag&zh=ok&sort=oldest&lang=en")
    expect(page.get_by_role("button", name="Following")).to_be_visible()


def test_a_list_that_is_gone_does_not_disturb_the_others(new_reader, site):
    page = new_reader()
    page.goto(f"{site}/about/")
    entries = {"/topics/nothing/": ["Gone", 1764037952], RAG: [NAME, 1764037952]}
    text = json.dumps({"version": 1, "entries": entries})
    page.evaluate("text => localStorage.setItem('duizhao.lists', text)", text)
    page.goto(f"{site}/desk/")
    expect(page.locator(".followed-newest").first).to_have_text("This list no longer exists.")
    expect(page.locator(".followed-new").last).to_have_text("none new")


def test_many_lists_are_asked_for_fifty_at_a_time(new_reader, site):
    page = new_reader()
    page.goto(f"{site}/about/")
    entries = {f"/papers/?q=word{n}": [f"Word {n:03}", 1764037952] for n in range(120)}
    text = json.dumps({"version": 1, "entries": entries})
    page.evaluate("text => localStorage.setItem('duizhao.lists', text)", text)
    asked = []
    page.on("request", lambda one: asked.append(one.url) if "/desk/new" in one.url else None)
    page.goto(f"{site}/desk/")
    expect(page.locator(".followed-new").last).to_have_text("none new")
    assert sorted(one.count("list=") for one in asked) == [20, 50, 50]


def test_the_front_page_begins_with_what_is_new(new_reader, site, tmp_path):
    page = new_reader()
    page.goto(site)
    expect(page.locator(".follow-strip")).to_be_hidden()
    follow(page, site, RAG, "/papers/")
    page.goto(site)
    expect(page.locator(".follow-strip")).to_contain_text("No new papers")
    publish(tmp_path, "2501.99901")
    page.reload()
    strip = page.locator(".follow-strip")
    expect(strip).to_contain_text("2 new")
    expect(strip.get_by_role("link", name=f"{NAME} 1")).to_have_attribute("href", RAG)
    assert page.evaluate("document.querySelector('.follow-strip').offsetHeight") == 38


def test_without_an_answer_of_the_site_the_desk_still_lists_what_is_followed(new_reader, site):
    page = new_reader()
    follow(page, site, RAG)
    page.route("**/desk/new?*", lambda route: route.fulfill(json={"lists": None}))
    page.goto(f"{site}/desk/")
    expect(page.get_by_role("link", name=NAME, exact=True)).to_be_visible()
    expect(page.get_by_role("status").last).to_have_text("The site did not answer. Try again.")


def test_without_scripts_the_button_leads_to_the_page_about_the_feed(new_reader, site):
    page = new_reader(java_script_enabled=False)
    page.goto(f"{site}/papers/?topic=rag&zh=ok")
    expect(page.locator(".follow button")).to_be_hidden()
    page.get_by_role("link", name="Follow", exact=True).click()
    expect(page).to_have_url(f"{site}/papers/feed/?topic=rag&zh=ok")
    expect(page.get_by_role("heading", name="Subscribe")).to_be_visible()


def test_a_followed_list_can_be_subscribed_to(new_reader, site):
    page = new_reader()
    follow(page, site, "/papers/?topic=rag&zh=ok")
    page.goto(f"{site}/desk/")
    page.get_by_role("button", name="Edit").click()
    feed = page.locator(".followed-edit a").get_attribute("href")
    assert feed == "/papers/feed.atom?topic=rag&zh=ok"
    assert page.request.get(site + feed).ok


@pytest.mark.parametrize("path", [RAG, "/papers/?q=lamp", "/"])
def test_nothing_moves_when_the_news_arrives(new_reader, site, path):
    page = new_reader(viewport={"width": 390, "height": 844})
    follow(page, site, RAG)
    page.goto(site + path)
    page.wait_for_load_state("networkidle")
    assert page.evaluate(SHIFTS) < 0.02


# What can be pressed and is smaller than 24 pixels, papers in rows apart.
TARGETS = """() => [...document.querySelectorAll("main :is(a, button, input), dialog[open] button")]
  .filter((one) => one.checkVisibility() && !one.closest(".row"))
  .map((one) => [one.outerHTML.slice(0, 90), (one.closest("label") ?? one).getBoundingClientRect()])
  .filter(([, { width, height }]) => width < 24 || height < 23.9)
  .map(([html, { width, height }]) => `${html} ${width} x ${height}`)"""


@pytest.mark.parametrize("locale", ["en-GB", "zh-CN"])
@pytest.mark.parametrize("width", [320, 390, 768, 1440])
def test_the_desk_fits_the_screen_and_the_thumb(new_reader, site, width, locale):
    page = new_reader(viewport={"width": width, "height": 844}, locale=locale)
    page.goto(f"{site}/papers/?q=a+very+long+query+about+lanterns+and+lamps&zh=ok&topic=rag")
    page.locator("[data-follow]").click()
    page.goto(f"{site}/topics/rag/")
    page.locator("[data-follow]").click()
    page.locator(".list [data-mark=starred]").first.click()
    page.goto(f"{site}/desk/")
    expect(page.locator(".followed-new > *")).to_have_count(2)
    page.locator("[data-saved-do=edit]").click()
    for part in ("desk", "code"):
        assert page.evaluate("document.documentElement.scrollWidth") <= width, part
        assert page.evaluate(TARGETS) == [], part
        if part == "desk":
            page.locator("[data-saved-do=links]").click()
