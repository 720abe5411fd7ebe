"""The figures in the documents, computed from the labels and real abstracts."""

import json
import lzma
import subprocess
import sys
from itertools import islice
from pathlib import Path

import pytest

from papers.text.alignment import align

pytestmark = pytest.mark.corpus

ROOT = Path(__file__).parents[2]


def test_the_documented_figures_are_those_of_the_labels(corpus):
    command = [sys.executable, ROOT / "bench" / "alignment.py", "labels", corpus]
    table = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    assert table.count("\n") == 16
    assert table in (ROOT / "docs" / "alignment.md").read_text("utf-8")


def test_most_good_translations_are_shown_as_pairs(corpus):
    with lzma.open(corpus / "pairs" / "bilingual.jsonl.xz", "rt", encoding="utf-8") as lines:
        records = [json.loads(line) for line in islice(lines, 500)]
    aligned = [align(record["abstract"], record["abstract_zh"]) for record in records]
    assert sum(alignment.sure for alignment in aligned) >= 0.85 * len(records)


def test_translations_of_other_papers_are_not(corpus):
    with lzma.open(corpus / "pairs" / "bilingual.jsonl.xz", "rt", encoding="utf-8") as lines:
        records = [json.loads(line) for line in islice(lines, 500)]
    others = zip(records, records[1:], strict=False)
    shown = sum(align(one["abstract"], other["abstract_zh"]).sure for one, other in others)
    assert shown <= 0.01 * len(records)
