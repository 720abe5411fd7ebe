"""The import: records become rows, once, completely, in any order, with a report."""

import datetime
import hashlib
from itertools import permutations

import pytest

from papers.models import Appearance, Author, Digest, ImportProblem, ImportRun, Paper, Translation
from tests.importing.conftest import (
    LAMP,
    ROBOTICS_CATEGORY,
    ROBOTICS_THEME,
    all_rows,
    as_json,
    canonical_dump,
    importing,
    lamp,
    left_by,
)
from tests.support import record_text

pytestmark = pytest.mark.django_db

OTHER = "2501.98001"
WITHOUT_LINK = record_text(title="No Way to This Paper").replace("**Link**", "**Nothing**")
LONG_ABSTRACT = "We light lamps and count shadows. " * 20


def printed_names() -> list[str]:
    return list(lamp().authorships.order_by("position").values_list("name", flat=True))


# --- Running twice


@pytest.fixture
def folder(digest, tmp_path):
    """Three digests of two publishers with all that makes rows, and an empty one."""
    digest(record_text(), record_text(OTHER, authors=["Bo Muster", "Yi Ma"]))
    digest(record_text(title="Lamps, Revised", title_zh="灯，修订"), day="2025-01-30")
    digest(record_text(OTHER, abstract_zh=""), source="shades", place=ROBOTICS_CATEGORY)
    digest(source="shades")
    return tmp_path


def test_a_second_run_changes_no_row(folder):
    first = importing(folder)
    assert (first.counts["papers_created"], first.digests, first.digests_empty) == (2, 3, 1)
    before = all_rows()
    assert all(before[table] for table in ("Paper", "Appearance", "Translation", "PaperTopic"))
    second = importing(folder)
    assert all_rows() == before
    assert (second.counts["papers_created"], second.counts["papers_updated"]) == (0, 0)
    assert second.counts["papers_unchanged"] == 2
    totals = ("digests", "digests_empty", "records", "repeats", "passed_over")
    assert [second.counts[name] for name in totals] == [first.counts[name] for name in totals]


def test_a_digest_with_a_problem_is_read_again_and_still_changes_nothing_readers_see(digest):
    path = digest(record_text(), WITHOUT_LINK)
    importing(path)
    before = canonical_dump()
    again = importing(path)
    assert canonical_dump() == before
    assert [problem.code for _, problem in again.problems] == ["no-link"]
    assert again.counts["papers_unchanged"] == 1


# --- In any order


def same_paper_in_two_days(digest):
    yield digest(record_text())
    yield digest(record_text(title="Lamps, Revised", title_zh="灯，修订"), day="2025-01-30")


def two_publishers_of_one_day(digest):
    yield digest(record_text(abstract="One abstract.", abstract_zh="一个摘要。"))
    yield digest(record_text(abstract="Two abstracts.", abstract_zh="两个摘要。"), source="shades")


def three_days_and_a_faulty_translation(digest):
    yield digest(record_text(title_zh="第一个标题"), day="2025-01-29")
    yield digest(record_text(title_zh="Lamps for Dark Corpora"), day="2025-01-30")
    yield digest(record_text(OTHER), record_text(title_zh="第三个标题"), day="2025-01-28")


def author_lists_that_differ(digest):
    yield digest(record_text(authors=["Ada Example", "Old Writer"]))
    yield digest(record_text(authors=["Ada Example", "New Writer"]), day="2025-01-30")


def author_names_printed_differently(digest):
    yield digest(record_text(authors=["Ada Example"]))
    yield digest(record_text(OTHER, authors=["ADA EXAMPLE"]), day="2025-01-30")


def one_translation_of_a_short_and_of_a_long_abstract(digest):
    yield digest(
        record_text(abstract="Short.", abstract_zh="短短的摘要：我们点起一盏灯，并且数影子。")
    )
    yield digest(
        record_text(abstract=LONG_ABSTRACT, abstract_zh="短短的摘要：我们点起一盏灯，并且数影子。"),
        day="2025-01-30",
    )


def topics_that_are_spelt_differently(digest):
    yield digest(record_text(), place="topic/Tool_Use_related_papers.md")
    yield digest(record_text(), place="topic/TOOL_use_related_papers.md", day="2025-01-30")


def publishers_whose_names_differ_in_case(digest):
    yield digest(record_text(), source="Lamps")
    yield digest(record_text(), source="LAMPS")


@pytest.mark.parametrize(
    "written",
    [
        same_paper_in_two_days,
        two_publishers_of_one_day,
        three_days_and_a_faulty_translation,
        author_lists_that_differ,
        author_names_printed_differently,
        one_translation_of_a_short_and_of_a_long_abstract,
        topics_that_are_spelt_differently,
        publishers_whose_names_differ_in_case,
    ],
)
def test_the_order_of_import_does_not_matter(digest, written):
    paths = list(written(digest))
    runs = [[lambda path=path: importing(path) for path in order] for order in permutations(paths)]
    first, *others = [left_by(*run) for run in runs]
    assert len(first["Digest"]) == len(paths)
    assert all(other == first for other in others)


def test_one_run_of_many_digests_leaves_what_many_runs_leave(digest):
    paths = list(three_days_and_a_faulty_translation(digest))
    one_run = left_by(lambda: importing(*paths))
    assert one_run == left_by(*[lambda path=path: importing(path) for path in paths])


def test_it_does_not_matter_how_many_digests_a_transaction_holds(folder, monkeypatch):
    at_once = left_by(lambda: importing(folder))
    monkeypatch.setattr("papers.importing.batches.BYTES", 1)
    assert left_by(lambda: importing(folder)) == at_once


def test_problems_are_reported_in_the_order_of_the_files(digest, tmp_path):
    digest(record_text(), WITHOUT_LINK, day="2025-01-27")
    digest("no digest", day="2025-01-28")
    digest(record_text(), WITHOUT_LINK, day="2025-01-29")
    codes = [problem.code for _, problem in importing(tmp_path).problems]
    assert codes == ["no-link", "no-records", "no-link"]


def test_the_same_digest_in_two_files_is_refused_whether_in_one_transaction_or_two(
    digest, monkeypatch
):
    paths = [
        digest(record_text()),
        digest(record_text(OTHER), source="a copy/lamps"),
    ]
    for size in (10**6, 1):
        monkeypatch.setattr("papers.importing.batches.BYTES", size)
        report = importing(*paths)
        assert [(file, one.code) for file, one in report.problems] == [(paths[1], "same-digest")]
        assert paths[0] in report.problems[0][1].message
        assert Paper.objects.get().arxiv_id == LAMP


# --- A digest that changes


def test_a_changed_digest_updates_its_papers(digest):
    importing(digest(record_text(), record_text(OTHER)))
    path = digest(record_text(title="Brighter Lamps", title_zh="更亮的灯"), record_text(OTHER))
    report = importing(path)
    assert (lamp().title_en, lamp().title_zh) == ("Brighter Lamps", "更亮的灯")
    counts = report.counts
    assert (counts["papers_created"], counts["papers_updated"]) == (0, 1)
    assert counts["papers_unchanged"] == 1
    assert Digest.objects.count() == 1


def test_a_reissued_digest_withdraws_the_papers_it_no_longer_holds(digest):
    importing(digest(record_text(), record_text(OTHER)))
    importing(digest(record_text(OTHER)))
    withdrawn = dict(Appearance.objects.values_list("paper__arxiv_id", "withdrawn"))
    assert withdrawn == {LAMP: True, OTHER: False}
    assert Paper.objects.count() == 2
    texts = lamp().translations.all()
    assert len(texts) == 2
    assert not any(text.digests.exists() for text in texts)


def test_a_reissue_that_brings_a_paper_back_leaves_what_the_first_issue_left(digest):
    first = importing(digest(record_text(), record_text(OTHER)))
    before = canonical_dump()
    importing(digest(record_text(OTHER)))
    assert canonical_dump() != before
    importing(digest(record_text(), record_text(OTHER)))
    assert canonical_dump() == before
    assert first.counts["papers_created"] == 2


def test_a_text_that_a_reissue_replaced_is_kept_and_no_longer_shown(digest):
    importing(digest(record_text(title_zh="旧的标题")))
    importing(digest(record_text(title_zh="新的标题")))
    titles = Translation.objects.filter(field="title")
    assert {(one.text, one.chosen, one.digests.count()) for one in titles} == {
        ("旧的标题", False, 0),
        ("新的标题", True, 1),
    }
    assert lamp().title_zh == "新的标题"


def test_a_reissue_without_records_withdraws_all(digest):
    importing(digest(record_text()))
    report = importing(digest())
    assert (report.digests, report.digests_empty) == (0, 1)
    assert Digest.objects.get().is_empty
    assert Appearance.objects.get().withdrawn


# --- What one digest may hold


def test_a_paper_that_comes_twice_in_a_digest_is_a_repeat_and_no_problem(digest):
    report = importing(
        digest(record_text(title_zh="第一个标题"), record_text(title_zh="第二个标题"))
    )
    assert report.problems == []
    counts = report.counts
    assert (counts["records"], counts["repeats"], counts["papers_created"]) == (2, 1, 1)
    assert Appearance.objects.count() == 1
    titles = Translation.objects.filter(field="title")
    assert set(titles.values_list("text", flat=True)) == {"第一个标题", "第二个标题"}
    assert titles.filter(chosen=True).count() == 1


def test_an_empty_digest_is_stored(digest):
    report = importing(digest())
    stored = Digest.objects.get()
    assert (stored.is_empty, str(stored.date), stored.topic.slug) == (True, "2025-01-29", "rag")
    assert (report.digests, report.digests_empty, report.problems) == (0, 1, [])


def test_the_category_and_the_theme_of_one_name_and_day_are_two_digests(digest, client):
    importing(
        digest(record_text(), place=ROBOTICS_CATEGORY),
        digest(record_text(OTHER), place=ROBOTICS_THEME),
    )
    topics = {one.topic.slug: one.topic.kind for one in Digest.objects.select_related("topic")}
    assert topics == {"cs-ro": "category", "ro": "theme"}
    shown = client.get("/days/2025-01-29/cs-ro/").content.decode()
    assert LAMP in shown
    assert OTHER not in shown


def test_positions_follow_the_file(digest):
    importing(digest(record_text(OTHER), record_text()))
    places = Appearance.objects.order_by("position").values_list("position", "paper__arxiv_id")
    assert list(places) == [(1, OTHER), (2, LAMP)]


# --- Authors


def test_authors_are_printed_in_their_order_with_stable_keys(digest):
    importing(digest(record_text(authors=["Yi Ma", "Ada Example"])))
    assert printed_names() == ["Yi Ma", "Ada Example"]
    expected = f"yi-ma-{hashlib.sha256(b'yi ma').hexdigest()[:6]}"
    assert Author.objects.get(name="Yi Ma").key == expected


def test_one_author_printed_in_two_ways_is_one_author(digest):
    importing(digest(record_text(authors=["Yi Ma"]), record_text(OTHER, authors=["YI  MA"])))
    author = Author.objects.get()
    assert author.paper_count == 2
    assert set(author.authorships.values_list("name", flat=True)) == {"Yi Ma", "YI MA"}


def test_a_changed_list_of_authors_is_rewritten_and_counted(digest):
    importing(digest(record_text(authors=["Ada Example", "Bo Muster"]), record_text(OTHER)))
    importing(digest(record_text(authors=["Cy Newcomer", "Ada Example"]), record_text(OTHER)))
    assert printed_names() == ["Cy Newcomer", "Ada Example"]
    counts = dict(Author.objects.published().values_list("name", "paper_count"))
    assert counts == {"Ada Example": 2, "Bo Muster": 1, "Cy Newcomer": 1}
    assert lamp().card["authors"][0][0] == "Cy Newcomer"


# --- When something breaks


class Broken(Exception):
    pass


@pytest.fixture
def breaks_at_the_third(monkeypatch):
    from papers.importing import batches, writer

    settle, calls = writer.reconcile, []

    def breaking(papers, known):
        calls.append(papers)
        if len(calls) == 3:
            raise Broken
        return settle(papers, known)

    monkeypatch.setattr(writer, "reconcile", breaking)
    monkeypatch.setattr(batches, "BYTES", 1)  # one transaction for each digest


@pytest.fixture
def four_days(digest):
    return [
        digest(record_text(), record_text(f"2501.9801{n}"), day=f"2025-01-2{n}") for n in range(4)
    ]


def test_a_run_that_breaks_leaves_whole_digests_and_nothing_of_the_one_it_broke_at(
    four_days, request
):
    expected = left_by(lambda: importing(*four_days[:2]))
    request.getfixturevalue("breaks_at_the_third")
    with pytest.raises(Broken):
        importing(*four_days)
    assert canonical_dump() == expected
    assert Digest.objects.count() == 2


@pytest.mark.usefixtures("breaks_at_the_third")
def test_a_run_that_breaks_says_so_with_what_it_did(four_days):
    with pytest.raises(Broken):
        importing(*four_days)
    run = ImportRun.objects.get()
    assert run.state == ImportRun.State.FAILED
    assert run.finished is not None
    assert (run.counts["digests"], run.counts["papers_created"]) == (2, 3)


def test_the_next_run_finishes_what_a_broken_one_began(four_days, monkeypatch):
    expected = left_by(lambda: importing(*four_days))
    with monkeypatch.context() as patched:
        patched.setattr("papers.importing.writer.reconcile", _breaking)
        with pytest.raises(Broken):
            importing(*four_days)
    importing(*four_days)
    assert canonical_dump() == expected


def _breaking(papers, known):
    raise Broken


# --- Dry runs


def test_a_dry_run_writes_nothing_and_reports_what_a_run_would(digest):
    importing(digest(record_text()))
    runs, before = ImportRun.objects.count(), all_rows()
    paths = [digest(record_text(title="Changed"), WITHOUT_LINK), digest(source="shades")]
    paths.append(digest(record_text(OTHER), day="2025-01-30"))
    dry = importing(*paths, "nowhere.md", dry_run=True)
    assert all_rows() == before
    assert (ImportRun.objects.count(), ImportProblem.objects.count()) == (runs, 0)
    wet = importing(*paths, "nowhere.md")
    assert as_json(wet) | {"seconds": 0} == as_json(dry) | {"seconds": 0}
    assert (wet.counts["papers_created"], wet.counts["papers_updated"]) == (1, 1)


# --- The report


def test_the_report_has_the_keys_that_programs_read(digest):
    report = as_json(importing(digest(record_text(), WITHOUT_LINK), "nowhere.md"))
    numbers = ["digests", "digests_empty", "records", "repeats", "papers_created"]
    numbers += ["papers_updated", "papers_unchanged", "passed_over"]
    assert list(report) == [*numbers, "problems", "seconds"]
    assert all(type(report[name]) is int for name in numbers)
    assert type(report["seconds"]) is float
    assert len(report["problems"]) == 2
    for problem in report["problems"]:
        assert list(problem) == ["file", "line", "arxiv_id", "code", "message"]
        assert all(type(problem[name]) is str for name in ("file", "code", "message"))
    lines = {problem["code"]: problem["line"] for problem in report["problems"]}
    assert lines == {"missing": None, "no-link": record_text().count("\n") + 1}


def test_a_paper_counts_once_a_run(digest):
    paths = [digest(record_text(), day=day) for day in ("2025-01-29", "2025-01-30")]
    counts = importing(*paths).counts
    assert (counts["digests"], counts["records"]) == (2, 2)
    kinds = ("papers_created", "papers_updated", "papers_unchanged")
    assert [counts[kind] for kind in kinds] == [1, 0, 0]


def test_a_run_and_its_problems_are_kept_as_they_were_reported(digest):
    paths = [digest(record_text(), WITHOUT_LINK), "nowhere.md"]
    report = importing(*paths)
    run = ImportRun.objects.get()
    assert (run.state, run.paths, run.counts) == (ImportRun.State.DONE, paths, report.counts)
    kept = [
        (one.file, one.line, one.arxiv_id, one.code, one.message)
        for one in ImportProblem.objects.filter(run=run).order_by("pk")
    ]
    assert len(kept) == 2
    assert kept == [
        (file, one.line, one.arxiv_id, one.code, one.message) for file, one in report.problems
    ]


def test_a_refused_file_does_not_stop_the_others(digest, tmp_path):
    refused = tmp_path / "lamps" / "2025-01-29" / "topic" / "Agent_related_papers.md"
    path = digest(record_text())
    refused.write_bytes(b"\x00\x01")
    report = importing(tmp_path)
    assert path != str(refused)
    assert report.refused_files == 1
    assert Paper.objects.get().arxiv_id == LAMP


def test_tomorrow_is_imported_and_the_day_after_is_refused(digest):
    paths = [digest(record_text(), day="2025-01-30"), digest(record_text(), day="2025-01-31")]
    report = importing(*paths, today=datetime.date(2025, 1, 29))
    assert [problem.code for _, problem in report.problems] == ["future"]
    assert [str(one.date) for one in Digest.objects.all()] == ["2025-01-30"]


# --- Days and papers that cannot be


@pytest.mark.parametrize("day", ["1000-01-01", "1990-12-31"])
def test_a_day_before_arxiv_is_refused(digest, day):
    report = importing(digest(record_text(), day=day))
    assert [problem.code for _, problem in report.problems] == ["past"]
    assert not Digest.objects.exists()


def test_a_paper_is_not_older_than_its_number(digest):
    paths = [
        digest(record_text(), record_text("2502.98000"), day="2025-01-30"),
        digest(record_text(), record_text("2502.98001"), day="2025-01-31"),
    ]
    report = importing(*paths)
    assert [(one.arxiv_id, one.code) for _, one in report.problems] == [("2502.98000", "too-early")]
    assert set(Paper.objects.values_list("arxiv_id", flat=True)) == {LAMP, "2502.98001"}


def test_a_digest_before_all_of_its_papers_is_refused_and_takes_nothing_back(digest):
    importing(digest(day="2005-01-01"), digest(record_text()))
    before = canonical_dump()
    report = importing(digest(record_text(), record_text(OTHER), day="2005-01-01"))
    assert [problem.code for _, problem in report.problems] == ["too-early"]
    assert report.refused_files == 1
    assert canonical_dump() == before


IMPOSSIBLE = [
    *("2513.66610", "2500.12345", "9999.99999", "2501.1716", "1412.12345", "0703.0001"),
    *("2501.17161v0", "2501.17161v99999", "cs/0113001", "cs/0704001", "cs/9013001"),
    *("evil/0112017", "stat/0112017", "hep-xx/9912001"),
]


@pytest.mark.parametrize("arxiv_id", IMPOSSIBLE)
def test_a_number_that_arxiv_cannot_give_names_no_paper(digest, arxiv_id):
    report = importing(digest(record_text(), record_text(arxiv_id)))
    assert [problem.code for _, problem in report.problems] == ["no-link"]
    assert Paper.objects.get().arxiv_id == LAMP


@pytest.mark.parametrize(
    "arxiv_id",
    ["0704.0001", "1412.9999", "1501.00001", "cs/0112017", "math.GT/0309136", "cmp-lg/9404001"],
)
def test_a_number_of_any_age_names_its_paper(digest, arxiv_id):
    importing(digest(record_text(arxiv_id)))
    assert Paper.objects.get().arxiv_id == arxiv_id
