"""Measure the triage rules against human labels: the table of docs/triage.md.

    .venv/bin/python bench/triage.py FOLDER

FOLDER holds the digests whose texts were labelled in ``tests/data/triage``.

- precision: of up to 55 texts to which the rules give a fault, the share that has it (flagged.tsv,
  flagged-2.tsv)
- precision of ``incomplete``: of 40 sentences that are said to be left out, those that are
  (tests/data/alignment/left_out.tsv, drawn from other texts)
- recall: of 400 titles and 400 abstracts drawn at random, the share of those with a fault to which
  the rules gave it (random.tsv, random-2.tsv)
- overall, from the same 800: precision and recall of all faults, and how many texts without a fault
  were given none

Brackets give the 95 % confidence interval (Wilson's).
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
from papers.text.triage import Fault, Triaged, triage_abstract, triage_title  # noqa: E402

RANDOM, FLAGGED = ("random.tsv", "random-2.tsv"), ("flagged.tsv", "flagged-2.tsv")
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
        """Return the bounds of Wilson's 95 % confidence interval.

        https://en.wikipedia.org/wiki/Binomial_proportion_confidence_interval#Wilson_score_interval
        """
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
    print(f"| overall | {overall_precision(given)} | {overall_recall(given)} |")
    print(f"| sound texts given no fault | {sound_left_alone(given)} | |")


def precision(fault: Fault, given: dict[Text, set[str]]) -> Share:
    if fault == Fault.INCOMPLETE:
        read = [row["verdict"] == "yes" for row in _rows("left_out.tsv", folder=LEFT_OUT)]
        return Share(sum(read), len(read))
    verdicts = {
        _text(row): row["verdict"] == "yes"
        for row in _rows(*FLAGGED)
        if row["fault"] == fault and fault in given[_text(row)]
    }
    return Share(sum(verdicts.values()), len(verdicts))


def recall(fault: Fault, given: dict[Text, set[str]]) -> Share:
    rows = [row for row in _rows(*RANDOM) if fault in _named(row)]
    return Share(sum(fault in given[_text(row)] for row in rows), len(rows))


def overall_precision(given: dict[Text, set[str]]) -> Share:
    named = [(fault, row) for row in _rows(*RANDOM) for fault in given[_text(row)]]
    return Share(sum(fault in _named(row) for fault, row in named), len(named))


def overall_recall(given: dict[Text, set[str]]) -> Share:
    named = [(fault, row) for row in _rows(*RANDOM) for fault in _named(row)]
    return Share(sum(fault in given[_text(row)] for fault, row in named), len(named))


def sound_left_alone(given: dict[Text, set[str]]) -> Share:
    sound = [given[_text(row)] for row in _rows(*RANDOM) if not _named(row)]
    return Share(sum(not faults for faults in sound), len(sound))


def _named(row: dict[str, str]) -> set[str]:
    """Return the faults that the reader found; a word or two left untranslated do not count."""
    return set(row["labels"].split(",")) - {"ok", "words-left"}


def faults_by_rules(folder: Path) -> dict[Text, set[str]]:
    """Return the rules' faults for every Chinese text in the folder, with its first English."""
    given: dict[Text, set[str]] = {}
    for record in _records(folder):
        for field, text in (("title", record.title_zh), ("abstract", record.abstract_zh)):
            key = record.arxiv_id, field, hashlib.sha256(text.encode()).hexdigest()[:12]
            if text and key not in given:
                given[key] = set(_judged(field, text, record).faults)
    return given


def _judged(field: str, text: str, record: Record) -> Triaged:
    if field == "title":
        return triage_title(text, record.title, record.abstract)
    return triage_abstract(text, record.abstract)


def _records(folder: Path) -> Iterator[Record]:
    for file in sorted(folder.rglob("*.md")):
        yield from markdown.parse(decode(file.read_bytes())).records


def _rows(*names: str, folder: Path = LABELS) -> Iterator[dict[str, str]]:
    for name in names:
        with open(folder / name, encoding="utf-8", newline="") as file:
            yield from csv.DictReader(file, delimiter="\t")


def _text(row: dict[str, str]) -> Text:
    return row["arxiv_id"], row["field"], row["text_hash"]


if __name__ == "__main__":
    main()
