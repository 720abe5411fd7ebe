"""Measure the glossary: docs/glossary.md's figures.

    .venv/bin/python bench/glossary.py labels
    .venv/bin/python bench/glossary.py lookup FOLDER
    .venv/bin/python bench/glossary.py mining FOLDER
    .venv/bin/python bench/glossary.py judge FOLDER

FOLDER holds ``pairs/bilingual.jsonl.xz`` (records with id, title, title_zh, abstract, abstract_zh).

- labels: precision of the shipped core pairs that were read by hand, and the well-known terms
- lookup: time to load the shipped glossary and to find terms, and its memory
- mining: time and memory of ``build_glossary`` over all of ``pairs/``, all its processes together
- judge: mine three quarters of ``pairs/`` and judge right and wrong pairs of the others
"""

import argparse
import os
import random
import statistics
import subprocess
import sys
import tempfile
import time
from collections import Counter
from itertools import islice
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "digest_site.settings")

import django  # noqa: E402

django.setup()

from bench import memory  # noqa: E402
from bench.triage import Share  # noqa: E402
from papers.glossary import Glossary, hand_list, shipped  # noqa: E402
from papers.glossary.bilingual_papers import papers_in  # noqa: E402
from papers.glossary.bitext import BilingualPaper  # noqa: E402
from papers.glossary.mining import mine  # noqa: E402
from papers.glossary.strayed import LEAST_SHARE, LEAST_TERMS, coverage  # noqa: E402
from papers.glossary.tokens import chinese_key  # noqa: E402

LABELS = ROOT / "tests/data/glossary"
JUDGED = 3000
SEED = 20261129


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    arguments.add_argument("what", choices=("labels", "lookup", "mining", "judge"))
    arguments.add_argument("folder", type=Path, nargs="?")
    given = arguments.parse_args()
    if given.what == "labels":
        labels()
    else:
        file = given.folder / "pairs/bilingual.jsonl.xz"
        {"lookup": lookup, "mining": mining, "judge": judge}[given.what](file)


def labels() -> None:
    counts = Counter(label for label, *_ in _rows("core_pairs.tsv"))
    total = counts.total()
    print(f"translate each other: {Share(total - counts['wrong'], total)}")
    print(f"and are usual, whole terms: {Share(counts['right'], total)}")
    glossary = Glossary(shipped.shipped_pairs(), "shipped")
    mined = Glossary(shipped.read(shipped.FILE), "mined")
    for name, one in (("mined", mined), ("with the hand list", glossary)):
        right = sum(
            chinese_key(one.shown_chinese_of(english)) in map(chinese_key, accepted.split("|"))
            for english, accepted in _rows("well_known.tsv")
        )
        print(f"well-known terms right, {name}: {Share(right, len(_rows('well_known.tsv')))}")


def _rows(name: str) -> list[list[str]]:
    lines = (LABELS / name).read_text("utf-8").splitlines()
    return [line.split("\t") for line in lines if not line.startswith("#")]


def lookup(file: Path) -> None:
    before, started = _resident(), time.process_time()
    glossary = Glossary(shipped.shipped_pairs(), "shipped")
    loading = time.process_time() - started
    print(f"{len(glossary):,} pairs loaded in {loading:.2f} s, {_resident() - before:.0f} MB")
    papers = list(islice(papers_in(file), 20_000, 21_000))
    for name, find, texts in (
        ("English abstract", glossary.in_english, [paper.abstract for paper in papers]),
        ("Chinese abstract", glossary.in_chinese, [paper.abstract_zh for paper in papers]),
        ("Chinese title", glossary.in_chinese, [paper.title_zh for paper in papers]),
    ):
        times, found = [], []
        for text in texts:
            started = time.process_time()
            terms = find(text)
            times.append(time.process_time() - started)
            found.append(len(terms))
        middle, slow = statistics.median(times), statistics.quantiles(times, n=20)[-1]
        print(
            f"{name}: median {1000 * middle:.2f} ms, 95 % {1000 * slow:.2f} ms, "
            f"{statistics.median(found):.0f} terms"
        )


def _resident() -> float:
    fields = dict(
        line.split(":", 1)
        for line in Path("/proc/self/status").read_text().splitlines()
        if ":" in line
    )
    return int(fields["VmRSS"].split()[0]) / 1024


def mining(file: Path) -> None:
    found = mined(file)
    print(f"{found['seconds']:.0f} s, {found['processor']:.0f} s of processors")
    print(f"all processes: {found['MB']:.0f} MB; the same as the shipped file: {found['same']}")


def mined(file: Path) -> dict[str, float]:
    """Mine the whole file by the site's command. Return what it cost, and whether the result is
    the ``same`` as the shipped file."""
    with tempfile.TemporaryDirectory() as folder:
        written = Path(folder) / "mined.tsv"
        command = ["manage.py", "build_glossary", "--from", str(file), "--write", str(written)]
        before, started = os.times(), time.monotonic()
        with subprocess.Popen([sys.executable, *command], cwd=ROOT) as process:
            most = memory.peak(process)
        seconds, used = time.monotonic() - started, os.times()
        is_same = written.read_bytes() == shipped.FILE.read_bytes()
    processor = used.children_user + used.children_system
    processor -= before.children_user + before.children_system
    return {"seconds": seconds, "processor": processor, "MB": most, "same": is_same}


def judge(file: Path) -> None:
    papers = list(papers_in(file))
    random.Random(SEED).shuffle(papers)
    quarter = len(papers) // 4
    pairs = mine(papers[quarter:])
    glossary = Glossary([*pairs, *hand_list.read()], "three quarters")
    judged = [
        paper for paper in papers[:quarter] if _covered(paper, paper, glossary).terms >= LEAST_TERMS
    ][:JUDGED]
    others = judged[1:] + judged[:1]
    right = [_covered(paper, paper, glossary).share for paper in judged]
    wrong = [
        _covered(paper, other, glossary).share for paper, other in zip(judged, others, strict=True)
    ]
    for name, shares in (("right", right), ("wrong", wrong)):
        print(
            f"{len(shares):,} {name} pairs: median {statistics.median(shares):.2f}, "
            f"{min(shares):.2f} to {max(shares):.2f}, "
            f"{sum(share < LEAST_SHARE for share in shares)} strayed"
        )


def _covered(paper: BilingualPaper, other: BilingualPaper, glossary: Glossary):
    return coverage(paper.abstract, other.abstract_zh, glossary)


if __name__ == "__main__":
    main()
