"""Digests given on the desk: the same limits and the same report as the command."""

import zipfile
from pathlib import Path

import pytest
from django.core.files.storage import FileSystemStorage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.core.management.base import CommandError

from papers.digests import uploads
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


def test_it_is_stored_queued_and_imported_with_what_was_said(curator, folder, capsys):
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


def test_a_reader_of_the_admin_uploads_nothing(signed_in):
    assert give(signed_in("Reader of the admin"), record_text(), **SAID).status_code == 403
    assert not Upload.objects.exists()


def test_the_command_wants_paths_or_the_uploads():
    for arguments in ([], ["--uploads", "x"]):
        with pytest.raises(CommandError) as refused:
            call_command("import_digests", *arguments)
        assert refused.value.returncode == 2
