"""The admin in a real browser: a curator's session, hostile text, accessibility."""

from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.contrib.auth.models import User
from playwright.sync_api import Page, expect

from papers import curation
from papers.curation.duplicate_authors import find_alike_authors
from papers.importing.run import Options, run_import
from papers.models import Author, ImportRun, Paper, Topic, Upload
from tests.browser.looks import share
from tests.support import record_text
from tests.text.test_alignment import CHINESE, ENGLISH
from tests.text.test_incomplete import LONG

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

LOOKS = [("light", "en-GB"), ("dark", "zh-CN")]
PASSWORD = "ten minutes a day"
ATTACK = '"><img src=x onerror=alert(1)><script>alert(2)</script>'


@pytest.fixture
def curators(db) -> User:
    """Ada, who may do everything."""
    return User.objects.create_superuser("ada", password=PASSWORD)


def digest(folder: Path, *records: str) -> Path:
    file = folder / "lantern-daily/29-Jan-2025/topic/RAG_related_papers.md"
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text("".join(records), "utf-8")
    return file


def explained(number: int) -> str:
    return record_text(
        arxiv_id=f"2501.9550{number}",
        title=f"Lanterns of the {number}th Kind",
        title_zh=f"第{number}类灯笼\n\n解释：\n- “灯笼”保留了原文的字面意思。",
    )


def sign_in(page: Page, address: str) -> None:
    page.goto(f"{address}/admin/")
    page.fill("[name=username]", "ada")
    page.fill("[name=password]", PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_selector(".admin-front")
    page.wait_for_load_state()


def test_a_morning_in_the_admin(browser, live_server, curators, tmp_path):
    """Three titles corrected by keyboard, one paper featured, one hidden; the same digest again."""
    site = live_server.url
    file = digest(tmp_path, *(explained(number) for number in range(1, 6)))
    run_import([str(file)], Options())
    forms = {one.arxiv_id: f"**/{one.pk}/change/**" for one in Paper.objects.all()}
    context = browser.new_context(locale="en-GB")
    page = context.new_page()
    sign_in(page, site)

    page.get_by_role("row", name="title added remarks 5").get_by_role("link").first.click()
    page.locator("#result_list tbody th a").first.click()
    for number in (5, 4, 3):
        page.wait_for_url(forms[f"2501.9550{number}"])
        page.keyboard.press("e")
        page.keyboard.press("Control+a")
        page.keyboard.type(f"好灯笼{number}")
        page.keyboard.press("Control+Enter")
    page.wait_for_url(forms["2501.95502"])
    page.get_by_role("button", name="Feature f", exact=True).click()
    page.get_by_text("Featured", exact=True).wait_for()
    page.keyboard.press("n")
    page.wait_for_url(forms["2501.95501"])
    page.get_by_label("Reason (for other curators)").fill("not for this site")
    page.get_by_role("button", name="Hide h", exact=True).click()
    page.locator(".state-hidden").wait_for()
    page.get_by_role("button", name="Log out").click()
    page.wait_for_url("**/logout/")

    file.write_text(file.read_text("utf-8") + "\n", "utf-8")
    run_import([str(file)], Options())
    page.goto(f"{site}/papers/?lang=zh")
    listed = page.content()
    for number in (3, 4, 5):
        assert f"好灯笼{number}" in listed
    assert page.locator(".edit-link").count() == 0
    page.goto(f"{site}/?lang=zh")
    first = page.locator(".row").first
    assert "第2类灯笼" in first.inner_text()
    for address in (
        "/",
        "/papers/",
        "/papers/feed.atom",
        "/days/2025-01-29/",
        "/papers/?q=Lanterns",
    ):
        assert "2501.95501" not in page.request.get(site + address).text(), address
    assert page.request.get(f"{site}/papers/2501.95501/").status == 404
    context.close()


def test_a_curator_sees_the_way_to_the_admin_until_he_signs_out(
    browser, live_server, curators, tmp_path
):
    site = live_server.url
    run_import([str(digest(tmp_path, explained(1)))], Options())
    page_of_paper = f"{site}/papers/2501.95501/"
    context = browser.new_context(locale="en-GB")
    page = context.new_page()
    page.goto(page_of_paper)
    edit = page.locator(".edit-link")
    assert edit.count() == 0

    sign_in(page, site)
    page.goto(page_of_paper)
    assert edit.count() == 1
    page.goto(f"{site}/papers/")
    assert edit.count() == 1

    staff = next(one for one in context.cookies() if one["name"] == "staff")
    assert staff["httpOnly"]
    context.clear_cookies(name="staff")
    page.goto(page_of_paper)
    assert edit.count() == 0
    page.goto(f"{site}/admin/")
    page.goto(page_of_paper)
    assert edit.count() == 1

    page.goto(f"{site}/admin/")
    page.get_by_role("button", name="Log out").click()
    page.wait_for_url("**/logout/")
    assert [one["name"] for one in context.cookies() if one["name"] == "staff"] == []
    page.goto(page_of_paper)
    assert edit.count() == 0
    context.close()


def pages_of_the_admin() -> list[str]:
    """Every page that we made, with rows on it."""
    paper, author = Paper.objects.first(), Author.objects.published().first()
    batch = Paper.history.exclude(batch="").first().batch
    version = paper.history.order_by("history_id").first().history_id
    upload, topic = Upload.objects.first(), Topic.objects.first()
    return [
        "/admin/",
        "/admin/papers/paper/",
        "/admin/papers/paper/?field=title&fault=explained",
        f"/admin/papers/paper/{paper.pk}/change/?_changelist_filters=zh_state__exact%3Dsuspect",
        f"/admin/papers/paper/{paper.pk}/history/",
        f"/admin/papers/paper/undo/{batch}/",
        "/admin/papers/author/",
        f"/admin/papers/author/{author.pk}/change/",
        "/admin/papers/author/alike/",
        f"/admin/papers/topic/{topic.pk}/change/",
        "/admin/papers/upload/",
        "/admin/papers/upload/add/",
        f"/admin/papers/upload/{upload.pk}/change/",
        f"/admin/papers/upload/{upload.pk}/ask/",
        f"/admin/papers/importrun/{ImportRun.objects.first().pk}/change/",
        "/admin/papers/author/alike/letters/",
        f"/admin/papers/author/{author.pk}/change/?other=ada",
        "/admin/log/",
        "/admin/missing-digests/",
        "/admin/today/",
        "/admin/papers/paper/remedies/?remedy=fill",
        f"/admin/papers/paper/{paper.pk}/restore/{version}/",
    ]


def evidence() -> list[str]:
    names = (
        *("translation", "doubt", "fieldlock", "digest", "appearance", "authorship", "source"),
        *("papertopic", "topicremoval", "importrun", "importproblem", "topic", "authoralias"),
    )
    return [f"/admin/papers/{name}/" for name in names]


@pytest.fixture
def attacked(curators, tmp_path) -> None:
    """A database in which every field that comes from outside holds an attack."""
    records = [
        record_text(
            arxiv_id=f"2501.9570{number}",
            title=f"{ATTACK} {number}",
            title_zh=f"{ATTACK} 标题 {number}\n\n解释：{ATTACK} 译文。",
            authors=[f"Ada {ATTACK}", f"{ATTACK} Ada", f"A. {number}"],
            abstract=f"{ATTACK} {number} " * 3,
            abstract_zh=f"{ATTACK} 摘要 http://example.com [插入链接] метод {number}",
        )
        for number in range(4)
    ]
    file = digest(tmp_path, *records, f"# {ATTACK}\n\n{ATTACK}\n---\n")
    run_import([str(file)], Options(source=f"s {ATTACK}"[:90]))
    run_import([str(tmp_path / f"no {ATTACK[:20].replace('/', '')}.md")], Options())
    papers = list(Paper.objects.all())
    curation.edit(papers[0], "title_zh", f"{ATTACK} 改", curators)
    curation.hide(papers[:1], ATTACK, curators)
    curation.annotate(papers[:2], ATTACK, ATTACK, curators, curation.batch_name())
    topic = Topic.objects.get()
    topic.name_en = topic.name_zh = topic.description_en = ATTACK
    topic.save()
    Upload.objects.create(file="x/y.md", name=ATTACK, source=ATTACK, topic=ATTACK, state="failed")
    find_alike_authors()


def test_foreign_text_opens_no_dialog_on_any_page_of_the_admin(browser, live_server, attacked):
    context = browser.new_context(bypass_csp=True, reduced_motion="reduce")
    page = context.new_page()
    dialogs = []
    page.on("dialog", lambda dialog: (dialogs.append(page.url), dialog.dismiss()))
    sign_in(page, live_server.url)
    for address in [*pages_of_the_admin(), *evidence()]:
        page.goto(live_server.url + address)
        rows = page.locator("#result_list tbody th a")
        if rows.count():
            page.goto(live_server.url + rows.first.get_attribute("href"))
        assert dialogs == [], address
    workbench = next(one for one in pages_of_the_admin() if "_changelist_filters" in one)
    page.goto(live_server.url + workbench)
    assert "onerror" in page.locator(".workbench").inner_text()
    page.get_by_role("button", name="Preview").click()
    page.wait_for_load_state("networkidle")
    assert dialogs == []
    context.close()


@pytest.mark.parametrize("look", range(len(LOOKS)), ids=map("-".join, LOOKS))
def test_no_page_of_the_admin_has_a_fault_that_axe_finds(browser, live_server, attacked, look):
    scheme, locale = LOOKS[look]
    context = browser.new_context(
        color_scheme=scheme, locale=locale, bypass_csp=True, reduced_motion="reduce"
    )
    page = context.new_page()
    sign_in(page, live_server.url)
    found = {}
    for address in share(pages_of_the_admin(), look, len(LOOKS)):
        page.goto(live_server.url + address)
        results = Axe().run(page)
        if results.violations_count:
            found[address] = results.generate_report()
    context.close()
    assert not found, "\n".join(f"{path}\n{report}" for path, report in found.items())


def test_the_admin_is_dark_as_the_system_is_or_as_the_reader_chose(
    new_reader, live_server, curators
):
    colour = "getComputedStyle(document.body).color"
    page = new_reader(color_scheme="dark")
    sign_in(page, live_server.url)
    dark = page.evaluate(colour)
    page.goto(live_server.url)
    assert page.evaluate(colour) == dark  # the site's own
    page.goto(f"{live_server.url}/admin/")
    page.get_by_role("button", name="Light", exact=True).click()
    assert page.evaluate(colour) != dark
    page.goto(live_server.url)
    assert page.evaluate(colour) != dark
    page.goto(f"{live_server.url}/admin/")
    assert page.locator("[data-theme-choice=light]").get_attribute("aria-pressed") == "true"


def test_no_page_of_the_admin_breaks_the_sites_own_policy(browser, live_server, attacked):
    context = browser.new_context()
    page = context.new_page()
    said = []
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    sign_in(page, live_server.url)
    for address in pages_of_the_admin():
        page.goto(live_server.url + address)
    assert [line for line in said if "Content Security Policy" in line or "Error" in line] == []
    context.close()


def test_one_sentence_of_an_abstract_is_edited_by_itself(browser, live_server, curators, tmp_path):
    run_import([str(digest(tmp_path, explained(1)))], Options())
    paper = Paper.objects.get()
    paper.abstract_en = "".join([*ENGLISH[:3], LONG, *ENGLISH[3:]])
    paper.abstract_zh = "".join(CHINESE)
    paper.save()
    page = browser.new_context(locale="en-GB").new_page()
    sign_in(page, live_server.url)
    page.goto(f"{live_server.url}/admin/papers/paper/{paper.pk}/change/")
    page.keyboard.press("a")  # opens the abstract, for the title is what is in doubt
    page.locator("[data-sentences] textarea").nth(3).fill("训练无需基准测试。")
    page.locator("[data-sentences] textarea").nth(0).fill("灯笼很旧。")
    wanted = "".join(["灯笼很旧。", *CHINESE[1:3], "训练无需基准测试。", *CHINESE[3:]])
    expect(page.locator("[name=abstract_zh]")).to_have_value(wanted)
    page.wait_for_selector(".preview >> text=灯笼很旧。")
    page.locator("[name=abstract_zh]").fill("灯笼。")
    assert not page.locator("[data-sentences] textarea").first.is_editable()
    page.locator("[name=abstract_zh]").fill(wanted)
    page.locator("[data-save]").click()
    page.wait_for_url("**/change/**")
    assert Paper.objects.get().abstract_zh == wanted
    page.context.close()
