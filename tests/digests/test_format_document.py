"""``docs/digest-format.md`` agrees with the importer."""

import re
from pathlib import Path

import pytest

from papers.digests import jsonl, limits, markdown

ROOT = Path(__file__).parents[2]
DOCUMENT = (ROOT / "docs" / "digest-format.md").read_text("utf-8")
_BLOCKS = re.findall(r"(?:^(?:    .*|)\n)+", DOCUMENT, re.MULTILINE)
EXAMPLES = [re.sub("^    ", "", block, flags=re.MULTILINE) for block in _BLOCKS if block.strip()]
MARKDOWN = next(example for example in EXAMPLES if example.strip().startswith("# "))
TWINS = [example.strip() for example in EXAMPLES if example.strip().startswith(("{", "["))]


def test_the_markdown_and_the_python_dict_are_one_record():
    (record,) = markdown.parse(MARKDOWN.strip()).records
    (same,) = jsonl.parse(TWINS[0]).records
    assert same == record


def test_all_three_dialects_are_shown():
    assert [example[:2] for example in TWINS] == ["{'", '{"', "[\n"]


@pytest.mark.parametrize("example", TWINS, ids=lambda example: example[:2])
def test_every_example_of_a_twin_is_read_without_a_problem(example):
    parsed = jsonl.parse(example)
    assert parsed.problems == ()
    assert parsed.records


def test_every_code_of_a_problem_is_explained():
    rooms = ("digests", "importing")
    sources = [one for room in rooms for one in (ROOT / "papers" / room).glob("*.py")]
    call = r"(?:Problem|Refused|problem)\(\s*\"([a-z-]+)\""
    codes = {code for source in sources for code in re.findall(call, source.read_text("utf-8"))}
    assert {"no-link", "twin-read", "archive", "future"} <= codes
    assert {code for code in codes if f"`{code}`" not in DOCUMENT} == set()


def test_the_limits_are_those_of_the_code():
    for number in (
        limits.MAX_RECORDS,
        limits.LONGEST_TITLE,
        limits.LONGEST_ABSTRACT,
        limits.MAX_MEMBERS,
        limits.MAX_LINES,
    ):
        assert f"| {number:,} |" in DOCUMENT
    assert f"| {limits.LARGEST_FILE // 2**20} MB |" in DOCUMENT
