"""QR codes drawn by our own encoder, read by another program's decoder."""

import shutil
import subprocess
from pathlib import Path

import pytest
from playwright.sync_api import Page

from tests.support import missing

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

QUIET = 4  # modules around a code
ENCODE = """async ([script, ...given]) => (await import(script)).encode(...given)"""
CAPACITY = """async ([script, ...given]) => (await import(script)).capacityOf(...given)"""
SCRIPT = "/static/js/qr-code.js"

VERSIONS = [(version, level) for version in (1, 2, 6, 7, 9, 10, 14, 20, 25) for level in "LM"]


@pytest.fixture
def page(new_reader, live_server) -> Page:
    page = new_reader()
    page.goto(f"{live_server.url}/about/")
    return page


def encode(page: Page, text: str, **form) -> list[list[int]]:
    return page.evaluate(ENCODE, [SCRIPT, text, *([form] if form else [])])


def decoded(matrix: list[list[int]], folder: Path) -> str:
    """Draw the code as a bitmap and read it with zbarimg."""
    if shutil.which("zbarimg") is None:
        missing("no zbarimg on PATH; `make ci-tools` installs it")
    size = len(matrix) + 2 * QUIET
    rows = [[0] * size for _ in range(size)]
    for y, row in enumerate(matrix):
        rows[y + QUIET][QUIET : QUIET + len(row)] = row
    scaled = [" ".join(str(one) for one in row for _ in range(4)) for row in rows for _ in range(4)]
    file = folder / "code.pbm"
    file.write_text("\n".join(["P1", f"{4 * size} {4 * size}", *scaled]))
    command = ["zbarimg", "--quiet", "--raw", str(file)]
    return (
        subprocess.run(command, capture_output=True, check=True).stdout.decode().removesuffix("\n")
    )


@pytest.mark.parametrize(("version", "level"), VERSIONS)
def test_a_full_code_of_each_form_can_be_read(page, tmp_path, version, level):
    length = page.evaluate(CAPACITY, [SCRIPT, version, level])
    text = ("https://papers.example/desk/#data=1.1." + "aZ09-_" * 250)[:length]
    matrix = encode(page, text, version=version, level=level)
    assert len(matrix) == 17 + 4 * version
    assert decoded(matrix, tmp_path) == text


@pytest.mark.parametrize("text", ["a", "对照 · 收藏", "x" * 100, "https://papers.example/desk/"])
def test_the_smallest_fitting_code_is_chosen_and_can_be_read(page, tmp_path, text):
    matrix = encode(page, text)
    assert decoded(matrix, tmp_path) == text
    smaller = (len(matrix) - 17) // 4 - 1
    if smaller:
        assert page.evaluate(CAPACITY, [SCRIPT, smaller, "L"]) < len(text.encode())


def test_a_damaged_code_can_still_be_read(page, tmp_path):
    text = "https://papers.example/desk/#data=1.1.AQ"
    matrix = encode(page, text, version=5, level="M")
    for y in range(14, 18):
        matrix[y][14:20] = [1] * 6
    assert decoded(matrix, tmp_path) == text


def test_a_text_that_is_too_long_is_refused(page):
    with pytest.raises(Exception, match="too long for a QR code"):
        encode(page, "x" * 1274)


def test_a_code_does_not_change(page, tmp_path):
    matrix = [[module != "." for module in row] for row in GOLDEN.split()]
    assert encode(page, "duizhao") == matrix
    assert decoded([[int(module) for module in row] for row in matrix], tmp_path) == "duizhao"


GOLDEN = """
#######..##.#.#######
#.....#.#.#...#.....#
#.###.#..#.##.#.###.#
#.###.#..#.##.#.###.#
#.###.#.###.#.#.###.#
#.....#.....#.#.....#
#######.#.#.#.#######
.........#.##........
#.#.#.#...##....#..#.
.....#.###....##....#
.###.###..#.#...#####
..#..#.#......#.#..#.
#..#####.##.#.##...##
........#..#.#.######
#######..###.########
#.....#..#.###......#
#.###.#.#.##.##.##.##
#.###.#..#....######.
#.###.#.##..#..##...#
#.....#.......##...#.
#######.#.#.#.#....##
"""
