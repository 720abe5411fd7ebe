"""How right the rules of the triage are, against what people read: the table of docs/triage.md.

    .venv/bin/python bench/triage.py FOLDER

FOLDER holds the digests whose texts were labelled in ``tests/data/triage``.

- precision: of up to 30 texts to which the rules give a fault, those that have it (flagged.tsv)
- precision of ``incomplete``: of 40 sentences that are said to be left out, those that are
  (tests/data/alignment/left_out.tsv, drawn from other texts)
- recall: of 200 titles and 200 abstracts drawn at random, those that have a fault and were given it
  (random.tsv)

In brackets are the bounds between which the true share lies 19 times in 20 (Wilson's interval).
"""

import argparse
import csv
import hashlib
import math
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from papers.digests import markdown  # noqa: E402
from papers.digests.decoding import decode  # noqa: E402
from papers.digests.records import Record  # noqa: E402
from papers.text.triage import Fault, triage_abstract, triage_title  # noqa: E402

LABELS = ROOT / "tests" / "data" / "triage"
LEFT_OUT = ROOT / "tests" / "data" / "alignment"
Text = tuple[str, str, str]  # arXiv id, field, beginning of the hash


class Share(NamedTuple):
    right: int
    all: int

    def __str__(self) -> str:
        if not self.all:
            return "no case"
        low, high = self.interval
        share = self.right / self.all
        return f"{share:.2f} [{low:.2f}, {high:.2f}] ({self.right} of {self.all})"

    @property
    def interval(self) -> tuple[float, float]:
        """https://en.wikipedia.org/wiki/Binomial_proportion_confidence_interval"""
        z, share = 1.96, self.right / self.all
        middle = share + z * z / (2 * self.all)
        reach = z * math.sqrt(share * (1 - share) / self.all + (z / (2 * self.all)) ** 2)
        scale = 1 + z * z / self.all
        return (middle - reach) / scale, (middle + reach) / scale


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    arguments.add_argument("folder", type=Path)
    given = faults_by_rules(arguments.parse_args().folder)
    print("| fault | precision | recall |")
    print("|---|---|---|")
    for fault in Fault:
        print(f"| `{fault}` | {precision(fault, given)} | {recall(fault, given)} |")


def precision(fault: Fault, given: dict[Text, set[str]]) -> Share:
    if fault == Fault.INCOMPLETE:
        read = [row["verdict"] == "yes" for row in _rows("left_out.tsv", LEFT_OUT)]
        return Share(sum(read), len(read))
    rows = [row for row in _rows("flagged.tsv") if row["fault"] == fault]
    verdicts = [row["verdict"] == "yes" for row in rows if fault in given[_text(row)]]
    return Share(sum(verdicts), len(verdicts))


def recall(fault: Fault, given: dict[Text, set[str]]) -> Share:
    rows = [row for row in _rows("random.tsv") if fault in row["labels"].split(",")]
    return Share(sum(fault in given[_text(row)] for row in rows), len(rows))


def faults_by_rules(folder: Path) -> dict[Text, set[str]]:
    """The faults of every Chinese text in the folder, beside the English it first comes with."""
    given: dict[Text, set[str]] = {}
    for record in _records(folder):
        for field, text, judge, english in (
            ("title", record.title_zh, triage_title, record.title),
            ("abstract", record.abstract_zh, triage_abstract, record.abstract),
        ):
            key = record.arxiv_id, field, hashlib.sha256(text.encode()).hexdigest()[:12]
            if text and key not in given:
                given[key] = set(judge(text, english).faults)
    return given


def _records(folder: Path) -> Iterator[Record]:
    for file in sorted(folder.rglob("*.md")):
        yield from markdown.parse(decode(file.read_bytes())).records


def _rows(name: str, folder: Path = LABELS) -> list[dict[str, str]]:
    with open(folder / name, encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter="\t"))


def _text(row: dict[str, str]) -> Text:
    return row["arxiv_id"], row["field"], row["text_hash"]


if __name__ == "__main__":
    main()
