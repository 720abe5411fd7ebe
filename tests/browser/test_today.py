"""Ten minutes at the desk by keyboard alone: today's papers judged, corrected, hidden, featured."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.contrib.auth.models import User
from playwright.sync_api import expect

from papers.importing.run import Options, run_import
from papers.models import FieldLock, Judgement, Paper
from tests.browser.test_admin import PASSWORD, digest, explained, sign_in
from tests.support import record_text

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def curators(db) -> User:
    """Ada, who may do everything."""
    return User.objects.create_superuser("ada", password=PASSWORD)


ENGLISH = "We light lamps and count shadows. " * 12


def dozen(folder) -> None:
    """Five titles with remarks, two short abstracts, one paper without Chinese."""
    short = [
        record_text(
            f"2501.9560{n}", f"Knots {n}", f"绳结 {n}", abstract=ENGLISH, abstract_zh="打结方法"
        )
        for n in (1, 2)
    ]
    short = [one.replace("打结方法", "面向船只与缆绳的通用打结方法和一种新的绳索") for one in short]
    missing = record_text("2501.95701", "No Chinese", title_zh="", abstract_zh="")
    run_import(
        [str(digest(folder, *(explained(n) for n in range(1, 6)), *short, missing))], Options()
    )


def expect_focus_on(page, arxiv_id: str) -> None:
    """Wait until the script has moved the focus to the row of this paper."""
    expect(page.locator("[data-row]:focus-within [data-open]")).to_have_text(arxiv_id)


def leaves(page, arxiv_id: str) -> None:
    pk = Paper.objects.get(arxiv_id=arxiv_id).pk
    page.wait_for_selector(f"#paper-{pk}", state="detached")


@pytest.mark.parametrize(
    "viewport", [{"width": 1280, "height": 900}, {"width": 390, "height": 844}]
)
def test_todays_papers_are_done_by_keyboard_alone(
    new_reader,
    live_server,
    curators,
    tmp_path,
    viewport,
):
    dozen(tmp_path)
    page = new_reader(viewport=viewport)
    sign_in(page, live_server.url)
    expect_focus_on(page, "2501.95701")  # the first row has the focus
    page.keyboard.press("s")
    leaves(page, "2501.95701")
    expect_focus_on(page, "2501.95602")
    page.keyboard.press("y")
    leaves(page, "2501.95602")
    assert Judgement.objects.get().fault == "too-short"
    page.keyboard.press("z")
    page.wait_for_selector(f"#paper-{Paper.objects.get(arxiv_id='2501.95602').pk}")
    assert not Judgement.objects.exists()
    page.keyboard.press("h")
    page.keyboard.type("not ours")
    page.keyboard.press("Enter")
    leaves(page, "2501.95602")
    assert Paper.objects.get(arxiv_id="2501.95602").hidden_reason == "not ours"
    expect_focus_on(page, "2501.95601")
    page.keyboard.press("j")
    expect_focus_on(page, "2501.95505")
    page.keyboard.press("f")
    page.wait_for_selector(".state-featured")
    page.keyboard.press("1")
    leaves(page, "2501.95505")
    assert FieldLock.objects.get().paper.arxiv_id == "2501.95505"
    page.keyboard.press("e")
    page.wait_for_selector("[data-workbench]")
    page.wait_for_load_state()
    page.keyboard.press("Control+a")
    page.keyboard.type("手写的标题")
    page.keyboard.press("Control+Enter")
    page.wait_for_selector("[role=status] >> text=Saved")
    page.wait_for_load_state()
    assert Paper.objects.filter(title_zh="手写的标题").count() == 1
    page.keyboard.press("y")  # the next paper of today is there
    page.wait_for_selector("[role=status] >> text=Done")
    assert Judgement.objects.count() == 1
    assert Axe().run(page).violations_count == 0


def test_nothing_typed_is_lost(new_reader, live_server, curators, tmp_path):
    run_import([str(digest(tmp_path, explained(1)))], Options())
    paper = Paper.objects.get()
    address = f"{live_server.url}/admin/papers/paper/{paper.pk}/change/"
    page = new_reader()
    page.on("dialog", lambda dialog: dialog.accept())
    sign_in(page, live_server.url)
    page.goto(address)
    page.keyboard.press("e")
    page.keyboard.press("Control+a")
    page.keyboard.type("还没有存的标题")
    page.locator("[data-draft]").wait_for()
    page.goto(f"{live_server.url}/admin/")
    page.goto(address)
    title = page.locator("[name=title_zh]")
    assert title.input_value() == "还没有存的标题"
    page.locator("[data-save]").click()
    page.wait_for_selector("[role=status] >> text=Saved")
    assert Paper.objects.get().title_zh == "还没有存的标题"
    assert page.evaluate("Object.keys(localStorage).filter(key => key.includes('draft'))") == []
    page.keyboard.press("e")
    page.keyboard.type("再来")
    page.locator("[data-discard]").click()
    page.wait_for_function("!document.querySelector('[name=title_zh]').value.includes('再来')")
