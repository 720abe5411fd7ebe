"""The real digests: what is known of them, read and imported."""

import ast
import datetime

import pytest

from papers.digests.arxiv_ids import without_version
from papers.digests.foreign_text import clean, decode
from papers.digests.names import split_authors
from papers.digests.parser import parse
from papers.models import Digest, Paper
from tests.digests.conftest import all_rows, importing

pytestmark = pytest.mark.corpus

FIGURES = {
    "digests": 489,
    "digests_empty": 14,
    "records": 24_336,
    "repeats": 279,
    "papers_created": 13_318,
    "problems": [],
}


@pytest.mark.django_db
def test_all_of_it_is_imported_and_again_changes_nothing(corpus):
    report = importing(corpus / "corpus").as_json()
    assert {name: report[name] for name in FIGURES} == FIGURES
    paper = Paper.objects.get(arxiv_id="2501.17161")
    assert paper.title_zh == "SFT 存储，RL 精炼：基础模型训练后比较研究"
    of_robotics = Digest.objects.filter(
        date=datetime.date(2025, 3, 10), topic__slug__in=["ro", "cs-ro"]
    )
    assert {one.topic.kind for one in of_robotics} == {"theme", "category"}
    before = all_rows()
    again = importing(corpus / "corpus").as_json()
    changes = ("papers_created", "papers_updated", "papers_unchanged")
    assert [again[name] for name in changes] == [0, 0, 13_318]
    assert all_rows() == before


def test_the_seed_is_a_digest_of_17_papers(corpus):
    parsed = parse(decode((corpus / "seed/multimodal-digest.md").read_bytes()))
    assert (len(parsed.records), parsed.problems) == (17, ())


def test_each_twin_says_what_its_digest_says(corpus):
    twins = sorted((corpus / "corpus").glob("**/*.jsonl"))
    assert len(twins) == 32
    for twin in twins:
        digest = twin.with_suffix(".md")
        if not digest.exists():
            digest = twin.with_name("README.md")
        assert in_digest(digest) == in_twin(twin), twin


def in_digest(file) -> list[tuple]:
    return [
        (one.arxiv_id, one.title, one.authors, one.abstract, one.title_zh, one.abstract_zh)
        for one in parse(decode(file.read_bytes())).records
    ]


def in_twin(file) -> list[tuple]:
    """The lines are Python's dictionaries, not JSON."""
    return [
        (
            without_version(one["arxiv_id"].removeprefix("arXiv:")),
            " ".join(clean(one["title"]).split()),
            split_authors(one["authors"]),
            text(one["abstract"]),
            text(one.get("title_zh", "")),
            text(one.get("abstract_zh", "")),
        )
        for one in map(ast.literal_eval, file.read_text("utf-8").splitlines())
    ]


def text(given: str) -> str:
    lines = given.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    return clean("\n".join(line.rstrip() for line in lines))
