"""The markdown parser: pairs of a digest and its records, and properties of any text."""

import ast
import dataclasses
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from papers.digests import markdown
from papers.digests.decoding import decode
from papers.digests.markdown import is_index_table, parse
from tests.support import record_text

GOLDEN = Path(__file__).parents[1] / "data" / "digests"
NAMES = sorted(path.name.removesuffix(".md") for path in GOLDEN.glob("*.md"))

FRAGMENTS = (
    *("# ", "# Lamps", "## Part", "---", "\n", "\n\n", " ", "灯", "\r", "\ufeff", "\ud800"),
    *("**Title (ZH)**:", "**Authors**: A, B", "**Link**:", "**Abstract**: a", "**Abstract (ZH)**:"),
    *("**Link**: [PDF](https://arxiv.org/pdf/2501.97001)", "https://arxiv.org/abs/2501.97002v1"),
)
ALMOST_DIGESTS = st.lists(st.sampled_from(FRAGMENTS), max_size=40).map("".join)
VALID = "".join(
    [
        record_text("2501.97001", "Lamps"),
        record_text("2501.97002", "Lamps and Bells", title_zh="", abstract_zh=""),
        record_text("2501.97003", "Bells", abstract="One.\nTwo.", abstract_zh="一。\n\n二。"),
    ]
)


def golden(name: str) -> str:
    return decode((GOLDEN / f"{name}.md").read_bytes())


@pytest.mark.parametrize("name", NAMES)
def test_a_digest_is_read_as_its_pair_says(name):
    expected = ast.literal_eval((GOLDEN / f"{name}.md.py").read_text("utf-8"))
    parsed = parse(golden(name))
    records = [dataclasses.asdict(record) for record in parsed.records]
    assert [{**record, "authors": list(record["authors"])} for record in records] == expected[
        "records"
    ]
    problems = [[one.code, one.line, one.arxiv_id] for one in parsed.problems]
    assert problems == expected["problems"]


def test_every_digest_of_the_pairs_has_its_other_half():
    assert sorted(path.name.removesuffix(".md.py") for path in GOLDEN.glob("*.md.py")) == NAMES
    assert len(NAMES) > 30


def test_a_problem_says_what_is_wrong_in_a_sentence():
    for name in NAMES:
        for problem in parse(golden(name)).problems:
            assert problem.message.endswith(".")
            assert problem.arxiv_id in problem.message


@pytest.mark.parametrize("name", NAMES)
def test_only_an_index_table_is_one(name):
    assert is_index_table(golden(name)) == (name == "index-table")


def test_a_table_without_links_is_no_index():
    assert not is_index_table("| Lamp | Light |\n|--|--|\n| Lantern | 40 |\n")


def test_a_record_without_a_link_is_named_by_the_beginning_of_its_title():
    (problem,) = parse(record_text("", title=f"Lamps {'x' * 100}")).problems
    assert problem.message == f"No arXiv link in the record “Lamps {'x' * 74}”."


def test_records_beyond_the_limit_are_left_out_and_that_is_said(monkeypatch):
    monkeypatch.setattr(markdown, "MAX_RECORDS", 2)
    parsed = parse(VALID)
    assert [record.arxiv_id for record in parsed.records] == ["2501.97001", "2501.97002"]
    (problem,) = parsed.problems
    assert problem.code == "too-many"
    assert problem.message == "More than 2 records; those from here on were left out."
    assert VALID.split("\n")[problem.line - 1].startswith("# Bells")


def test_a_line_beyond_the_limit_is_cut_and_that_is_said(monkeypatch):
    monkeypatch.setattr(markdown, "LONGEST_LINE", len("**Abstract**: ") + 100)
    as_long_as_allowed = record_text(abstract="x" * 99)  # a space ends the line
    assert parse(as_long_as_allowed).problems == ()
    parsed = parse(as_long_as_allowed + record_text("2501.98001", abstract="y" * 200))
    assert [record.abstract for record in parsed.records] == ["x" * 99, "y" * 100]
    (problem,) = parsed.problems
    assert (problem.code, problem.line) == ("cut", 22)
    assert problem.message == "This line has 215 characters; 114 were read."


def test_the_records_of_a_digest_are_in_its_order_and_twins_are_told_apart():
    parsed = parse(golden("same-paper-twice"))
    assert [record.arxiv_id for record in parsed.distinct] == ["2501.97022", "2501.97023"]
    assert parsed.distinct[0].title_zh == "小港口的灯笼"


@given(st.text())
@example("")
@example("#")
@example("**Link**:")
def test_no_text_makes_the_parser_raise(text):
    parse(text)


@settings(max_examples=300)
@given(ALMOST_DIGESTS)
@example("---\n**Authors**: A\n**Link**: [PDF](https://arxiv.org/pdf/2501.97001)")
@example("**Link**: [PDF](https://arxiv.org/pdf/2501.97001)")
def test_no_almost_digest_makes_the_parser_raise(text):
    parsed = parse(text)
    for record in parsed.records:
        assert record.arxiv_id
        assert record.title
    lines = text.count("\n") + 1
    assert all(1 <= one.line <= lines for one in (*parsed.records, *parsed.problems))


def test_a_digest_cut_anywhere_keeps_the_records_before_the_cut():
    whole = parse(VALID).records
    assert len(whole) == 3
    ends = [VALID.index("# Lamps and"), VALID.index("# Bells"), len(VALID)]
    spoilt = []
    for cut in range(len(VALID)):
        complete = sum(end <= cut for end in ends)
        if parse(VALID[:cut]).records[:complete] != whole[:complete]:
            spoilt.append(VALID[:cut][-20:])
    assert spoilt == []


@given(st.lists(st.sampled_from(["小灯", "# 标题", "### 说明", "---", "", "**Abstract**: 摘要"])))
def test_nothing_in_a_translation_changes_the_records_around_it(lines):
    before, after = record_text("2501.97001"), record_text("2501.97003", "Bells")
    middle = record_text("2501.97002", abstract_zh="\n".join(["开头", *lines, "结尾"]))
    records = parse(before + middle + after).records
    assert [one.arxiv_id for one in records] == ["2501.97001", "2501.97002", "2501.97003"]
    assert records[0] == parse(before).records[0]
    assert records[2].title == "Bells"


def test_a_digest_of_many_records_is_read_in_a_moment():
    text = "".join(record_text(f"2501.{97000 + number}") for number in range(900))
    assert len(parse(text).records) == 900
