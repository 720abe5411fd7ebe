"""Saved papers: stored in the browser, and moved to another device."""

import json
import shutil
import subprocess
from pathlib import Path
from xml.etree import ElementTree

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from tests.browser.looks import EVERY
from tests.support import missing

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

LIST = "/days/2025-01-28/rag/"
LOOKS = [("dark", "zh-CN"), ("light", "en-GB")]
PAPERS = ["2501.99011", "2501.99010", "2501.99009"]  # of that list


def star(page: Page, site: str, ids: list[str], path: str = LIST) -> None:
    page.goto(site + path)
    for arxiv_id in ids:
        paper = page.locator(f'.list [data-paper="{arxiv_id}"]')
        paper.get_by_role("button", name="Star", exact=True).click()


def hide_the_last(page: Page) -> None:
    page.locator(".card-abstract summary").last.click()
    page.get_by_role("button", name="Hide").last.click()


def on_the_desk(page: Page, site: str, mark: str = "") -> list[str]:
    """The papers that the desk shows, once it says how many there are, in the order of ids.

    (Stars of the same second have that order; others are listed by their time.)
    """
    page.goto(f"{site}/desk/#{mark}")
    page.reload()
    count = page.locator(f"[data-saved-count-{mark or 'starred'}]")
    expect(count).not_to_have_text("")
    cards = page.locator("[data-saved-papers] > [data-paper]")
    expect(cards).to_have_count(int(count.inner_text()))
    return sorted((card.get_attribute("data-paper") for card in cards.all()), reverse=True)


def follow(page: Page, site: str, path: str) -> None:
    page.goto(site + path)
    page.get_by_role("button", name="Follow", exact=True).click()
    page.wait_for_function("() => 'duizhao.seen' in localStorage")


def exported(page: Page, button: str, folder: Path) -> Path:
    with page.expect_download() as download:
        page.get_by_role("button", name=button).click()
    target = folder / download.value.suggested_filename
    download.value.save_as(target)
    return target


def decisions(page: Page) -> dict:
    return json.loads(page.evaluate("localStorage.getItem('duizhao.marks')"))["entries"]


def decide(page: Page, entries: dict) -> None:
    text = json.dumps({"version": 1, "entries": entries})
    page.evaluate("text => localStorage.setItem('duizhao.marks', text)", text)


def test_the_desk_lists_what_is_starred_read_and_hidden(new_reader, site):
    page = new_reader()
    star(page, site, PAPERS[:2])
    hide_the_last(page)
    page.goto(f"{site}/papers/{PAPERS[2]}/")
    assert on_the_desk(page, site) == PAPERS[:2]
    assert on_the_desk(page, site, "read") == [PAPERS[2]]
    assert len(on_the_desk(page, site, "hidden")) == 1
    page.get_by_role("link", name="Starred").click()
    expect(page.locator("[data-saved-papers] > [data-paper]")).to_have_count(2)


def test_a_star_taken_back_on_the_desk_can_be_given_again(new_reader, site):
    page = new_reader()
    star(page, site, PAPERS[:1])
    on_the_desk(page, site)
    button = page.locator("[data-saved-papers]").get_by_role("button", name="Star")
    button.click()
    expect(page.locator("[data-saved-count-starred]")).to_have_text("0")
    button.click()
    expect(page.locator("[data-saved-count-starred]")).to_have_text("1")


def test_many_stars_are_drawn_a_few_at_a_time(new_reader, site):
    page = new_reader()
    page.goto(f"{site}/about/")
    decide(page, {f"2501.99{n:03}": ["starred", 1] for n in range(1, 33)})
    page.goto(f"{site}/desk/")
    cards = page.locator("[data-saved-papers] > [data-paper]")
    expect(cards).to_have_count(25)
    page.get_by_role("button", name="Show more").click()
    expect(cards).to_have_count(32)
    expect(page.get_by_role("button", name="Show more")).to_be_hidden()


def test_an_address_carries_the_stars_to_another_device(new_reader, site):
    page, other = new_reader(), new_reader()
    star(page, site, PAPERS[:2])
    on_the_desk(page, site)
    address = page.get_by_label("Link to share all starred papers").input_value()

    star(other, site, PAPERS[2:])
    other.goto(address)
    shown = [card.get_attribute("data-paper") for card in other.locator(".list [data-paper]").all()]
    assert sorted(shown, reverse=True) == PAPERS[:2]
    other.get_by_role("button", name="Star all").click()
    expect(other.get_by_role("status")).to_have_text("Papers changed: 2. Lists changed: 0.")
    assert on_the_desk(other, site) == PAPERS

    third = new_reader()
    third.goto(f"{site}/desk/")
    third.get_by_label("Link", exact=True).fill(address)
    third.get_by_role("button", name="Import").click()
    assert on_the_desk(third, site) == PAPERS[:2]


def test_a_star_taken_back_after_the_list_was_shared_stays_back(new_reader, site):
    page = new_reader()
    page.goto(f"{site}/about/")
    decide(page, {PAPERS[0]: ["", 2000], PAPERS[1]: ["", 1000], PAPERS[2]: ["read hidden", 1000]})
    page.goto(f"{site}/desk/?id={'&id='.join(PAPERS)}&at=1500")
    page.get_by_role("button", name="Star all").click()
    expect(page.get_by_role("status")).to_have_text("Papers changed: 2. Lists changed: 0.")
    assert decisions(page) == {
        PAPERS[0]: ["", 2000],
        PAPERS[1]: ["starred", 1500],
        PAPERS[2]: ["starred read", 1500],
    }


def test_a_file_carries_everything_to_another_device(new_reader, site, tmp_path):
    page = new_reader()
    star(page, site, PAPERS[:2])
    follow(page, site, "/papers/?q=<lanterns>&page=1")
    on_the_desk(page, site)
    file = exported(page, "All data (JSON)", tmp_path)

    other = new_reader()
    star(other, site, PAPERS[2:])
    other.goto(f"{site}/desk/")
    other.get_by_label("JSON file").set_input_files(file)
    expect(other.get_by_role("status")).to_have_text("Papers changed: 2. Lists changed: 1.")
    assert on_the_desk(other, site) == PAPERS
    link = other.get_by_role("link", name="<lanterns>")
    assert link.get_attribute("href") == "/papers/?q=%3Clanterns%3E"

    other.get_by_label("JSON file").set_input_files(file)
    expect(other.get_by_role("status")).to_have_text("Papers changed: 0. Lists changed: 0.")
    again = exported(other, "All data (JSON)", tmp_path / "again")
    first, back = (json.loads(one.read_text("utf-8")) for one in (file, again))
    assert (back["lists"], back["seen"]) == (first["lists"], first["seen"])
    assert first["seen"][0]["papers"] == "2025-01-29 1"
    assert [one for one in back["papers"] if one["id"] in PAPERS[:2]] == first["papers"]


def test_the_newest_decision_wins_whoever_imports_from_whom(new_reader, site, tmp_path):
    """Two devices that exchange their files agree, whatever the one and the other decided."""
    one, other = new_reader(), new_reader()
    ours = {"a": ["starred", 5], "b": ["starred", 5], "c": ["read", 7], "d": ["", 9]}
    theirs = {"a": ["", 6], "b": ["read", 4], "c": ["starred", 7], "d": ["starred hidden", 8]}
    ids = dict(zip("abcd", (f"2501.9900{n}" for n in range(1, 5)), strict=True))
    files = {}
    for page, entries in ((one, ours), (other, theirs)):
        page.goto(f"{site}/about/")
        decide(page, {ids[key]: value for key, value in entries.items()})
        page.goto(f"{site}/desk/")
        files[page] = exported(page, "All data (JSON)", tmp_path / str(len(files)))
    for page, file in ((one, files[other]), (other, files[one])):
        page.get_by_label("JSON file").set_input_files(file)
        expect(page.get_by_role("status")).to_contain_text("Papers changed")
    agreed = {"a": ["", 6], "b": ["starred", 5], "c": ["starred", 7], "d": ["", 9]}
    for page in (one, other):
        assert decisions(page) == {ids[key]: value for key, value in agreed.items()}


NO_DESK = [
    "",
    "{}",
    "[1, 2",
    '{"format": "duizhao-desk", "version": 2, "papers": [], "lists": []}',
    '{"format": "duizhao-desk", "version": 1, "papers": 7, "lists": []}',
]


def test_a_file_that_is_no_desk_changes_nothing(new_reader, site, tmp_path):
    page = new_reader()
    star(page, site, PAPERS[:1])
    on_the_desk(page, site)
    before = decisions(page)
    for text in NO_DESK:
        page.evaluate("document.getElementById('notification').textContent = ''")
        (tmp_path / "odd.json").write_text(text)
        page.get_by_label("JSON file").set_input_files(tmp_path / "odd.json")
        expect(page.get_by_role("status")).to_have_text(
            "This file was not exported from a desk. Nothing was changed."
        )
    assert decisions(page) == before


def test_of_a_file_only_what_has_a_place_on_the_desk_is_taken(new_reader, site, tmp_path):
    page = new_reader()
    day = "2025-01-29T00:00:00Z"
    papers = [
        {"id": "<script>", "marks": ["starred"], "decided": day},
        {"id": "__proto__", "marks": ["starred"], "decided": day},
        {"id": PAPERS[0], "marks": ["starred", "loved"], "decided": "9999-01-01T00:00:00Z"},
        {"id": PAPERS[1], "marks": ["starred"], "decided": "some day"},
    ]
    lists = [
        {"address": address, "name": "evil", "decided": day}
        for address in ("javascript:alert(1)", "//evil.example/", "/admin/", "/papers/#x")
    ]
    file = {"format": "duizhao-desk", "version": 1, "papers": papers, "lists": lists}
    (tmp_path / "file.json").write_text(json.dumps(file))
    page.goto(f"{site}/desk/")
    page.get_by_label("JSON file").set_input_files(tmp_path / "file.json")
    expect(page.get_by_role("status")).to_have_text("Papers changed: 1. Lists changed: 0.")
    assert list(decisions(page)) == [PAPERS[0]]
    words, time = decisions(page)[PAPERS[0]]
    assert words == "starred"
    assert time <= page.evaluate("Date.now() / 1000")  # a decision from the future is one of now


def test_followed_lists_can_be_taken_to_a_feed_reader(new_reader, site, tmp_path):
    page = new_reader()
    follow(page, site, "/papers/?topic=rag&zh=ok")
    follow(page, site, "/topics/llm/")
    page.goto(f"{site}/desk/")
    opml = ElementTree.parse(exported(page, "OPML", tmp_path))
    assert [(one.get("text"), one.get("xmlUrl")) for one in opml.iter("outline")] == [
        ("Large Language Models", f"{site}/topics/llm/feed.atom"),
        (
            "Retrieval-Augmented Generation · with Chinese",
            f"{site}/papers/feed.atom?topic=rag&zh=ok",
        ),
    ]
    for outline in opml.iter("outline"):
        assert page.request.get(outline.get("xmlUrl")).ok


def stored(page: Page) -> dict:
    """Everything that this browser keeps for its reader."""
    return {
        name: json.loads(page.evaluate("name => localStorage.getItem(`duizhao.${name}`)", name))
        for name in ("marks", "lists", "seen")
    }


def link_of(page: Page, site: str) -> str:
    page.goto(f"{site}/desk/")
    page.get_by_role("button", name="Copy to another device").click()
    return page.locator("[data-saved-link]").input_value()


def take_in(page: Page) -> None:
    """Agree to what has arrived by a link. (Another button of the page has the same name.)"""
    page.locator("[data-saved-arrived]").get_by_role("button", name="Import").click()


def code_of(page: Page, folder: Path) -> str:
    """What zbarimg reads in a screenshot of the code."""
    if shutil.which("zbarimg") is None:
        missing("no zbarimg on PATH; `make ci-tools` installs it")
    page.locator(".saved-code svg").screenshot(path=folder / "code.png")
    command = ["zbarimg", "--quiet", "--raw", str(folder / "code.png")]
    said = subprocess.run(command, capture_output=True, check=True).stdout.decode()
    return said.removesuffix("\n")


def test_a_code_carries_everything_to_another_device_in_two_steps(new_reader, site, tmp_path):
    page = new_reader(device_scale_factor=2)
    star(page, site, PAPERS[:2])
    hide_the_last(page)
    page.goto(f"{site}/papers/{PAPERS[1]}/")  # read, but starred before that
    follow(page, site, "/topics/rag/")
    link = link_of(page, site)
    assert code_of(page, tmp_path) == link

    other = new_reader()
    requested = []
    other.on("request", lambda one: requested.append(one.url))
    other.goto(link)
    expect(other.get_by_text("This link contains 1 followed lists,")).to_be_visible()
    assert other.evaluate("localStorage.getItem('duizhao.marks')") is None
    take_in(other)
    expect(other.get_by_role("status").last).to_contain_text("Lists changed: 1.")
    assert stored(other) == stored(page)
    assert other.url == f"{site}/desk/"
    assert not [one for one in requested if "data=" in one.partition("#")[0]]


def test_a_link_that_is_not_wanted_changes_nothing(new_reader, site):
    page, other = new_reader(), new_reader()
    star(page, site, PAPERS[:1])
    other.goto(link_of(page, site))
    other.get_by_role("button", name="Cancel").click()
    expect(other.get_by_text("Nothing followed or starred yet")).to_be_visible()
    assert other.url == f"{site}/desk/"
    assert other.evaluate("localStorage.length") == 0


def test_what_is_too_much_for_one_code_is_shared_out(new_reader, site, tmp_path):
    page = new_reader(device_scale_factor=3)
    page.goto(f"{site}/about/")
    marks = {
        f"2501.{n * 7 % 99991:05}": ["starred read", 10**9 + n * n, 10**9] for n in range(1, 300)
    }
    marks |= {f"cs/{n:07}": ["read", 10**9 - n] for n in range(90)}
    decide(page, marks)
    whole = link_of(page, site)
    codes = [code_of(page, tmp_path)]
    number = int(page.locator("[data-saved-part]").inner_text().split(" of ")[1])
    for _ in range(number - 1):
        page.get_by_role("button", name="Next").click()
        codes.append(code_of(page, tmp_path))
    assert len(set(codes)) == number > 2
    for links in ([whole], codes[::-1]):
        other = new_reader()
        for link in links:
            other.goto(f"{site}/about/")
            other.goto(link)
            take_in(other)
            expect(other.get_by_role("status").last).to_contain_text("Papers changed")
        assert decisions(other) == marks


def test_what_is_too_much_for_all_codes_is_said(new_reader, site):
    page = new_reader()
    page.goto(f"{site}/about/")
    decide(page, {f"2501.{n:05}": ["read", 10**9 + n * n] for n in range(4000)})
    link_of(page, site)
    expect(page.get_by_text("older marks; the link contains everything.")).to_be_visible()
    decide(page, {f"cs/{n:07}": ["read", 10**9 + n * n] for n in range(10_000)})
    link_of(page, site)
    expect(page.get_by_text("the JSON file contains everything.")).to_be_visible()


@pytest.mark.parametrize(
    "data",
    ["1.1.AQ", "1.1.____", "1.1.AQAAf_____8", "1.1.", "x", "1.1.AAAA", "9.9.AQAA" + "_" * 90],
)
def test_a_broken_link_is_no_link(new_reader, site, data):
    page = new_reader()
    page.goto(f"{site}/desk/#data={data}")
    expect(page.get_by_text("Nothing followed or starred yet")).to_be_visible()
    page.get_by_label("Link", exact=True).fill(f"{site}/desk/#data={data}")
    page.get_by_role("button", name="Import").last.click()
    expect(page.get_by_role("status").last).to_have_text(
        "This link contains no papers. Nothing was changed."
    )


def test_stars_are_listed_by_the_time_of_the_star(new_reader, site):
    page = new_reader()
    star(page, site, [PAPERS[2], PAPERS[0], PAPERS[1]])
    decide(
        page, {PAPERS[0]: ["starred", 20], PAPERS[1]: ["starred", 30], PAPERS[2]: ["starred", 10]}
    )
    page.goto(f"{site}/papers/{PAPERS[2]}/")  # reading a paper does not move it
    assert decisions(page)[PAPERS[2]][2] == 10
    page.goto(f"{site}/desk/")
    papers = page.locator("[data-saved-papers] > [data-paper]")
    expect(papers).to_have_count(3)
    shown = [paper.get_attribute("data-paper") for paper in papers.all()]
    assert shown == [PAPERS[1], PAPERS[0], PAPERS[2]]


def test_an_address_holds_as_many_stars_as_a_server_takes(new_reader, site):
    page = new_reader()
    page.goto(f"{site}/about/")
    decide(page, {f"2501.{n:05}": ["starred", 1] for n in range(600)})
    page.goto(f"{site}/desk/")
    address = page.get_by_label("Link to share all starred papers").input_value()
    assert address.count("id=") == 500
    assert len(address) < 8000
    expect(page.get_by_text("the JSON file contains all")).to_be_visible()
    assert page.request.get(address).ok


def test_citations_are_those_of_the_stars(new_reader, site):
    page = new_reader()
    star(page, site, PAPERS[:2])
    on_the_desk(page, site)
    for name, path in (("BibTeX", "/papers.bib"), ("RIS", "/papers.ris")):
        href = page.get_by_role("link", name=name).get_attribute("href")
        assert href.startswith(f"{path}?")
        # (The one starred in a later second comes first.)
        assert set(href.partition("?")[2].split("&")) == {f"id={one}" for one in PAPERS[:2]}


def test_the_address_can_be_copied(new_reader, site):
    page = new_reader(permissions=["clipboard-read", "clipboard-write"])
    star(page, site, PAPERS[:1])
    on_the_desk(page, site)
    page.get_by_role("button", name="Copy", exact=True).click()
    expect(page.get_by_role("status")).to_have_text("Copied.")
    assert f"id={PAPERS[0]}" in page.evaluate("navigator.clipboard.readText()")


def test_everything_can_be_forgotten(new_reader, site):
    page = new_reader()
    star(page, site, PAPERS[:1])
    on_the_desk(page, site)
    page.once("dialog", lambda dialog: dialog.accept())
    page.get_by_role("button", name="Clear all data").click()
    expect(page.get_by_text("Nothing followed or starred yet")).to_be_visible()
    assert page.evaluate("localStorage.length") == 0


@pytest.mark.parametrize(("scheme", "locale"), LOOKS if EVERY else LOOKS[:1])
def test_axe_finds_no_fault_on_the_desk_and_in_the_dialog(new_reader, site, scheme, locale):
    # axe is a script that is put into the page, which the site's own policy rightly forbids.
    page = new_reader(color_scheme=scheme, locale=locale, bypass_csp=True, reduced_motion="reduce")
    page.goto(site + LIST)
    for key in "jsmjmjhj":
        page.keyboard.press(key)
    faults = {"list": _faults(page)}
    page.keyboard.press("?")
    faults["dialog"] = _faults(page)
    page.goto(f"{site}/papers/?topic=rag")
    page.locator("[data-follow]").click()
    page.wait_for_function("() => 'duizhao.seen' in localStorage")
    faults["followed"] = _faults(page)
    page.goto(f"{site}/desk/")
    expect(page.locator("[data-saved-papers] > [data-paper]")).to_have_count(1)
    faults["desk"] = _faults(page)
    page.locator("[data-saved-do=edit]").click()
    faults["edit"] = _faults(page)
    page.locator("[data-saved-do=links]").click()
    faults["code"] = _faults(page)
    link = page.locator("[data-saved-link]").input_value()
    page.goto(f"{site}/about/")
    page.goto(link)
    faults["arrived"] = _faults(page)
    page.goto(site)
    faults["front"] = _faults(page)
    page.goto(f"{site}/desk/?id={PAPERS[0]}&id=nonsense")
    faults["shared"] = _faults(page)
    assert not any(faults.values()), faults


def _faults(page: Page) -> str:
    # axe would load the stylesheets a second time, and their imports from the address of the page.
    results = Axe().run(page, options={"preload": False})
    return results.generate_report() if results.violations_count else ""
