"""The report of a run lists its papers and problems, and stays small for large runs."""

import json
import tracemalloc

import pytest

from papers.digests.errors import Problem
from papers.importing.report import CREATED, SEEN, UPDATED, ImportReport


@pytest.fixture
def report():
    return ImportReport()


def test_a_paper_is_counted_once_and_as_new_before_anything_else(report):
    report.papers.add([1, 2, 3, 10**9], SEEN)
    report.papers.add([1, 3], SEEN)
    report.papers.add([1], CREATED)
    report.papers.add([1, 2], UPDATED)
    counts = report.counts
    kinds = ("papers_created", "papers_updated", "papers_unchanged")
    assert [counts[kind] for kind in kinds] == [1, 1, 2]


def test_the_summary_has_the_ten_commonest_problems_with_an_example_of_each(report):
    for number in range(12):
        for line in range(1, 15 - number):
            report.problem_log.add(f"{number}.md", Problem(f"code-{number}", "Wrong.", line + 6))
    summary = report.as_text().splitlines()
    assert summary[2] == "Problems: 102, most common first"
    assert summary[3].split() == ["14", "code-0", "such", "as", "0.md:7"]
    assert len(summary) == 3 + 10


def test_a_run_without_problems_says_nothing_of_problems(report):
    assert "problem" not in report.as_text().lower()


@pytest.mark.parametrize("number", [0, 1, 3])
def test_what_is_written_to_a_file_is_the_report(report, number):
    for line in range(number):
        report.problem_log.add("灯.md", Problem("no-link", "No “link”\nat all.", line or None))
    written = json.loads("".join(report.json_lines()))
    assert {name: written[name] for name in report.counts} == report.counts
    assert [one["line"] for one in written["problems"]] == [None, 1, 2][:number]


def test_it_stays_small_with_many_papers_and_problems(report):
    tracemalloc.start()
    report.papers.add(range(200_000), SEEN)
    for line in range(6_000):
        report.problem_log.add("lamps/2025-01-29/AI/README.md", Problem("cut", "x" * 300, line))
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert report.counts["papers_unchanged"] == 200_000
    assert sum(1 for _ in report.problem_log) == len(report.problem_log) == 6_000
    assert peak < 5 * 2**20
