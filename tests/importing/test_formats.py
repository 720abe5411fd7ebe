"""Import of digests in all formats, through the command."""

import datetime
import io
import tarfile
from pathlib import Path
from types import SimpleNamespace

import pytest

from papers.digests import jsonl, markdown
from papers.digests.location import parse_topic
from papers.models import Digest, Paper
from tests.importing.conftest import LAMP, all_rows, canonical_dump, importing, left_by
from tests.support import record_text

pytestmark = pytest.mark.django_db

OTHER = "2501.98001"
PLACE = "lamps/2025-01-29/AI"
PLACED = {
    "source": "mine",
    "date": datetime.date(2025, 1, 29),
    "topic": parse_topic("cs.AI"),
}


def twin_text(*ids: str) -> str:
    same = {"authors": "Ada Example, Bo Muster", "abstract": "We light lamps and count shadows."}
    same |= {"title": "Lamps for Dark Corpora", "title_zh": "照亮暗处语料的灯"}
    same |= {"abstract_zh": "我们点灯，数影子，并在暗处的语料中寻找光亮。"}
    return "".join(f"{ {'arxiv_id': one, **same} }\n" for one in ids)


@pytest.fixture
def write(tmp_path):
    def write(name: str, text: str, place: str = PLACE) -> Path:
        file = tmp_path / "all" / place / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, "utf-8")
        return file

    return write


@pytest.fixture
def pair(write, tmp_path) -> Path:
    """A folder with one digest in both forms."""
    write("README.md", record_text(LAMP) + record_text(OTHER))
    write("papers.jsonl", twin_text(LAMP, OTHER))
    return tmp_path / "all"


def test_two_markdown_files_whose_names_differ_in_case_are_no_pair(write):
    place = "lamps/2025-01-29/topic"
    files = [
        write("Tool_Use_related_papers.md", record_text(LAMP), place),
        write("TOOL_USE_related_papers.md", record_text(OTHER), place),
    ]
    report = importing(*map(str, files))
    assert [(file, one.code) for file, one in report.problems] == [(str(files[1]), "same-digest")]


def packed(folder: Path, *order: str) -> str:
    path = folder.with_name("news.tar.gz")
    with tarfile.open(path, "w:gz") as archive:
        for name in order or [""]:
            archive.add(folder / name, name or ".")
    return str(path)


def test_a_digest_in_both_forms_is_one_digest(pair):
    report = importing(pair)
    assert (report.digests, report.records, report.passed_over) == (1, 2, 1)
    assert report.problems == []
    assert Digest.objects.get().file.endswith("README.md")


def test_a_twin_alone_gives_what_its_markdown_gives(write, pair):
    def as_twin():
        importing(pair / PLACE / "papers.jsonl")
        Digest.objects.update(file="", content_hash="")

    def as_markdown():
        importing(pair / PLACE / "README.md")
        Digest.objects.update(file="", content_hash="")

    assert left_by(as_twin) == left_by(as_markdown)


def test_the_twin_completes_a_markdown_file_that_was_cut_off(write, pair):
    (pair / PLACE / "README.md").write_text(record_text(LAMP))
    report = importing(pair)
    ((file, problem),) = report.problems
    assert (report.records, problem.code) == (2, "twin-read")
    assert file.endswith("papers.jsonl")
    assert report.refused_files == 0
    assert [one.code for _, one in importing(pair).problems] == ["twin-read"]


def test_an_archive_gives_what_its_folder_gives(pair):
    (pair / "lamps").rename(pair.with_name("lamps"))
    folder = pair.with_name("lamps")

    def from_folder():
        importing(folder)
        Digest.objects.update(file="")

    def from_archive():
        assert importing(packed(folder), source="lamps").problems == []
        Digest.objects.update(file="")

    assert left_by(from_archive) == left_by(from_folder)


def test_what_was_imported_from_a_folder_is_known_in_an_archive(pair, monkeypatch):
    importing(pair)
    before = all_rows()
    monkeypatch.setattr(markdown, "parse", lambda text: pytest.fail("parsed again"))
    monkeypatch.setattr(jsonl, "parse", lambda text: pytest.fail("parsed again"))
    report = importing(packed(pair))
    assert (report.digests, report.records, report.passed_over) == (1, 2, 1)
    assert all_rows() == before


@pytest.mark.parametrize("names", [["README.md", "papers.jsonl"], ["papers.jsonl", "README.md"]])
def test_two_forms_far_apart_in_an_archive_are_one_digest(pair, write, names):
    write("README.md", record_text("2501.98002"), "lamps/2025-01-30/AI")
    first, second = names
    archive = packed(pair, f"{PLACE}/{first}", "lamps/2025-01-30/AI", f"{PLACE}/{second}")
    for _ in range(2):
        report = importing(archive)
        assert (report.digests, report.records, report.passed_over) == (2, 3, 1)
        assert report.problems == []


def test_of_two_forms_far_apart_a_larger_second_one_is_refused_not_lost(pair, write):
    (pair / PLACE / "README.md").write_text(record_text(LAMP))
    write("README.md", record_text("2501.98002"), "lamps/2025-01-30/AI")
    order = (f"{PLACE}/README.md", "lamps/2025-01-30/AI", f"{PLACE}/papers.jsonl")
    report = importing(packed(pair, *order))
    assert [one.code for _, one in report.problems] == ["same-digest"]
    assert report.refused_files == 1
    assert Paper.objects.count() == 2


def test_a_damaged_archive_is_refused_and_what_stands_before_the_damage_is_imported(pair):
    archive = Path(packed(pair, PLACE))
    archive.write_bytes(archive.read_bytes()[:-20])
    report = importing(archive)
    assert [(file, one.code) for file, one in report.problems] == [(str(archive), "archive")]
    assert report.refused_files == 1
    assert Paper.objects.count() == 2


@pytest.mark.parametrize("text", [record_text(LAMP), twin_text(LAMP)])
def test_standard_input_is_imported_with_options(text, monkeypatch):
    for _ in range(2):
        monkeypatch.setattr("sys.stdin", SimpleNamespace(buffer=io.BytesIO(text.encode())))
        report = importing("-", **PLACED)
        assert (report.problems, report.records) == ([], 1)
    digest = Digest.objects.get()
    assert (digest.source.name, digest.topic.slug, digest.file) == (
        "mine",
        "cs-ai",
        "standard input",
    )


def test_standard_input_without_options_is_refused_with_what_to_give(monkeypatch):
    stream = io.BytesIO(record_text(LAMP).encode())
    monkeypatch.setattr("sys.stdin", SimpleNamespace(buffer=stream))
    ((file, problem),) = importing("-").problems
    assert (file, problem.code) == ("standard input", "location")
    assert "give --source NAME --date YYYY-MM-DD --topic NAME" in problem.message


def test_nothing_on_standard_input_takes_no_digest_back(monkeypatch):
    stream = io.BytesIO(record_text(LAMP).encode())
    monkeypatch.setattr("sys.stdin", SimpleNamespace(buffer=stream))
    importing("-", **PLACED)
    before = canonical_dump()
    report = importing("-", **PLACED)  # the stream is at its end
    assert [one.code for _, one in report.problems] == ["empty"]
    assert canonical_dump() == before
