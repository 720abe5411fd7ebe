"""A folder of backups: the newest stay, and nothing but our own older ones is removed."""

from pathlib import Path

import pytest
import time_machine
from django.core.management import call_command
from django.core.management.base import CommandError

from papers.operations import backup_folder
from papers.operations.backup_folder import back_up_into, backups_in
from papers.operations.errors import NoBackup

MINE = ["notes.txt", "duizhao.sqlite3", "duizhao-20250101-000000.sqlite3.gz", "duizhao-2025.dump"]


@pytest.fixture(autouse=True)
def written(monkeypatch) -> None:
    """Write a word instead of a database, which a test's transaction does not allow."""
    monkeypatch.setattr(backup_folder, "back_up", lambda target: target.write_text("whole"))


def back_up_on(day: int, folder: Path, keep: int) -> Path:
    with time_machine.travel(f"2025-01-{day:02}T03:00:00+00:00", tick=False):
        return back_up_into(folder, keep)


def test_the_newest_stay_and_other_files_are_left_alone(tmp_path):
    for name in MINE:
        (tmp_path / name).write_text("mine")
    (tmp_path / "duizhao-20240101-000000.sqlite3").mkdir()
    (tmp_path / "duizhao-20240102-000000.sqlite3").symlink_to(tmp_path / "notes.txt")
    made = [back_up_on(day, tmp_path, keep=3) for day in range(1, 8)]
    assert backups_in(tmp_path) == made[-3:]
    assert all((tmp_path / name).read_text() == "mine" for name in MINE)
    assert len(list(tmp_path.iterdir())) == len(MINE) + 2 + 3


def test_the_new_one_stays_even_where_the_clock_went_back(tmp_path):
    later = [back_up_on(day, tmp_path, keep=2) for day in (20, 21)]
    new = back_up_on(5, tmp_path, keep=2)
    assert backups_in(tmp_path) == [new, later[-1]]


def test_a_backup_that_fails_costs_no_older_one(tmp_path, monkeypatch):
    made = [back_up_on(day, tmp_path, keep=5) for day in (1, 2, 3)]

    def damaged(target):
        raise NoBackup("damaged")

    monkeypatch.setattr(backup_folder, "back_up", damaged)
    with pytest.raises(NoBackup):
        back_up_on(4, tmp_path, keep=1)
    assert backups_in(tmp_path) == made


def test_the_folder_is_private(tmp_path):
    back_up_into(tmp_path / "new", keep=1)
    assert oct((tmp_path / "new").stat().st_mode & 0o777) == "0o700"


def test_the_command_takes_folder_and_number_from_the_settings(tmp_path, settings, capsys):
    settings.BACKUP_DIR, settings.BACKUP_KEEP = str(tmp_path / "copies"), 2
    for day in (1, 2, 3):
        with time_machine.travel(f"2025-01-0{day}T03:00:00+00:00", tick=False):
            call_command("backup")
    assert [file.name[8:16] for file in backups_in(tmp_path / "copies")] == ["20250102", "20250103"]
    assert "To restore it: manage.py restore " in capsys.readouterr().out


def test_a_number_without_a_folder_is_wrong_usage(tmp_path):
    with pytest.raises(CommandError, match="for a folder") as refused:
        call_command("backup", str(tmp_path / "one.sqlite3"), "--keep", "3")
    assert refused.value.returncode == 2
