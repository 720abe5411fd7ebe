"""Uploads in the admin: the same limits and report as the command."""

import datetime
import stat
import zipfile
from pathlib import Path
from unittest.mock import patch

import pytest
from django.core.files.storage import FileSystemStorage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.core.management.base import CommandError
from django.test import override_settings
from django.utils import timezone

from papers.db.import_lock import only_queue
from papers.importing import uploads
from papers.models import Paper, Upload
from tests.support import record_text

pytestmark = pytest.mark.django_db

ADD = "/admin/papers/upload/add/"
SAID = {"source": "lamps", "date": "2025-01-29", "topic": "RAG"}


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch) -> Path:
    """Where uploads go; nothing is started by itself (tests/faults starts the real process)."""
    monkeypatch.setattr(Upload.file.field, "storage", FileSystemStorage(tmp_path / "uploads"))
    monkeypatch.setattr(uploads, "_spawn", lambda: None)
    return tmp_path / "uploads"


def give(client, text: str, name: str = "digest.md", **said):
    return client.post(ADD, {"file": SimpleUploadedFile(name, text.encode()), **said})


def test_it_is_stored_queued_and_imported_with_what_was_said(curator, folder):
    answer = give(curator, record_text(), **SAID)
    assert "waiting" in curator.get(answer.url).content.decode()
    call_command("import_digests", "--uploads")
    upload = Upload.objects.get()
    assert (upload.state, upload.by.username) == ("done", "Curator")
    assert upload.run.counts["papers_created"] == 1
    assert Paper.objects.get().appearances.get().digest.source.name == "lamps"


def test_an_archive_says_source_date_and_topic_itself(curator, tmp_path):
    archive = tmp_path / "harbour.zip"
    with zipfile.ZipFile(archive, "w") as written:
        written.writestr("harbour/29-Jan-2025/topic/RAG_related_papers.md", record_text())
    curator.post(ADD, {"file": SimpleUploadedFile(archive.name, archive.read_bytes())})
    call_command("import_digests", "--uploads")
    assert Upload.objects.get().state == "done"
    assert Paper.objects.get().appearances.get().digest.source.name == "harbour"


def test_a_refused_file_says_why_and_can_be_given_again(curator):
    give(curator, record_text())
    call_command("import_digests", "--uploads")
    upload = Upload.objects.get()
    assert upload.state == "failed"
    assert "--date" in upload.said
    curator.post(f"/admin/papers/upload/{upload.pk}/again/")
    upload.refresh_from_db()
    assert (upload.state, upload.said) == ("waiting", "")


def test_a_file_above_the_limit_is_refused_before_it_is_stored(curator, monkeypatch, folder):
    monkeypatch.setattr("papers.admin.uploads.LARGEST_FILE", 10)
    assert "Larger than" in give(curator, record_text(), **SAID).content.decode()
    assert not folder.exists()


@pytest.mark.parametrize("name", ["../../x.md", ".htaccess", "a" * 250 + ".md", "灯.md", "x"])
def test_no_name_leads_out_of_the_folder(curator, folder, name):
    give(curator, record_text(), name, **SAID)
    stored = Path(Upload.objects.get().file.path)
    assert stored.is_file()
    assert stored.resolve().parent.parent == folder.resolve()


def test_only_the_site_itself_may_read_what_is_stored(curator, folder, monkeypatch):
    monkeypatch.undo()  # the site's own storage and log
    with override_settings(UPLOADS_DIR=folder), patch("subprocess.Popen"):
        give(curator, record_text(), **SAID)
        uploads._spawn()
    assert {stat.S_IMODE(one.stat().st_mode) for one in folder.rglob("*.*")} == {0o600}
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700


class TestRoom:
    def test_more_files_than_are_kept_are_refused_with_a_way_out(self, curator, monkeypatch):
        monkeypatch.setattr(uploads, "MAX_UPLOADS", 1)
        give(curator, record_text(), **SAID)
        page = give(curator, record_text(), **SAID).content.decode()
        assert "at most 1 files are stored. Each upload is deleted after 14 days" in page
        assert Upload.objects.count() == 1

    def test_more_bytes_than_are_kept_are_refused(self, curator, monkeypatch, folder):
        monkeypatch.setattr(uploads, "MAX_UPLOADED", 2**20)
        give(curator, record_text(), **SAID)
        (folder / "left-by-nobody").write_bytes(b"x" * 2**20)
        assert "at most 1 MB are stored" in give(curator, record_text(), **SAID).content.decode()
        assert Upload.objects.count() == 1

    def test_old_ones_go_once_they_are_imported_and_their_papers_stay(self, curator, folder):
        give(curator, record_text(), **SAID)
        call_command("import_digests", "--uploads")
        give(curator, record_text("2501.98001"), **SAID)
        old = timezone.now() - datetime.timedelta(days=15)
        Upload.objects.update(at=old)
        give(curator, record_text("2501.98002"), **SAID)
        assert [one.state for one in Upload.objects.all()] == ["waiting", "waiting"]
        assert len([*folder.iterdir()]) == 2
        assert Paper.objects.count() == 1

    def test_the_queue_takes_old_ones_away_too(self, curator, folder):
        give(curator, record_text(), **SAID)
        Upload.objects.update(at=timezone.now() - datetime.timedelta(days=15))
        call_command("import_digests", "--uploads")
        assert not Upload.objects.exists()
        assert not [*folder.iterdir()]


class TestQueue:
    @pytest.fixture
    def started(self, monkeypatch, folder, settings):
        """The processes that were started."""
        settings.UPLOADS_DIR = folder
        monkeypatch.undo()
        with patch("subprocess.Popen") as popen:
            yield popen.call_args_list

    def test_clicks_start_nothing_while_the_queue_is_worked_off(
        self, curator, started, django_capture_on_commit_callbacks
    ):
        upload = Upload.objects.create(file="x/y.md", name="y.md", state=Upload.State.FAILED)
        with only_queue() as is_ours:
            assert is_ours
            for _ in range(18):
                with django_capture_on_commit_callbacks(execute=True):
                    curator.post(f"/admin/papers/upload/{upload.pk}/again/")
            assert started == []
        upload.refresh_from_db()
        assert upload.state == "waiting"
        with django_capture_on_commit_callbacks(execute=True):
            curator.post(f"/admin/papers/upload/{upload.pk}/again/")
        assert len(started) == 1

    def test_what_is_given_at_the_last_moment_is_imported_too(self, curator, monkeypatch):
        give(curator, record_text(), **SAID)
        work_off, turns = uploads._work_off, []

        def late() -> list:
            done = work_off()
            if not turns:
                give(curator, record_text("2501.98001"), **SAID)
            turns.append(done)
            return done

        monkeypatch.setattr(uploads, "_work_off", late)
        call_command("import_digests", "--uploads")
        assert [one.state for one in Upload.objects.all()] == ["done", "done"]

    def test_one_that_fails_keeps_nobody_waiting(self, curator):
        give(curator, record_text(), **SAID)
        give(curator, record_text("2501.98001"), **SAID)
        Path(Upload.objects.last().file.path).unlink()
        call_command("import_digests", "--uploads")
        assert {one.state for one in Upload.objects.all()} == {"failed", "done"}


def test_a_reader_of_the_admin_uploads_nothing(signed_in):
    assert give(signed_in("Reader of the admin"), record_text(), **SAID).status_code == 403
    assert not Upload.objects.exists()


def test_the_command_wants_paths_or_the_uploads():
    for arguments in ([], ["--uploads", "x"]):
        with pytest.raises(CommandError) as refused:
            call_command("import_digests", *arguments)
        assert refused.value.returncode == 2
