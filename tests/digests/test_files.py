"""Reading one file: only regular files are opened, and never through a link."""

import os

import pytest

from papers.digests import files
from papers.digests.errors import DigestRefused
from papers.digests.files import file_on_disk


def refusal(path) -> tuple[str, str]:
    with pytest.raises(DigestRefused) as refused:
        file_on_disk(str(path), path).read()
    problem = refused.value.problem
    return problem.code, problem.message


def test_a_file_is_read_whole(tmp_path):
    file = tmp_path / "a.md"
    file.write_bytes(b"# Lamps\r\n\xff")
    assert file_on_disk("a.md", file).read() == b"# Lamps\r\n\xff"


@pytest.mark.parametrize("target", ["real.md", "nothing"])
def test_a_link_is_refused_wherever_it_leads(tmp_path, target):
    (tmp_path / "real.md").write_text("# Lamps")
    link = tmp_path / "link.md"
    link.symlink_to(target)
    assert refusal(link) == ("unreadable", "This is a link; give the file itself.")


def test_a_pipe_is_refused_without_waiting_for_its_other_end(tmp_path):
    os.mkfifo(tmp_path / "pipe.md")
    code, message = refusal(tmp_path / "pipe.md")
    assert (code, message) == ("unreadable", "This is no regular file; give the file itself.")


def test_a_file_that_is_too_large_is_refused(tmp_path, monkeypatch):
    monkeypatch.setattr(files, "LARGEST_FILE", 3)
    (tmp_path / "a.md").write_text("1234")
    assert refusal(tmp_path / "a.md")[0] == "too-large"
    (tmp_path / "a.md").write_text("123")
    assert file_on_disk("a.md", tmp_path / "a.md").read() == b"123"


def test_a_file_without_permission_is_refused(tmp_path, monkeypatch):
    def denied(path, flags):
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(files.os, "open", denied)  # chmod does not stop root
    code, message = refusal(tmp_path / "a.md")
    assert code == "unreadable"
    assert "Permission denied" in message


def test_a_name_that_is_no_text_is_shown_in_letters(tmp_path):
    path = tmp_path / os.fsdecode(b"a\xff\n.md")
    assert file_on_disk(path.name, path).shown == "a\\udcff\\n.md"
