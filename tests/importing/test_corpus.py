"""The real digests: known facts about them, parsed and imported."""

import datetime
import subprocess
import sys
import tarfile
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest

from papers.digests import jsonl
from papers.digests.decoding import decode
from papers.digests.discover import DigestFiles
from papers.digests.markdown import parse
from papers.digests.records import Record
from papers.models import Digest, Paper
from tests.importing.conftest import all_rows, as_json, importing

pytestmark = pytest.mark.corpus

ROOT = Path(__file__).parents[2]
RECORDS_WITH_TWIN = 916
DAYS = ("daily/29-Jan-2025", "daily/30-Jan-2025", "robotics/10-Mar-2025")
FIGURES = {
    "digests": 24,
    "digests_empty": 0,
    "records": 965,
    "repeats": 1,
    "papers_created": 505,
    "problems": [],
}


@pytest.mark.django_db
def test_some_days_of_it_are_imported_and_again_change_nothing(corpus):
    """``tests/scale/test_whole_corpus.py`` imports all of it."""
    days = [corpus / "corpus" / day for day in DAYS]
    report = as_json(importing(*days))
    assert {name: report[name] for name in FIGURES} == FIGURES
    paper = Paper.objects.get(arxiv_id="2501.17161")
    assert paper.title_zh == "SFT 存储，RL 精炼：基础模型训练后比较研究"
    of_robotics = Digest.objects.filter(
        date=datetime.date(2025, 3, 10), topic__slug__in=["ro", "cs-ro"]
    )
    assert {one.topic.kind for one in of_robotics} == {"theme", "category"}
    before = all_rows()
    again = as_json(importing(*days))
    changes = ("papers_created", "papers_updated", "papers_unchanged")
    assert [again[name] for name in changes] == [0, 0, 505]
    assert all_rows() == before


def test_the_seed_is_a_digest_of_17_papers(corpus):
    parsed = parse(decode((corpus / "seed/multimodal-digest.md").read_bytes()))
    assert (len(parsed.records), parsed.problems) == (17, ())


def test_each_twin_says_what_its_markdown_says(corpus):
    files = [file for file in DigestFiles([str(corpus / "corpus")]) if file.twin]
    assert len(files) == 32
    records = 0
    for file in files:
        in_markdown = parse(decode(file.read())).records
        in_twin = jsonl.parse(decode(file.twin.read()))
        assert without_lines(in_twin.records) == without_lines(in_markdown), file.shown
        assert in_twin.problems == ()
        records += len(in_markdown)
    assert records == RECORDS_WITH_TWIN


def without_lines(records: tuple[Record, ...]) -> list[Record]:
    return [replace(record, line=0) for record in records]


@pytest.mark.parametrize("form", ["tar.gz", "zip"])
def test_an_archive_of_it_holds_the_same_digests_in_little_memory(corpus, tmp_path, form):
    archive = str(tmp_path / f"all.{form}")
    pack(corpus / "corpus", archive)
    command = [sys.executable, "-c", READ_ALL, archive]
    printed = subprocess.run(command, capture_output=True, text=True, check=True, cwd=ROOT).stdout
    digests, records, megabytes = map(int, printed.split())
    assert (digests, records) == (573, 24_336)
    assert megabytes < 120


READ_ALL = """
import sys
from pathlib import Path
from papers.digests.discover import DigestFiles
from papers.digests.formats import parse, read
found = [len(parse(read(file)).parsed.records) for file in DigestFiles(sys.argv[1:])]
# (Not ru_maxrss: that begins with what the tests' own process had when it forked.)
(peak,) = (line.split()[1] for line in Path("/proc/self/status").open() if "VmHWM" in line)
print(len(found), sum(found), int(peak) // 1024)
"""


def pack(folder: Path, archive: str) -> None:
    if archive.endswith(".zip"):
        with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as packed:
            for file in sorted(folder.rglob("*.*")):
                packed.write(file, file.relative_to(folder))
    else:
        with tarfile.open(archive, "w:gz", compresslevel=1) as packed:
            packed.add(folder, ".")
