"""Star, read, hide: stored in the browser and shown on every list."""

import json

import pytest
from playwright.sync_api import Page, expect

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

PAPER = "2501.99010"  # of the sample, in the digest on RAG of 28 January 2025
LIST = "/days/2025-01-28/rag/"
OTHER_LISTS = ["/papers/?topic=rag", "/topics/rag/", "/days/2025-01-28/", f"/papers/{PAPER}/"]


def paper(page: Page, arxiv_id: str = PAPER):
    return page.locator(f'main [data-paper="{arxiv_id}"]')


def button(page: Page, name: str, arxiv_id: str = PAPER):
    """Return a button of the paper. In a card, those below the abstract appear when it is open."""
    if name in {"Read", "Hide"}:
        abstracts = paper(page, arxiv_id).locator("details.card-abstract")
        abstracts.evaluate_all("all => all.forEach((one) => { one.open = true; })")
    return paper(page, arxiv_id).get_by_role("button", name=name, exact=True)


def test_a_star_survives_a_reload_and_stands_on_every_list(new_reader, site):
    page = new_reader()
    page.goto(site + LIST)
    button(page, "Star").click()
    page.reload()
    expect(button(page, "Star")).to_have_attribute("aria-pressed", "true")
    for path in OTHER_LISTS:
        page.goto(site + path)
        expect(button(page, "Star")).to_have_attribute("aria-pressed", "true")
    button(page, "Star").click()
    page.goto(site + LIST)
    expect(button(page, "Star")).to_have_attribute("aria-pressed", "false")


def test_opening_a_paper_marks_it_as_read_and_read_ones_can_be_left_out(new_reader, site):
    page = new_reader()
    page.goto(f"{site}/papers/{PAPER}/")
    page.goto(site + LIST)
    expect(button(page, "Read")).to_have_attribute("aria-pressed", "true")
    page.locator(".choice summary").click()
    page.get_by_label("Hide papers I've read").check()
    page.locator(".choice summary").click()
    expect(paper(page)).to_be_hidden()
    expect(page.get_by_text("1 hidden")).to_be_visible()
    unread = page.locator(".card:visible").first.get_attribute("data-paper")
    button(page, "Read", unread).click()
    expect(paper(page, unread)).to_be_visible()  # nothing goes away under the reader's hand
    page.reload()
    expect(paper(page, unread)).to_be_hidden()
    page.locator(".choice summary").click()
    page.get_by_label("Hide papers I've read").uncheck()
    expect(paper(page)).to_be_visible()


def test_a_hidden_paper_is_one_line_with_a_way_back(new_reader, site):
    page = new_reader()
    page.goto(f"{site}{LIST}?lang=both")
    full = paper(page).bounding_box()["height"]
    button(page, "Hide").click()
    expect(button(page, "Show")).to_be_focused()
    assert paper(page).bounding_box()["height"] < full / 3
    expect(paper(page).locator(".card-title a")).to_be_visible()
    page.reload()
    button(page, "Show").click()
    expect(paper(page).locator(".card-title a")).to_be_focused()
    assert paper(page).bounding_box()["height"] == full


def test_a_title_of_a_day_can_be_hidden_too(new_reader, site):
    page = new_reader()
    page.goto(f"{site}/days/2025-01-28/?lang=both")
    full = paper(page).bounding_box()["height"]
    expect(button(page, "Hide")).to_have_count(0)  # it stands below the opened abstract
    button(page, "Abstract").press("Enter")
    button(page, "Hide").click()
    expect(button(page, "Show")).to_be_focused()
    assert paper(page).bounding_box()["height"] < full
    button(page, "Show").click()
    expect(button(page, "Hide")).to_be_focused()


def test_the_reader_chooses_how_close_the_lists_are_set(new_reader, site):
    page = new_reader()
    page.goto(f"{site}/desk/")
    page.get_by_label("Compact", exact=True).check()
    page.goto(site + LIST)
    expect(page.locator("html")).to_have_attribute("data-density", "compact")


def test_two_tabs_show_the_same(new_reader, site):
    one = new_reader()
    other = one.context.new_page()
    one.goto(site + LIST)
    other.goto(f"{site}/topics/rag/")
    button(one, "Star").click()
    expect(button(other, "Star")).to_have_attribute("aria-pressed", "true")
    button(other, "Read").click()
    expect(button(one, "Read")).to_have_attribute("aria-pressed", "true")
    expect(button(one, "Star")).to_have_attribute("aria-pressed", "true")


UNREADABLE = [
    "not json",
    "null",
    "[]",
    '{"version": 1}',
    f'{{"version": 99, "entries": {{"{PAPER}": ["starred", 1]}}}}',
    '{"version": 1, "entries": []}',
    json.dumps({"version": 1, "entries": {PAPER: "starred", "x": [1, 2], "y": ["read", "z"]}}),
]


def keep(page: Page, name: str, text: str) -> None:
    page.evaluate("([name, text]) => localStorage.setItem(name, text)", [f"duizhao.{name}", text])


def test_what_cannot_be_read_is_as_if_nothing_were_kept(new_reader, site):
    page = new_reader()
    page.goto(f"{site}/about/")
    for text in UNREADABLE:
        for name in ("marks", "lists", "settings"):
            keep(page, name, text)
        page.goto(site + LIST)
        expect(button(page, "Star")).to_have_attribute("aria-pressed", "false")
        button(page, "Star").click()
        page.goto(f"{site}/desk/")
        expect(paper(page)).to_be_visible()


def test_what_cannot_be_read_is_put_aside_before_it_is_written_over(new_reader, site):
    page = new_reader()
    page.goto(f"{site}/about/")
    keep(page, "marks", "of another day")
    page.goto(site + LIST)
    button(page, "Star").click()
    assert page.evaluate("localStorage.getItem('duizhao.marks.unreadable')") == "of another day"


def test_without_storage_the_page_works_and_says_that_nothing_is_kept(new_reader, site):
    page = new_reader()
    page.add_init_script(
        "Storage.prototype.setItem = () => { throw new DOMException('', 'QuotaExceededError') }"
    )
    page.goto(site + LIST)
    button(page, "Star").click()
    expect(button(page, "Star")).to_have_attribute("aria-pressed", "true")
    expect(page.get_by_role("status")).to_have_text(
        "This browser did not save the change: its storage is full or blocked."
    )


def test_stars_are_never_forgotten_for_want_of_room(new_reader, site):
    page = new_reader()
    page.goto(f"{site}/about/")
    entries = {f"2402.{n:05}": ["read", 1000 + n] for n in range(10_000)}
    entries["2401.00001"] = ["starred", 1]
    keep(page, "marks", json.dumps({"version": 1, "entries": entries}))
    page.goto(site + LIST)
    button(page, "Star").click()
    kept = json.loads(page.evaluate("localStorage.getItem('duizhao.marks')"))["entries"]
    assert len(kept) == 10_000
    assert {"2401.00001", "2402.09999", PAPER} <= kept.keys()
    assert "2402.00000" not in kept  # the oldest of those only read


SHIFTS = """() => new Promise(done => {
  let sum = 0;
  new PerformanceObserver(list => {
    for (const entry of list.getEntries()) sum += entry.value;
  }).observe({ type: "layout-shift", buffered: true });
  setTimeout(() => done(sum), 300);
})"""


@pytest.mark.parametrize("width", [390, 1280])
def test_nothing_moves_when_the_marks_arrive(new_reader, site, width):
    page = new_reader(viewport={"width": width, "height": 800})
    page.goto(site + LIST)
    cards = [one.get_attribute("data-paper") for one in page.locator(".card").all()]
    button(page, "Star", cards[0]).click()
    button(page, "Hide", cards[1]).click()
    button(page, "Read", cards[2]).click()
    page.goto(f"{site}/desk/")
    page.get_by_label("Compact", exact=True).check()
    lists = {f"/topics/{n}/": [f"List {n}", 1] for n in range(9)}
    keep(page, "lists", json.dumps({"version": 1, "entries": lists}))
    # The scripts come late, as over a slow line: what they change must already have its place.
    page.route("**/js/main*.js", lambda route: (page.wait_for_timeout(400), route.continue_()))
    for path in (LIST, "/papers/", "/days/2025-01-28/", "/desk/"):
        page.goto(site + path)
        expect(page.locator("main .mark-button").first).to_be_attached()
        assert page.evaluate(SHIFTS) < 0.02, path


def test_without_scripts_the_pages_say_the_same_and_have_no_dead_buttons(new_reader, site):
    with_scripts, without = new_reader(), new_reader(java_script_enabled=False)
    for path in (LIST, "/papers/", "/days/2025-01-28/", f"/papers/{PAPER}/"):
        for page in (with_scripts, without):
            page.goto(site + path)
        expect(with_scripts.locator("main .mark-button").first).to_be_attached()
        assert _said(without) == _without_tools(with_scripts)
        buttons = "main button[type=button], [data-tool]"
        assert not any(one.is_visible() for one in without.locator(buttons).all())


def _said(page: Page) -> list[str]:
    """What the page says apart from the link in each row that changes the language."""
    lines = page.locator("main").inner_text().splitlines()
    return [line for line in lines if line.strip() not in {"", "EN", "中文", "对照"}]


def _without_tools(page: Page) -> list[str]:
    """What the page says apart from the tools, and apart from the progress in a topic.

    Links that stand for a tool without scripts are shown again.
    """
    progress = "document.querySelectorAll('[data-progress]')"
    page.evaluate(f"{progress}.forEach(e => e.textContent = e.textContent.split('/ ')[1])")
    tools = "[data-tool], .mark-button, .row-open"
    page.evaluate("tools => document.querySelectorAll(tools).forEach(e => e.remove())", tools)
    page.evaluate("document.documentElement.removeAttribute('data-scripts')")
    return _said(page)
