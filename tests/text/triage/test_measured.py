"""Precision and recall of the triage, as printed in the documents."""

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[3]


@pytest.mark.corpus
def test_the_documented_precision_and_recall_are_those_of_the_labels(corpus):
    command = [sys.executable, ROOT / "bench" / "triage.py", corpus / "corpus"]
    table = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    assert table.count("\n") == 19
    assert table in (ROOT / "docs" / "triage.md").read_text("utf-8")
