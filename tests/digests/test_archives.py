"""Archives are read like folders: streamed, and within limits."""

import gzip
import io
import random
import stat
import tarfile
import zipfile
from contextlib import suppress
from pathlib import Path
from types import SimpleNamespace

import pytest

from papers.digests import archives, limits
from papers.digests.discover import DigestFiles
from papers.digests.errors import DigestRefused
from papers.digests.formats import parse, read
from tests.support import record_text

RAG, AI, PAPERS = (
    "daily/29-Jan-2025/topic/RAG_related_papers.md",
    "daily/29-Jan-2025/AI/README.md",
    "daily/29-Jan-2025/AI/papers.jsonl",
)
MEMBERS = {
    RAG: record_text("2501.97001"),
    PAPERS: "{'arxiv_id': '2501.97002', 'title': 'x', 'authors': 'A', 'abstract': 'y'}\n",
    "daily/29-Jan-2025/AI/image.png": "no digest",
    AI: record_text("2501.97002"),
    "daily/.git/x.md": "hidden",
}
FORMS = ["zip", "tar", "tar.gz"]


@pytest.fixture
def pack(tmp_path):
    """Writes an archive of these members; returns its path."""

    def pack(form: str, members: dict[str, str | bytes], name: str = "news") -> str:
        path = tmp_path / f"{name}.{form}"
        contents = {
            member: content if isinstance(content, bytes) else content.encode()
            for member, content in members.items()
        }
        if form == "zip":
            with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
                for member, content in contents.items():
                    archive.writestr(member, content)
        else:
            with tarfile.open(path, "w:gz" if form == "tar.gz" else "w") as archive:
                for member, content in contents.items():
                    add(archive, member, content)
        return str(path)

    return pack


def add(archive: tarfile.TarFile, name: str, content: bytes = b"", **about) -> None:
    member = tarfile.TarInfo(name)
    member.size = len(content)
    for key, value in about.items():
        setattr(member, key, value)
    archive.addfile(member, io.BytesIO(content))


def found(path: str) -> dict[str, str]:
    """What is found: by its name in the archive the content, or why there is none."""
    contents = {}
    for file in DigestFiles([path]):
        name = file.shown.removeprefix(path).removeprefix("/")
        try:
            contents[name] = file.read().decode(errors="replace")
        except DigestRefused as refused:
            contents[name] = refused.problem.code
    return contents


# --- All is well


@pytest.mark.parametrize("form", FORMS)
def test_an_archive_gives_its_digests_each_with_its_twin(pack, form):
    path = pack(form, MEMBERS)
    assert found(path) == {RAG: MEMBERS[RAG], AI: MEMBERS[AI]}
    twins = {file.path.name: file.twin for file in DigestFiles([path])}
    assert twins["RAG_related_papers.md"] is None
    assert twins["README.md"].read().decode() == MEMBERS[PAPERS]


@pytest.mark.parametrize("form", FORMS)
def test_an_archive_is_known_by_its_content(pack, form, tmp_path):
    renamed = Path(pack(form, MEMBERS)).rename(tmp_path / "download")
    assert len(found(str(renamed))) == 2


@pytest.mark.parametrize("form", FORMS)
def test_an_archive_stands_for_a_folder_of_its_name(pack, form, tmp_path):
    path = pack(form, {"29-Jan-2025/AI/README.md": "", "./x/29-Jan-2025/AI/README.md": ""})
    places = {file.path.relative_to(tmp_path).as_posix() for file in DigestFiles([path])}
    assert places == {"news/29-Jan-2025/AI/README.md", "news/x/29-Jan-2025/AI/README.md"}


class Pipe(io.BytesIO):
    def seek(self, *_):
        raise io.UnsupportedOperation("a pipe only goes forward")


@pytest.mark.parametrize("form", FORMS)
def test_an_archive_may_come_through_standard_input(pack, form, monkeypatch):
    pipe = Pipe(Path(pack(form, MEMBERS)).read_bytes())
    monkeypatch.setattr("sys.stdin", SimpleNamespace(buffer=pipe))
    assert [file.shown for file in DigestFiles(["-"])] in (
        [f"standard input/{RAG}", f"standard input/{AI}"],
        [f"standard input/{AI}", f"standard input/{RAG}"],
    )


@pytest.mark.parametrize("form", FORMS)
def test_an_empty_archive_is_empty(pack, form):
    assert found(pack(form, {})) == {}


@pytest.mark.parametrize("form", FORMS)
def test_how_many_digests_an_archive_holds_is_not_known_before(pack, form):
    assert DigestFiles([pack(form, MEMBERS)]).count() is None


def test_a_large_folder_is_not_held_in_memory_at_once(pack, monkeypatch):
    monkeypatch.setattr(archives, "HELD_IN_MEMORY", 0)
    pairs = {f"d/{number}.{form}": "x" for number in range(3) for form in ("md", "jsonl")}
    assert len(found(pack("tar", pairs))) == 6  # each on its own; the importer knows them as pairs


# --- What does not belong into an archive


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("name", ["../x.md", "/etc/x.md", "a/../../x.md"])
def test_a_path_that_leaves_the_archive_is_refused(pack, form, name):
    contents = found(pack(form, {name: "evil", AI: "good"}))
    assert sorted(contents.values()) == ["good", "outside"]


def test_backslashes_in_a_zip_are_slashes(pack):
    contents = found(pack("zip", {"a\\b.md": "good", "..\\..\\x.md": "evil"}))
    assert contents == {"a/b.md": "good", "../../x.md": "outside"}


@pytest.mark.parametrize(
    "kind",
    [tarfile.SYMTYPE, tarfile.LNKTYPE, tarfile.FIFOTYPE, tarfile.CHRTYPE, tarfile.BLKTYPE],
)
def test_what_is_no_regular_file_in_a_tar_is_refused(tmp_path, kind):
    path = tmp_path / "a.tar"
    with tarfile.open(path, "w") as archive:
        add(archive, "evil.md", type=kind, linkname="/etc/passwd")
        add(archive, "good.md", b"good")
    assert found(str(path)) == {"evil.md": "unreadable", "good.md": "good"}


def test_a_link_in_a_zip_is_refused(tmp_path):
    path = tmp_path / "a.zip"
    with zipfile.ZipFile(path, "w") as archive:
        link = zipfile.ZipInfo("evil.md")
        link.external_attr = (stat.S_IFLNK | 0o777) << 16
        archive.writestr(link, "/etc/passwd")
        archive.writestr("good.md", "good")
    assert found(str(path)) == {"evil.md": "unreadable", "good.md": "good"}


@pytest.mark.parametrize("form", FORMS)
def test_a_very_long_name_is_refused_and_cut(pack, form):
    contents = found(pack(form, {"d/" * 2000 + "x.md": "evil", "y.md": "good"}))
    assert sorted(contents.values()) == ["good", "unreadable"]
    assert max(map(len, contents)) < 1100


def test_an_encrypted_member_and_a_rare_compression_are_refused(tmp_path):
    path = tmp_path / "a.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("rare.md", "x", zipfile.ZIP_LZMA)
        archive.writestr("encrypted.md", "x")
        archive.writestr("good.md", "good")
    content = bytearray(path.read_bytes())
    entry = content.rindex(b"encrypted.md") - 46
    content[entry + 8] |= 1
    path.write_bytes(content)
    assert found(str(path)) == {
        "rare.md": "unreadable",
        "encrypted.md": "unreadable",
        "good.md": "good",
    }


# --- Limits


@pytest.mark.parametrize("form", FORMS)
def test_a_member_that_is_too_large_is_refused_and_the_others_are_read(pack, form, monkeypatch):
    monkeypatch.setattr(archives, "LARGEST_FILE", 3)
    assert found(pack(form, {"a.md": "abcd", "b.md": "abc"})) == {
        "a.md": "too-large",
        "b.md": "abc",
    }


@pytest.mark.parametrize("form", FORMS)
def test_too_many_members_end_the_reading(pack, form, monkeypatch):
    monkeypatch.setattr(archives, "MAX_MEMBERS", 2)
    contents = found(pack(form, {f"{number}.md": "x" for number in range(4)}))
    assert contents[""] == "too-many"


@pytest.mark.parametrize("form", ["zip", "tar.gz"])
def test_an_archive_that_inflates_beyond_measure_is_refused(pack, form):
    members = {f"{number}.md": bytes(2**20) for number in range(40)}
    contents = found(pack(form, {"a.md": "good", **members}))
    assert contents[""] == "too-large"
    assert len(contents) < 20  # what inflated before the limit


@pytest.mark.parametrize("form", FORMS)
def test_an_archive_that_is_too_large_in_all_is_refused(pack, form, monkeypatch):
    monkeypatch.setattr(limits, "MAX_INFLATED", 5000)
    noise = random.Random(1).randbytes(3000)
    contents = found(pack(form, {"a.md": "good", "b.bin": noise, "c.md": noise, "d.md": noise}))
    assert contents[""] == "too-large"


def test_what_describes_a_member_must_not_be_large(tmp_path):
    path = tmp_path / "a.tar"
    with tarfile.open(path, "w", format=tarfile.PAX_FORMAT) as archive:
        add(archive, "good.md", b"good")
        add(archive, "evil.md", b"x", pax_headers={"comment": "x" * limits.LARGEST_MEMBER_HEADER})
    assert found(str(path)) == {"good.md": "good", "": "archive"}


def test_a_zip_that_lies_about_its_list_of_members_is_refused(pack):
    path = pack("zip", {"a.md": "good"})
    content = bytearray(Path(path).read_bytes())
    end = content.rindex(b"PK\x05\x06")
    content[end + 12 : end + 16] = (2**31).to_bytes(4, "little")
    Path(path).write_bytes(content)
    assert found(path) == {"": "archive"}


# --- Damage


def test_what_is_no_archive_in_spite_of_its_name_is_refused(tmp_path):
    for form in FORMS:
        path = tmp_path / f"a.{form}"
        path.write_text("<html>429 Too Many Requests</html>" * 50)
        assert found(str(path)) == {"": "archive"}


def test_a_tar_without_its_end_is_told_from_a_whole_one(pack):
    path = pack("tar", {"a.md": "good"})
    content = Path(path).read_bytes()[:1024]
    Path(path).write_bytes(content)
    assert found(path) == {"a.md": "good", "": "archive"}


def test_a_damaged_header_within_a_tar_does_not_hide_what_follows_it(pack):
    path = pack("tar", {"a.md": "good", "b.md": "good"})
    content = bytearray(Path(path).read_bytes())
    content[1024 + 150] ^= 0xFF  # in the checksum of the second
    Path(path).write_bytes(content)
    assert found(path) == {"a.md": "good", "": "archive"}


def test_a_second_tar_behind_the_first_is_not_lost_in_silence(pack):
    path = pack("tar", {"a.md": "good"})
    content = Path(path).read_bytes()
    Path(path).write_bytes(content + content)
    assert found(path) == {"a.md": "good", "": "archive"}


def test_a_wrong_checksum_in_a_zip_refuses_that_member_alone(pack):
    path = pack("zip", {"a.md": "good", "b.md": "also good"})
    content = bytearray(Path(path).read_bytes())
    place = content.index(b"a.md") + 4
    content[place] ^= 0xFF
    Path(path).write_bytes(content)
    assert found(path) == {"a.md": "unreadable", "b.md": "also good"}


@pytest.mark.parametrize("form", FORMS)
def test_an_archive_cut_anywhere_gives_what_stands_before_the_cut(pack, form):
    path = pack(form, {AI: record_text("2501.97002"), "z/29-Jan-2025/AI/README.md": ""})
    whole = Path(path).read_bytes()
    for cut in range(1, len(whole), 1 if len(whole) < 2000 else 61):
        Path(path).write_bytes(whole[:cut])
        contents = found(path)
        assert contents.get("") == "archive" or len(contents) == 2  # only padding was cut off
        assert set(contents.values()) <= {"archive", record_text("2501.97002"), ""}


@pytest.mark.parametrize("form", FORMS)
def test_a_damaged_archive_never_makes_the_reader_raise(pack, form):
    path = pack(form, MEMBERS)
    whole = Path(path).read_bytes()
    if form == "tar.gz":
        whole = gzip.decompress(whole)
    dice = random.Random(20250129)
    for _ in range(300):
        damaged = bytearray(whole)
        for _ in range(dice.randint(1, 6)):
            damaged[dice.randrange(len(damaged))] = dice.randrange(256)
        content = gzip.compress(damaged, 1) if form == "tar.gz" else damaged
        Path(path).write_bytes(content)
        for file in DigestFiles([path]):
            with suppress(DigestRefused):
                parse(read(file))
