"""Finding the digests below the given paths."""

import io
import os

import pytest

from papers.digests.discover import DigestFiles
from papers.digests.errors import DigestRefused


@pytest.fixture
def folder(tmp_path):
    names = ("b.md", "a.markdown", "sub/c.MD", "sub/c.jsonl", "sub/d.jsonl", "notes.txt")
    for name in (*names, ".git/d.md", ".e.md"):
        file = tmp_path / name
        file.parent.mkdir(exist_ok=True)
        file.write_text(name)
    return tmp_path


def names(*paths) -> list[str]:
    return [file.path.name for file in DigestFiles(map(str, paths))]


def refusal(*paths) -> tuple[str, str]:
    (found,) = DigestFiles(map(str, paths))
    with pytest.raises(DigestRefused) as refused:
        found.read()
    return found.shown, refused.value.problem.code


def test_a_folder_gives_its_digests_in_a_stable_order(folder):
    assert names(folder) == ["a.markdown", "b.md", "c.MD", "d.jsonl"]
    assert DigestFiles([str(folder)]).count() == 4


def test_a_markdown_file_brings_its_twin(folder):
    twins = [file.twin and file.twin.path.name for file in DigestFiles([str(folder)])]
    assert twins == [None, None, "c.jsonl", None]


def test_the_twin_in_the_folder_of_a_category_has_a_name_of_its_own(tmp_path):
    for name in ("README.md", "papers.jsonl"):
        (tmp_path / name).write_text("")
    (found,) = DigestFiles([str(tmp_path)])
    assert (found.path.name, found.twin.path.name) == ("README.md", "papers.jsonl")


def test_of_two_twins_of_one_digest_none_is_lost(tmp_path):
    for name in ("README.md", "README.jsonl", "papers.jsonl"):
        (tmp_path / name).write_text("")
    assert names(tmp_path) == ["README.md", "papers.jsonl"]


def test_a_pair_that_is_named_file_by_file_is_a_pair(folder):
    assert names(folder / "sub/c.jsonl", folder / "sub/c.MD") == ["c.MD"]


def test_a_file_that_is_named_is_taken_whatever_its_ending(folder):
    assert names(folder / "notes.txt") == ["notes.txt"]


def test_a_file_that_is_named_twice_is_read_once(folder, monkeypatch):
    monkeypatch.chdir(folder / "sub")
    again = str(folder / "sub" / "c.MD")
    assert names("c.MD", again, "../sub", folder) == ["c.MD", "d.jsonl", "a.markdown", "b.md"]


def test_a_path_with_dots_has_the_names_of_its_folders(folder, monkeypatch):
    monkeypatch.chdir(folder / "sub")
    found = next(iter(DigestFiles(["../sub"])))
    assert found.path == folder / "sub" / "c.MD"
    assert found.shown == os.path.join("..", "sub", "c.MD")


@pytest.mark.parametrize("name", ["nowhere", "a" * 300, "dangling", "nul\x00"])
def test_paths_that_do_not_exist_are_refused(name, tmp_path):
    (tmp_path / "dangling").symlink_to("nothing")
    assert refusal(tmp_path / name)[1] == "missing"


def test_a_dangling_link_in_a_folder_is_refused_not_lost(tmp_path):
    (tmp_path / "gone.md").symlink_to("nothing")
    assert refusal(tmp_path)[1] == "unreadable"


def test_links_to_folders_are_not_followed(folder, tmp_path_factory):
    outside = tmp_path_factory.mktemp("outside")
    (outside / "secret.md").write_text("")
    (folder / "sub" / "link").symlink_to(outside)
    (folder / "sub" / "loop").symlink_to(folder)
    assert names(folder) == ["a.markdown", "b.md", "c.MD", "d.jsonl"]


def test_a_folder_that_cannot_be_read_is_refused_not_lost(folder, monkeypatch):
    def scandir(path, real=os.scandir):
        if str(path).endswith("sub"):
            raise PermissionError(13, "Permission denied", path)
        return real(path)

    monkeypatch.setattr(os, "scandir", scandir)  # chmod does not stop root
    *readable, denied = DigestFiles([str(folder)])
    assert [file.path.name for file in readable] == ["a.markdown", "b.md"]
    with pytest.raises(DigestRefused, match="Permission denied"):
        denied.read()


@pytest.fixture
def standard_input(monkeypatch):
    def standard_input(content: bytes) -> None:
        monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(content)))

    return standard_input


def test_standard_input_is_a_digest(standard_input):
    content = b"# Lamps\n" * 100
    standard_input(content)
    (found,) = DigestFiles(["-", "-"])
    assert (found.shown, found.read()) == ("standard input", content)


def test_nothing_on_standard_input_is_refused(standard_input):
    standard_input(b"")
    assert refusal("-") == ("standard input", "empty")


def test_how_many_come_from_standard_input_is_not_known(standard_input, folder):
    standard_input(b"# Lamps")
    assert DigestFiles([str(folder), "-"]).count() is None
