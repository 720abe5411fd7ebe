"""``daily``: every step in order, each reported; what fails does not stop the next."""

import json
from collections.abc import Callable

import pytest
import time_machine
from django.contrib.sessions.models import Session
from django.core.management import call_command
from django.core.management.base import CommandError
from django.utils import timezone

from papers.db.import_lock import ImportRunning
from papers.mail.delivery import MailReport
from papers.management.errors import Stopped
from papers.models import DailyRun, Notice, Paper, Source, TranslationAttempt, TranslationRun
from papers.notifications import senders
from papers.operations import backup_folder, daily, daily_steps
from papers.publishers import follow
from papers.translation.translate import TranslationReport
from tests.publishers.hosts import GitHost

pytestmark = pytest.mark.django_db
STEPS = [
    "fetch",
    "import",
    "translate",
    "mail",
    "terms",
    "related",
    "authors",
    "sessions",
    "backup",
    "notify",
]


@pytest.fixture(autouse=True)
def sent(settings, tmp_path, monkeypatch) -> list[str]:
    """Return the texts that were sent. Backups are a word: a test's transaction allows no more."""
    settings.PUBLISHERS_DIR = tmp_path / "publishers"
    sent: list[str] = []
    monkeypatch.setattr(senders, "send", lambda title, text: sent.append(text) or [])
    monkeypatch.setattr(backup_folder, "back_up", lambda target: target.write_text("whole"))
    return sent


@pytest.fixture
def set_up(settings, tmp_path) -> GitHost:
    """Set up everything but a translator; return the publisher."""
    settings.BACKUP_DIR = str(tmp_path / "copies")
    settings.NOTIFY_URLS = ["json://127.0.0.1"]
    host = GitHost.create(tmp_path / "host")
    host.publish_day("29-Jan-2025", "2501.98001", "2501.98002")
    follow.follow("lanterns", Source.FetchKind.GIT, host.url)
    return host


@pytest.fixture
def run(capsys) -> Callable[..., dict[str, dict]]:
    """Return a function that runs ``daily --json`` and returns what came of each step."""

    def run(at: str = "2025-01-29T08:00:00+08:00", *paths: str, status: int = 0) -> dict:
        capsys.readouterr()
        with time_machine.travel(at, tick=False):
            try:
                call_command("daily", *paths, "--json")
                ended = 0
            except SystemExit as stopped:
                ended = stopped.code
        assert ended == status
        report = json.loads(capsys.readouterr().out)
        assert report["ok"] == (status == 0)
        assert [one["step"] for one in report["steps"]] == STEPS
        return {one["step"]: one for one in report["steps"]}

    return run


def states(steps: dict[str, dict]) -> dict[str, str]:
    return {name: step["state"] for name, step in steps.items()}


def test_without_any_setting_what_is_left_is_done_and_the_rest_says_what_it_lacks(run):
    steps = run()
    skipped = [name for name, state in states(steps).items() if state == "skipped"]
    assert skipped == ["fetch", "translate", "mail", "backup", "notify"]
    assert "BACKUP_DIR" in steps["backup"]["message"]


def test_everything_is_done_once_a_day_and_twice_is_harmless(run, set_up, sent, tmp_path):
    first = run()
    assert set(states(first).values()) == {"done", "skipped"}
    assert first["import"]["message"] == "1 digests, 2 new papers"
    again = run("2025-01-29T20:00:00+08:00")
    once = [name for name in STEPS if again[name]["message"] == "done already today"]
    assert once == ["terms", "authors", "sessions", "backup"]
    assert (Paper.objects.count(), len(list((tmp_path / "copies").iterdir()))) == (2, 1)
    assert [text[:15] for text in sent] == ["29 January 2025"]
    run("2025-01-30T08:00:00+08:00")
    assert len(list((tmp_path / "copies").iterdir())) == 2


def test_further_digests_are_imported_from_paths(run, cast_folder):
    assert (
        "10 new papers" in run("2025-01-29T08:00:00+08:00", str(cast_folder))["import"]["message"]
    )


def test_a_step_that_fails_is_told_once_and_does_not_stop_the_next(run, set_up, sent, monkeypatch):
    def broken(*args):
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as full:
        full.setattr(backup_folder, "back_up", broken)
        for hour in (8, 20):
            steps = run(f"2025-01-29T{hour:02}:00:00+08:00", status=1)
            assert steps["backup"]["state"] == "failed"
            assert "No space left" in steps["backup"]["message"]
            assert steps["notify"]["state"] == "done"
    assert len([text for text in sent if "No space left" in text]) == 1
    assert run("2025-01-30T08:00:00+08:00")["backup"]["state"] == "done"
    assert not Notice.objects.filter(is_open=True).exists()


def test_a_fault_of_ours_is_one_line_and_the_next_step_runs(run, set_up, monkeypatch):
    def faulty(*args):
        raise KeyError("lamp")

    monkeypatch.setattr(daily_steps, "find_alike_authors", faulty)
    steps = run(status=1)
    assert steps["authors"]["message"] == "KeyError: 'lamp'"
    assert steps["backup"]["state"] == "done"


def test_a_host_that_is_gone_and_a_refused_file_are_told(run, set_up, sent, tmp_path):
    run()
    set_up.publish("30-Jan-2025/AI/README.md", "\x00" * 100)
    run("2025-01-30T08:00:00+08:00", status=1)
    set_up.folder.rename(tmp_path / "moved")
    run("2025-01-31T08:00:00+08:00", status=1)
    run("2025-01-31T20:00:00+08:00", status=1)
    _, refused, gone = sent
    assert "30-Jan-2025/AI/README.md" in refused
    assert gone.startswith("lanterns: git fetch failed")


def test_a_run_that_was_killed_is_told_by_the_next(run, set_up, sent):
    run()
    with time_machine.travel("2025-01-29T09:00:00+08:00"):
        DailyRun.objects.create()
    run("2025-01-29T10:00:00+08:00")
    run("2025-01-29T12:00:00+08:00")
    assert [text for text in sent if "did not reach its end" in text] == [
        "A daily run of 29 January 2025, 09:00 did not reach its end."
    ]


def test_messages_that_cannot_be_sent_come_with_the_next_run(run, set_up, sent, monkeypatch):
    def nobody(title, text):
        raise senders.CannotSend("No message could be sent by JSON.")

    set_up.publish("29-Jan-2025/AI/README.md", "\x00" * 100)
    with monkeypatch.context() as offline:
        offline.setattr(senders, "send", nobody)
        assert run(status=1)["notify"]["message"] == "No message could be sent by JSON."
    run("2025-01-29T20:00:00+08:00")
    assert len(sent) == 2


def test_one_told_to_stop_keeps_what_was_done(set_up, monkeypatch):
    def told_to_stop(day):
        raise Stopped(15)

    monkeypatch.setattr(daily_steps, "find_alike_authors", lambda: told_to_stop(None))
    with pytest.raises(CommandError, match="run the command again") as stopped:
        call_command("daily")
    assert stopped.value.returncode == 143
    run = DailyRun.objects.get()
    assert (run.state, run.steps[-1]["step"]) == ("failed", "related")


def test_a_second_run_says_that_one_is_at_work(monkeypatch):
    class Busy:
        def __enter__(self):
            raise ImportRunning("Another daily run is running.")

        def __exit__(self, *error):
            """Never entered."""

    monkeypatch.setattr(daily, "daily_lock", Busy)
    with pytest.raises(CommandError, match="Another daily run"):
        call_command("daily")


def test_old_sessions_are_removed(run):
    Session.objects.create(session_key="old", expire_date=timezone.now().replace(year=2020))
    run()
    assert not Session.objects.exists()


def test_each_step_is_a_line_with_its_time_for_people(set_up, capsys):
    call_command("daily")
    lines = capsys.readouterr().out.splitlines()
    assert [line.split()[0] for line in lines] == STEPS
    assert all(" s  " in line for line in lines)


def test_the_translator_is_asked_for_what_is_left_of_the_day(
    run, small_site, settings, monkeypatch
):
    settings.TRANSLATOR_URL, settings.TRANSLATOR_MODEL = "http://127.0.0.1:1/v1", "lamp"
    settings.TRANSLATOR_DAILY = 2
    asked: list[int | None] = []

    def translate(selection, translator, limits):
        asked.append(limits.papers)
        its_run = TranslationRun.objects.create(model="lamp", host="127.0.0.1", prompt=1)
        paper = Paper.objects.first()
        TranslationAttempt.objects.create(paper=paper, run=its_run, state="accepted")
        return TranslationReport(papers=1)

    monkeypatch.setattr(daily_steps, "translate", translate)
    found = [run(f"2025-01-29T{hour:02}:00:00+08:00")["translate"] for hour in (8, 12, 16)]
    assert asked == [2, 1]
    assert [one["state"] for one in found] == ["done", "done", "skipped"]
    run("2025-01-30T08:00:00+08:00")
    assert asked == [2, 1, 2]


def test_another_translation_run_is_no_fault(run, settings, monkeypatch):
    settings.TRANSLATOR_URL, settings.TRANSLATOR_MODEL = "http://127.0.0.1:1/v1", "lamp"

    def busy(*args):
        raise ImportRunning("Another translation run is running.")

    monkeypatch.setattr(daily_steps, "translate", busy)
    assert run()["translate"]["state"] == "skipped"


def test_lists_by_mail_go_out_from_the_hour_that_is_set(run, settings, monkeypatch):
    asked: list[bool] = []

    def send_all(today, lists_too: bool) -> MailReport:
        asked.append(lists_too)
        return MailReport(sent=3, refused=1)

    monkeypatch.setattr(daily_steps, "send_all", send_all)
    settings.MAIL_LISTS, settings.MAIL_HOUR = True, 12
    said = run("2025-01-29T11:59:00+08:00")["mail"]["message"]
    run("2025-01-29T12:00:00+08:00")
    assert asked == [False, True]
    assert said == "3 messages, 1 refused by the mail server"


@pytest.mark.parametrize(
    ("report", "said"),
    [
        (MailReport(stopped="ConnectionRefusedError."), "cannot be used: ConnectionRefusedError."),
        (MailReport(refused=2), "refuses every message: 2 refused"),
    ],
)
def test_a_mail_server_that_takes_nothing_fails_the_step(run, settings, monkeypatch, report, said):
    monkeypatch.setattr(daily_steps, "send_all", lambda today, lists_too: report)
    settings.MAIL_LISTS = True
    assert said in run(status=1)["mail"]["message"]
