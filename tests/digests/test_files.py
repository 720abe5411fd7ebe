"""The digest files under the paths that somebody gave."""

import os

import pytest

from papers.digests import files
from papers.digests.errors import DigestRefused
from papers.digests.files import find


@pytest.fixture
def folder(tmp_path):
    for name in (
        "b.md",
        "a.markdown",
        "sub/c.MD",
        "sub/c.jsonl",
        "notes.txt",
        ".git/d.md",
        ".e.md",
    ):
        file = tmp_path / name
        file.parent.mkdir(exist_ok=True)
        file.write_text(name)
    return tmp_path


def names(found) -> list[str]:
    return [file.path.name for file in found.files]


def test_a_folder_gives_its_markdown_files_in_a_stable_order(folder):
    found = find([str(folder)])
    assert names(found) == ["a.markdown", "b.md", "c.MD"]
    assert found.missing == []


def test_twins_are_passed_over_and_hidden_files_are_not_looked_at(folder):
    assert find([str(folder)]).passed_over == 1


def test_a_file_that_is_named_is_taken_whatever_its_ending(folder):
    assert names(find([str(folder / "notes.txt")])) == ["notes.txt"]


def test_a_file_that_is_named_twice_is_read_once(folder, monkeypatch):
    monkeypatch.chdir(folder / "sub")
    found = find(["c.MD", str(folder / "sub" / "c.MD"), "../sub", str(folder)])
    assert names(found) == ["c.MD", "a.markdown", "b.md"]


def test_a_path_with_dots_has_the_names_of_its_folders(folder, monkeypatch):
    monkeypatch.chdir(folder / "sub")
    (found,) = find(["../sub"]).files
    assert found.path == folder / "sub" / "c.MD"
    assert found.shown == os.path.join("..", "sub", "c.MD")


@pytest.mark.parametrize("name", ["nowhere", "a" * 300, "dangling"])
def test_paths_that_do_not_exist_are_named(name, tmp_path):
    (tmp_path / "dangling").symlink_to("nothing")
    path = str(tmp_path / name)
    assert find([path]).missing == [path]


def refusal(path) -> str:
    (found,) = find([str(path)]).files
    with pytest.raises(DigestRefused) as refused:
        found.read()
    return refused.value.problem.code


def test_a_dangling_link_in_a_folder_is_refused_not_lost(tmp_path):
    (tmp_path / "gone.md").symlink_to("nothing")
    assert refusal(tmp_path) == "unreadable"


def test_what_is_no_regular_file_is_refused(tmp_path):
    os.mkfifo(tmp_path / "pipe.md")
    assert refusal(tmp_path / "pipe.md") == "unreadable"


def test_a_file_that_is_too_large_is_refused_unread(folder, monkeypatch):
    monkeypatch.setattr(files, "LARGEST_FILE", 3)
    assert refusal(folder / "b.md") == "too-large"


def test_a_file_without_permission_is_refused(folder, monkeypatch):
    def denied(path):
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr("pathlib.Path.read_bytes", denied)  # chmod does not stop root
    assert refusal(folder / "b.md") == "unreadable"
