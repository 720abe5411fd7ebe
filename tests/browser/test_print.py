"""What goes on paper, and what a browser of text shows: abstracts, each once, and no controls."""

import shutil
import subprocess

import pytest

from tests.support import missing

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

DAY = "/days/2025-01-29/?abstracts=shown"
CONTROLS = "button, input, summary, .nav, .toggle, .rail, .card-marks, .footer-nav, [data-tool]"


@pytest.mark.parametrize("path", [DAY, "/papers/?topic=rag", "/papers/2501.99021/"])
def test_a_list_prints_with_its_abstracts_and_without_controls(new_reader, site, path):
    page = new_reader(color_scheme="dark")
    page.goto(site + path, wait_until="networkidle")
    page.emulate_media(media="print")
    abstracts = page.locator("main :is(.card-abstract, .paper-abstract) :is(.reading, .pair)")
    assert abstracts.count()
    assert all(one.is_visible() for one in abstracts.all())
    assert not [one for one in page.locator(CONTROLS).all() if one.is_visible()]
    assert page.evaluate("getComputedStyle(document.body).color") == "rgb(0, 0, 0)"


@pytest.mark.parametrize("command", [["lynx", "-dump", "-nolist"], ["w3m", "-dump"]])
def test_a_browser_of_text_shows_each_abstract_once_and_links_apart(site, command):
    if not shutil.which(command[0]):
        missing(f"no {command[0]} on PATH; `make ci-tools` installs it")
    shown = subprocess.run(
        [*command, f"{site}/papers/?topic=rag&lang=en"], capture_output=True, check=True, timeout=60
    ).stdout.decode()
    text = " ".join(shown.split())
    assert text.count("Abstract ") > 3
    beginnings = [one[:120] for one in text.split("Abstract ")[1:]]
    assert all(text.count(one) == 1 for one in beginnings)
    assert "EN 中文" in text
    assert "Atom · RSS" in text
