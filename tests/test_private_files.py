"""Private files are private from their creation, and repaired if they are not."""

import os
from contextlib import closing
from pathlib import Path

import pytest
from django.core.files.base import ContentFile
from django.core.management import call_command
from django.db import connection

from digest_site import environment, private
from papers.models.fields import uploads_folder
from papers.operations import checks, file_rights


@pytest.fixture(autouse=True)
def a_careless_umask():
    before = os.umask(0)
    yield
    os.umask(before)


def mode(path: Path) -> str:
    return oct(path.stat().st_mode & 0o777)


def test_a_database_its_journals_and_its_folder_are_private(monkeypatch, tmp_path):
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{tmp_path}/site/new.sqlite3")
    config = environment.database("DATABASE_URL", tmp_path / "x", tmp_path)
    file = Path(config["NAME"])
    for journal in ("WAL", "TRUNCATE"):
        with closing(config["OPTIONS"]["factory"](str(file))) as database:
            database.execute(f"PRAGMA journal_mode={journal}")
            database.execute(f"CREATE TABLE {journal} (column)")
            database.commit()
            modes = {each.name: mode(each) for each in file.parent.iterdir()}
            assert set(modes.values()) == {"0o600"}
            assert len(modes) > 1
    assert mode(file.parent) == "0o700"


def test_a_folder_that_was_there_is_left_as_it_is(tmp_path):
    tmp_path.chmod(0o755)
    private.make_folder(tmp_path)
    assert mode(tmp_path) == "0o755"


def test_a_file_that_was_there_keeps_what_it_holds(tmp_path):
    (tmp_path / "dear").write_text("dear")
    private.make_file(tmp_path / "dear")
    assert (tmp_path / "dear").read_text() == "dear"


def test_the_generated_key_is_private(tmp_path):
    environment.secret_key("NO_SUCH_KEY", ["localhost"], tmp_path / "data" / "secret-key")
    assert mode(tmp_path / "data") == "0o700"
    assert mode(tmp_path / "data" / "secret-key") == "0o600"


def test_an_upload_is_private(settings, tmp_path):
    settings.UPLOADS_DIR = tmp_path / "uploads"
    uploads_folder().save("abc/digest.md", ContentFile(b"text"))
    folder = tmp_path / "uploads"
    assert mode(folder) == mode(folder / "abc") == "0o700"
    assert mode(folder / "abc" / "digest.md") == "0o600"


@pytest.fixture
def open_site(settings, tmp_path, monkeypatch) -> list[Path]:
    """The files of an older release, which made them for everybody to read."""
    data, elsewhere = tmp_path / "data", tmp_path / "elsewhere"
    settings.DATA_DIR, settings.UPLOADS_DIR = data, data / "uploads"
    (data / "uploads" / "abc").mkdir(parents=True)
    elsewhere.mkdir()
    file = elsewhere / "papers [1].sqlite3"
    monkeypatch.setitem(connection.settings_dict, "NAME", str(file))
    files = [
        data / "secret-key",
        data / "duizhao.sqlite3",
        data / "backup-20260101-000000.sqlite3",
        data / "uploads" / "abc" / "digest.md",
    ]
    if connection.vendor == "sqlite":
        files += [file, elsewhere / f"{file.name}-wal"]
    for one in files:
        one.touch()
    return [data, data / "uploads", data / "uploads" / "abc", *files]


def test_what_an_older_release_left_open_is_said(open_site):
    said = "\n".join(warning.msg for warning in checks.files_are_private(None))
    assert all(f"{one} can be read or changed by others" in said for one in open_site)


def test_what_an_older_release_left_open_is_closed_and_nothing_else(open_site, tmp_path):
    assert sorted(file_rights.close_to_others()) == sorted(open_site)
    assert {mode(one) for one in open_site} == {"0o600", "0o700"}
    assert checks.files_are_private(None) == []
    assert mode(tmp_path / "elsewhere") == "0o777"


@pytest.mark.django_db
def test_migrating_closes_it(open_site, monkeypatch):
    if connection.vendor == "sqlite":
        monkeypatch.undo()  # the connection's own name again
    call_command("migrate", verbosity=0)
    assert mode(open_site[0]) == "0o700"


def test_a_link_is_not_followed(open_site, tmp_path):
    theirs = tmp_path / "theirs"
    theirs.touch()
    (open_site[2] / "link").symlink_to(theirs)
    file_rights.close_to_others()
    assert mode(theirs) == "0o666"
