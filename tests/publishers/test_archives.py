"""An archive is fetched as one file, and imported when it has changed."""

import zipfile
from pathlib import Path

import pytest

from papers.models import Checkout, Digest, ImportRun, Paper
from papers.publishers import download
from tests.support import record_text


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    file = tmp_path / "weekly.zip"
    write(file, "2501.98001")
    return file


def write(file: Path, *arxiv_ids: str) -> None:
    with zipfile.ZipFile(file, "w") as written:
        for number, arxiv_id in enumerate(arxiv_ids, start=1):
            name = f"weekly-main/{number}-Jan-2025/topic/Lamps_related_papers.md"
            written.writestr(name, record_text(arxiv_id=arxiv_id))


def test_an_archive_is_imported_once_for_each_change(db, archive, fetch):
    assert fetch(add="weekly", archive=archive.as_uri())[0] == 0
    assert "nothing new" in fetch()[1]
    write(archive, "2501.98001", "2501.98002")
    assert "1 new" in fetch()[1]
    assert (Paper.objects.count(), ImportRun.objects.count()) == (2, 2)
    assert Digest.objects.filter(source__name="weekly").count() == 2


def test_an_archive_that_is_too_large_is_given_up_and_the_last_one_kept(
    db, archive, fetch, monkeypatch
):
    fetch(add="weekly", archive=archive.as_uri())
    monkeypatch.setattr(download, "MAX_BYTES", 10)
    assert "larger than" in fetch()[2]
    monkeypatch.undo()
    assert "nothing new" in fetch()[1]


def test_an_archive_that_is_gone_is_said_in_one_line(db, archive, fetch):
    archive.unlink()
    status, _, errors = fetch(add="weekly", archive=archive.as_uri())
    assert (status, errors.count("\n")) == (1, 1)
    assert "no answer from its host" in Checkout.objects.get().error


def test_a_redirect_leads_to_https_alone():
    with pytest.raises(Exception, match="not https"):
        download._NeverToOthers().redirect_request(
            None, None, 302, "Found", {}, "http://example.org/weekly.zip"
        )
