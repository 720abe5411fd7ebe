"""Uploads in the admin: the same limits and report as the command."""

import datetime
import re
import stat
import zipfile
from pathlib import Path
from unittest.mock import patch

import pytest
from django.conf import settings
from django.core.files.storage import FileSystemStorage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.core.management.base import CommandError
from django.test import override_settings
from django.utils import timezone
from lxml import html

from papers.db.import_lock import only_queue
from papers.importing import uploads
from papers.models import Digest, Paper, Upload
from papers.presentation.import_words import PROBLEMS
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


def store(client, text: str, name: str = "digest.md"):
    """Give a file; the answer leads to the page that asks what it is."""
    return client.post(ADD, {"file": SimpleUploadedFile(name, text.encode())})


def give(client, text: str, name: str = "digest.md", **said):
    """Give a file and confirm what it is; return the answer to the last of the two forms."""
    answer = store(client, text, name)
    return client.post(answer.url, said) if answer.status_code == 302 else answer


def page(client, address: str):
    return html.fromstring(client.get(address).content.decode())


def words(client, address: str) -> str:
    """Return the text of a page, in one line."""
    return " ".join(page(client, address).cssselect("#content")[0].text_content().split())


def asked(client, text: str, name: str = "digest.md") -> dict[str, str]:
    """Return the guesses with which the form asks about a file."""
    form = page(client, store(client, text, name).url).cssselect("form.ask")[0]
    return {name: form.fields[name] for name in ("source", "date", "topic")}


def imported(client, text: str, name: str = "digest.md", **said) -> str:
    """Give, confirm and import a file; return the address of its page."""
    address = give(client, text, name, **said).url
    call_command("import_digests", "--uploads")
    return address


def test_nothing_is_imported_before_it_is_confirmed(curator, folder):
    answer = store(curator, record_text())
    call_command("import_digests", "--uploads")
    assert Upload.objects.get().state == "draft"
    assert "1 paper" in words(curator, answer.url)
    assert "Lamps for Dark Corpora" in words(curator, answer.url)
    curator.post(answer.url, SAID)
    assert Upload.objects.get().state == "waiting"
    call_command("import_digests", "--uploads")
    upload = Upload.objects.get()
    assert (upload.state, upload.by.username) == ("done", "Curator")
    assert upload.run.counts["papers_created"] == 1
    assert Paper.objects.get().appearances.get().digest.source.name == "lamps"


def test_what_the_file_does_not_state_is_required(curator):
    answer = give(curator, record_text(), source="lamps")
    assert answer.status_code == 200
    assert set(answer.context["form"].errors) == {"date", "topic"}
    assert Upload.objects.get().state == "draft"


@pytest.mark.parametrize("date", ["1990-01-01", "2999-01-01"])
def test_an_impossible_date_is_refused_before_the_import(curator, date):
    answer = give(curator, record_text(), **{**SAID, "date": date})
    assert "date" in answer.context["form"].errors


class TestGuess:
    @pytest.mark.parametrize(
        ("name", "date", "topic"),
        [
            ("lantern-daily 29-Jan-2025 RAG.md", "2025-01-29", "Retrieval-Augmented Generation"),
            ("lantern-daily_2025-01-28_cs.CL.md", "2025-01-28", "cs.CL"),
            ("lantern-daily-20250127-多模态.jsonl", "2025-01-27", "Multimodal"),
        ],
    )
    def test_the_name_says_source_date_and_topic(self, curator, small_site, name, date, topic):
        guessed = asked(curator, record_text(), name)
        assert guessed == {"source": "lantern-daily", "date": date, "topic": topic}

    def test_papers_that_the_site_has_say_date_and_topic(self, curator, small_site):
        digest = small_site / "lantern-daily/29-Jan-2025/topic/Multimodal_related_papers.md"
        guessed = asked(curator, digest.read_text("utf-8"))
        assert (guessed["date"], guessed["topic"]) == ("2025-01-29", "Multimodal")

    def test_the_source_is_that_of_the_last_upload(self, curator):
        give(curator, record_text(), **SAID)
        assert asked(curator, record_text())["source"] == "lamps"

    def test_known_sources_and_topics_are_offered(self, curator, small_site):
        shown = page(curator, store(curator, record_text()).url)
        offered = {one.get("value") for one in shown.cssselect("datalist option")}
        assert {"lantern-daily", "cs.AI", "Multimodal"} <= offered

    def test_a_topic_is_known_by_its_chinese_name(self, curator, small_site):
        imported(curator, record_text(), **{**SAID, "topic": "多模态"})
        digest = Paper.objects.get(arxiv_id="2501.98000").appearances.get().digest
        assert digest.topic.slug == "multimodal"


def test_an_archive_says_source_date_and_topic_itself(curator, tmp_path):
    archive = tmp_path / "harbour.zip"
    with zipfile.ZipFile(archive, "w") as written:
        for topic in ("RAG", "Multimodal"):
            name = f"harbour/29-Jan-2025/topic/{topic}_related_papers.md"
            written.writestr(name, record_text())
    answer = curator.post(ADD, {"file": SimpleUploadedFile(archive.name, archive.read_bytes())})
    rows = page(curator, answer.url).cssselect("table.queue tbody tr")
    assert [[cell.text_content() for cell in row[1:]] for row in rows] == [
        ["harbour", "2025-01-29", "Multimodal", "1"],
        ["harbour", "2025-01-29", "RAG", "1"],
    ]
    curator.post(answer.url)
    call_command("import_digests", "--uploads")
    assert Upload.objects.get().state == "done"
    sources = Paper.objects.get().appearances.values_list("digest__source__name", flat=True)
    assert set(sources) == {"harbour"}


class TestPage:
    def test_it_refreshes_itself_until_the_import_has_ended(self, curator):
        address = give(curator, record_text(), **SAID).url
        assert curator.get(address).headers["Refresh"]
        call_command("import_digests", "--uploads")
        assert "Refresh" not in curator.get(address).headers

    def test_it_speaks_in_words_and_links_the_papers(self, curator, folder):
        address = imported(curator, record_text(), **SAID)
        paper = Paper.objects.get()
        shown = page(curator, address)
        links = {one.get("href") for one in shown.iter("a")}
        assert f"/admin/papers/paper/{paper.pk}/change/" in links
        assert "/days/2025-01-29/rag/?source=lamps" in links
        assert "1 paper: 1 new, 0 changed, 0 unchanged" in words(curator, address)
        again = imported(curator, record_text(title="Better Lamps"), **SAID)
        assert "1 paper: 0 new, 1 changed, 0 unchanged" in words(curator, again)
        assert "Better Lamps" in words(curator, again)

    def test_no_folder_of_the_server_is_shown(self, curator, folder):
        imported(curator, record_text(abstract=""), **SAID)
        upload = Upload.objects.get()
        for address in (
            f"/admin/papers/upload/{upload.pk}/change/",
            f"/admin/papers/importrun/{upload.run_id}/change/",
            f"/admin/papers/importproblem/{upload.run.problems.get().pk}/change/",
            "/admin/papers/importrun/",
            "/admin/papers/importproblem/",
            f"/admin/papers/digest/{Digest.objects.get().pk}/change/",
        ):
            text = curator.get(address).content.decode()
            assert str(folder.parent) not in text, address
            assert "digest.md" in text or "upload" not in address

    def test_problems_are_told_in_the_language_of_the_interface(self, curator):
        address = imported(curator, record_text(abstract=""), **SAID)
        assert "Paper 2501.98000 has no abstract" in words(curator, address)
        curator.cookies["ui"] = "zh-hans"
        assert "no abstract" not in words(curator, address)
        assert "没有摘要" in words(curator, address)

    def test_what_failed_is_corrected_and_imported_again(self, curator):
        address = imported(curator, record_text(), **{**SAID, "date": "2024-01-29"})
        assert "Not imported." in words(curator, address)
        (correct,) = (one for one in page(curator, address).iter("a") if "/ask/" in one.get("href"))
        assert page(curator, correct.get("href")).cssselect("form.ask")[0].fields["topic"] == "RAG"
        curator.post(correct.get("href"), SAID)
        call_command("import_digests", "--uploads")
        assert "1 paper: 1 new" in words(curator, address)


def test_every_problem_has_a_sentence():
    room = Path(settings.BASE_DIR) / "papers"
    code = re.compile(r"(?:Problem|Refused|problem)\(\s*\"([a-z0-9-]+)\"")
    files = [*room.glob("digests/*.py"), *room.glob("importing/*.py")]
    codes = {one for file in files for one in code.findall(file.read_text("utf-8"))}
    assert len(codes) > 15
    assert codes == PROBLEMS.keys()


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
                    curator.post(f"/admin/papers/upload/{upload.pk}/ask/", SAID)
            assert started == []
        upload.refresh_from_db()
        assert upload.state == "waiting"
        with django_capture_on_commit_callbacks(execute=True):
            curator.post(f"/admin/papers/upload/{upload.pk}/ask/", SAID)
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
