"""``import_digests`` as an operator sees it: a line for each problem, and an exit status."""

import io
import json
import os
import sys
from functools import partial

import pytest

from papers.management.commands import import_digests
from papers.management.progress import progress_bar
from papers.models import Digest, ImportProblem, ImportRun, Paper
from tests import cast
from tests.support import record_text

pytestmark = pytest.mark.django_db

RAG = "daily/29-Jan-2025/topic/RAG_related_papers.md"


@pytest.fixture
def command(capsys, monkeypatch):
    """Runs the command as ``manage.py`` does: ``status, out, err = command(path, "--strict")``."""

    def command(*arguments) -> tuple[int, str, str]:
        status = 0
        try:
            line = ["manage.py", "import_digests", *map(str, arguments)]
            import_digests.Command().run_from_argv(line)
        except SystemExit as stopped:
            status = stopped.code
        captured = capsys.readouterr()
        assert "Traceback" not in captured.err
        return status, captured.out, captured.err

    # The command closes its connections when it ends; the test's is needed longer.
    monkeypatch.setattr("django.core.management.base.connections.close_all", lambda: None)
    return command


@pytest.fixture
def write(tmp_path):
    """Writes a file into the test's folder: ``write(RAG, "text or bytes")``."""

    def write(place: str, content: str | bytes = ""):
        file = tmp_path / place
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content if isinstance(content, bytes) else content.encode())
        return file

    return write


@pytest.fixture
def calm_folder(cast_folder):
    """The cast, with one publisher's English of each paper: there is nothing to report."""
    (elsewhere,) = cast_folder.glob("harbour-robots/29-Jan-2025/topic/RO_related_papers.md")
    elsewhere.write_text(elsewhere.read_text("utf-8").replace(", Revised", ""), "utf-8")
    return cast_folder


# --- When all is well


def test_it_says_what_it_did(command, calm_folder):
    status, out, err = command(calm_folder)
    assert (status, err) == (0, "")
    assert "8 digests with papers, 1 empty, 0 files skipped" in out
    assert "15 records (0 repeats) of 10 papers: 10 new, 0 updated, 0 unchanged" in out


def test_again_it_says_that_nothing_changed(command, calm_folder):
    command(calm_folder)
    status, out, err = command(calm_folder)
    assert (status, err) == (0, "")
    assert "10 papers: 0 new, 0 updated, 10 unchanged" in out


def test_tables_of_links_twins_and_other_texts_are_passed_over(command, write, tmp_path):
    write(RAG, record_text())
    write("daily/29-Jan-2025/README.md", "| Subject | Link |\n|--|--|\n| AI | [Link](AI) |\n")
    write("daily/29-Jan-2025/LLM/README.md", "| Date | Link |\n|--|--|\n| 29 | [Link](x) |\n")
    write("daily/29-Jan-2025/topic/RAG_related_papers.jsonl", "{'arxiv_id': 'x'}\n")
    write("daily/CONTRIBUTING.md", "# How to help\n\nWrite to us.\n")
    status, out, err = command(tmp_path)
    assert (status, err) == (0, "")
    assert "1 digests with papers, 0 empty, 4 files skipped" in out


def test_options_win_over_the_path(command, write):
    file = write("daily/29-Jan-2025/AI/README.md", record_text())
    status, *_ = command(file, "--source", "mine", "--date", "2025-02-24", "--topic", "cs.RO")
    digest = Digest.objects.get()
    assert status == 0
    assert (digest.source.name, str(digest.date), digest.topic.slug) == (
        "mine",
        "2025-02-24",
        "cs-ro",
    )


def test_options_place_a_digest_whose_path_says_nothing(command, write):
    file = write("downloaded.txt", record_text())
    assert command(file, "--source", "mine", "--date", "29-Jan-2025", "--topic", "RAG")[0] == 0
    assert Digest.objects.get().topic.slug == "rag"


def test_a_dry_run_says_so_and_writes_nothing(command, cast_folder):
    status, out, _ = command(cast_folder, "--dry-run")
    assert status == 0
    assert out.startswith("Nothing was written (--dry-run). ")
    assert "10 new" in out
    assert not Digest.objects.exists()


def test_the_report_is_json_that_keeps_chinese_readable(command, write, tmp_path):
    file = write(RAG, record_text() + record_text(title="灯").replace("**Link**", "**Gone**"))
    report = tmp_path / "report.json"
    assert command(file, "--report", report)[0] == 0
    written = json.loads(report.read_text("utf-8"))
    assert (written["digests"], written["records"], written["papers_created"]) == (1, 1, 1)
    (problem,) = written["problems"]
    assert (problem["file"], problem["line"], problem["code"]) == (str(file), 14, "no-link")
    assert "灯" in report.read_text("utf-8")


def test_the_report_and_what_the_site_keeps_of_the_run_are_the_same(command, write, tmp_path):
    write(RAG, record_text() + record_text(title="Lost").replace("**Link**", "**Gone**"))
    write("daily/29-Jan-2025/AI/README.md", "\x00")
    file = tmp_path / "report.json"
    assert command(tmp_path, tmp_path / "nowhere", "--report", file)[0] == 1
    report = json.loads(file.read_text("utf-8"))
    run = ImportRun.objects.get()
    assert run.counts == {name: report[name] for name in run.counts}
    assert set(report) - set(run.counts) == {"problems", "seconds"}
    fields = ("file", "line", "arxiv_id", "code", "message")
    kept = ImportProblem.objects.order_by("pk").values(*fields)
    assert [one | {"arxiv_id": one["arxiv_id"] or None} for one in kept] == report["problems"]
    assert len(report["problems"]) == 3


# --- Problems


def test_a_problem_is_reported_and_only_strict_makes_it_a_failure(command, write):
    file = write(RAG, record_text() + record_text(title="Lost").replace("**Link**", "**Gone**"))
    status, out, err = command(file)
    assert status == 0
    assert err.startswith(f"{file}:14: ")
    assert err.count("\n") == 1
    assert f"1 no-link        such as {file}:14\n" in out
    assert Paper.objects.count() == 1
    assert command(file, "--strict")[0] == 1


def test_strict_is_content_with_digests_without_problems(command, calm_folder):
    assert command(calm_folder, "--strict")[0] == 0


GARBAGE = "<html><title>429 Too Many Requests</title></html>\n"
REFUSED = {
    "a binary file": (RAG, b"\x89PNG\r\n\x1a\n\x00\x00", "not a text file"),
    "a file in GBK": (RAG, "# 灯".encode("gbk"), "Byte 2 is not UTF-8; save the file as UTF-8"),
    "an empty file of nowhere": ("x/empty.md", "", "give --source NAME --date YYYY-MM-DD --topic"),
    "a digest of nowhere": ("x/digest.md", record_text(), "Which source and date and topic"),
    "a digest of no day": (
        "daily/someday/topic/RAG_related_papers.md",
        record_text(),
        "give --source NAME --date YYYY-MM-DD",
    ),
    "a digest of an impossible day": (
        "daily/31-Feb-2025/topic/RAG_related_papers.md",
        record_text(),
        "give --source NAME --date YYYY-MM-DD",
    ),
    "a digest of the future": (
        "daily/01-Jan-2999/topic/RAG_related_papers.md",
        record_text(),
        "The date 2999-01-01 is after tomorrow; correct it or give --date",
    ),
    "an error page at a digest's place": (RAG, GARBAGE, "Fetch the file again."),
}


@pytest.mark.parametrize("case", REFUSED)
def test_a_file_that_cannot_be_taken_is_refused_in_one_line(command, write, case):
    place, content, advice = REFUSED[case]
    file = write(place, content)
    sound = write("daily/29-Jan-2025/AI/README.md", record_text())
    status, out, err = command(file, sound)
    assert status == 1
    assert err.startswith(f"{file}:")
    assert err.count("\n") == 1
    assert advice in err
    assert "1 digests with papers" in out  # the other one
    assert Digest.objects.get().file == str(sound)


@pytest.mark.parametrize("name", ["nowhere.md", "a" * 300])
def test_a_missing_path_fails_and_the_others_are_imported(command, write, tmp_path, name):
    missing = tmp_path / name
    status, _, err = command(missing, write(RAG, record_text()))
    assert (status, err) == (1, f"{missing}: There is no such file or folder; correct the path.\n")
    assert Paper.objects.count() == 1


def test_a_file_that_cannot_be_read_fails(command, tmp_path, write):
    link = write(RAG, record_text()).with_name("Agent_related_papers.md")
    link.symlink_to("nothing")
    status, _, err = command(tmp_path)
    assert status == 1
    assert err.startswith(f"{link}: ")
    assert err.count("\n") == 1
    assert Paper.objects.count() == 1


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_a_file_without_permission_fails(command, write):
    file = write(RAG, record_text())
    file.chmod(0)
    assert command(file)[0] == 1


# --- Wrong usage


@pytest.mark.parametrize(
    ("arguments", "complaint"),
    [
        ([], "PATH"),
        (["x", "--date", "yesterday"], "'yesterday' is not a date such as 2025-01-29"),
        (["x", "--date", "2025-02-30"], "'2025-02-30' is not a date"),
        (["x", "--date"], "--date"),
        (["x", "--wait", "long"], "--wait"),
        (["x", "--colour", "red"], "--colour"),
    ],
)
def test_wrong_usage_has_status_2_and_says_what_is_wrong(command, arguments, complaint):
    status, out, err = command(*arguments)
    assert (status, out) == (2, "")
    assert complaint in err.splitlines()[-1]


def test_a_report_that_cannot_be_written_fails_in_one_line(command, calm_folder, tmp_path):
    report = tmp_path / "nowhere" / "report.json"
    status, _, err = command(calm_folder, "--report", report)
    assert status == 1
    assert f"--report {report}: cannot be written" in err
    assert err.count("\n") == 1


# --- Progress


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


@pytest.mark.parametrize(("stream", "shown"), [(Terminal, True), (io.StringIO, False)])
def test_a_bar_shows_progress_on_a_terminal_and_not_in_a_pipe(
    command, calm_folder, monkeypatch, stream, shown
):
    at_once = partial(progress_bar, delay=0, mininterval=0)
    monkeypatch.setattr(import_digests, "progress_bar", at_once)
    monkeypatch.setattr(sys, "stderr", stream())
    command(calm_folder)
    assert ("/9 [" in sys.stderr.getvalue()) is shown
    assert shown or sys.stderr.getvalue() == ""


def test_the_cast_is_what_it_says(small_site):
    assert set(Paper.objects.values_list("arxiv_id", flat=True)) == set(cast.RECORDS)
    states = dict(Paper.objects.values_list("arxiv_id", "zh_state"))
    assert states[cast.WITHOUT_CHINESE] == "missing"
    suspects = {arxiv_id for arxiv_id, state in states.items() if state == "suspect"}
    assert suspects == {cast.TOO_SHORT, cast.EXPLAINED}
    assert Paper.objects.get(arxiv_id=cast.EXPLAINED).title_zh == "作为世界模型的茶壶"
