"""How right, how sure and how quick the sentence aligner is: the figures of docs/alignment.md.

    .venv/bin/python bench/alignment.py labels FOLDER
    .venv/bin/python bench/alignment.py pairs FOLDER
    .venv/bin/python bench/alignment.py estimate FOLDER

FOLDER holds ``pairs/bilingual.jsonl.xz`` (records with id, abstract, abstract_zh) and ``corpus/``,
digests as publishers keep them.

- labels: against what people said in ``tests/data/alignment`` of 100 abstracts, which they cut and
  paired, and of sentences that are marked as left out of the Chinese
- pairs: all abstracts of ``pairs/``; what is shown as pairs, how sure it is, what it costs
- estimate: the constants of ``papers/text/bead_costs.py`` from ``pairs/``
"""

import argparse
import csv
import hashlib
import json
import lzma
import math
import re
import statistics
import sys
import time
from collections import Counter
from collections.abc import Iterator
from itertools import accumulate
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from papers.digests import markdown  # noqa: E402
from papers.digests.decoding import decode  # noqa: E402
from papers.text.alignment import Alignment, Bead, align  # noqa: E402
from papers.text.anchors import find_anchors  # noqa: E402
from papers.text.bead_costs import HAN, length  # noqa: E402
from papers.text.incomplete import left_out  # noqa: E402
from papers.text.sentences import Span, sentences  # noqa: E402

LABELS = ROOT / "tests" / "data" / "alignment"
_HAN = re.compile("[\u3400-\u4dbf\u4e00-\u9fff]")

A_WORD_OR_TWO = 20
"""Characters of English. A bead that strays by no more is not wrong for a reader."""


class Abstract(NamedTuple):
    english: str
    chinese: str


class Labelled(NamedTuple):
    text: Abstract
    ends: tuple[list[int], list[int]]
    """Where the sentences of either text end."""
    beads: list[tuple[Span, Span]]


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    arguments.add_argument("what", choices=("labels", "pairs", "estimate"))
    arguments.add_argument("folder", type=Path)
    options = arguments.parse_args()
    {"labels": print_labels, "pairs": print_pairs, "estimate": print_estimate}[options.what](
        options.folder
    )


# ---- labels


def print_labels(folder: Path) -> None:
    from_pairs = {_hash(text): text for text in read_pairs(folder)}
    labelled = read_labelled(folder, from_pairs)
    aligned = [align(*one.text) for one in labelled]
    beads = [
        (bead, one, alignment)
        for one, alignment in zip(labelled, aligned, strict=True)
        for bead in alignment.beads
    ]
    right = sum((bead.english, bead.chinese) in one.beads for bead, one, _ in beads)
    sure = [(bead, one, alignment) for bead, one, alignment in beads if bead.sure and bead.is_pair]
    strayed = [alignment for bead, one, alignment in sure if strays(bead, one) > A_WORD_OR_TWO]
    in_labels = sum(len(one.beads) for one in labelled)
    print("| of 100 labelled abstracts, 50 of them with unequal counts | |")
    print("|---|--:|")
    print(f"| sentences | {sum(len(ends) for one in labelled for ends in one.ends):,} |")
    print(f"| ends of sentences that are wrong | {sum(map(wrong_ends, labelled))} |")
    print(f"| beads wholly right, of the {len(beads)} found | {right / len(beads):.3f} ({right}) |")
    print(
        f"| beads wholly right, of the {in_labels} labelled | {right / in_labels:.3f} ({right}) |"
    )
    print(f"| pairs marked sure | {len(sure) / len(beads):.3f} |")
    print(f"| pairs marked sure, wrong in more than a word or two | {len(strayed)} |")
    print(f"| the same in abstracts shown as pairs | {sum(one.sure for one in strayed)} |")
    print(f"| abstracts shown as pairs | {sum(one.sure for one in aligned)} |")
    found, there = _left_out_as_labelled(labelled, aligned)
    print(f"| sentences without Chinese that are found, none wrongly | {found} of {there} |")
    print("\n| sentences marked as left out, read beside the Chinese | |")
    print("|---|--:|")
    for verdict, count in _verdicts(from_pairs).items():
        print(f"| {verdict} | {count} |")


def wrong_ends(labelled: Labelled) -> int:
    """Ends of sentences that are labelled and not found, or found and not labelled."""
    return sum(
        len({*ends} ^ {end for _, end in sentences(text)})
        for text, ends in zip(labelled.text, labelled.ends, strict=True)
    )


def _left_out_as_labelled(labelled: list[Labelled], aligned: list[Alignment]) -> tuple[int, int]:
    found = there = 0
    for one, alignment in zip(labelled, aligned, strict=True):
        without = {english for english, (start, end) in one.beads if start == end}
        marked = {*left_out(*one.text, alignment)}
        if marked - without:
            raise SystemExit(f"marked as left out and not labelled so: {marked - without}")
        found += len(marked)
        there += len(without)
    return found, there


def _verdicts(texts: dict[str, Abstract]) -> Counter[str]:
    """What a reader said of the sentences that are still marked as left out."""
    verdicts: Counter[str] = Counter()
    for row in _rows("left_out.tsv"):
        text = texts[row["text_hash"]]
        if (int(row["start"]), int(row["end"])) in left_out(*text, align(*text)):
            verdicts[row["verdict"]] += 1
    return verdicts


def strays(bead: Bead, labelled: Labelled) -> float:
    """How much stands in the bead without its partner, or outside of it, in characters of English:
    of each labelled bead that it cuts the smaller part."""
    total = 0.0
    for spans in labelled.beads:
        inside = whole = 0.0
        for text, (start, end), of_bead in zip(
            labelled.text, spans, (bead.english, bead.chinese), strict=True
        ):
            whole += length(text[start:end])
            inside += length(text[max(start, of_bead[0]) : max(0, min(end, of_bead[1]))])
        total += min(inside, whole - inside)
    return total


def read_labelled(folder: Path, from_pairs: dict[str, Abstract]) -> list[Labelled]:
    rows = _rows("abstracts.tsv")
    texts = {row["text_hash"]: from_pairs.get(row["text_hash"]) for row in rows}
    missing = {row["arxiv_id"]: row["text_hash"] for row in rows if not texts[row["text_hash"]]}
    for file in sorted((folder / "corpus").rglob("*.md")):
        content = file.read_bytes()
        if any(arxiv_id.encode() in content for arxiv_id in missing):
            for record in markdown.parse(decode(content)).records:
                text = Abstract(record.abstract, record.abstract_zh)
                if missing.get(record.arxiv_id) == _hash(text):
                    texts[missing.pop(record.arxiv_id)] = text
    return [_labelled(text, row) for row in rows if (text := texts[row["text_hash"]])]


def _rows(name: str) -> list[dict[str, str]]:
    with open(LABELS / name, encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter="\t"))


def _hash(text: Abstract) -> str:
    return hashlib.sha256("\n".join(text).encode()).hexdigest()[:12]


def read_pairs(folder: Path) -> Iterator[Abstract]:
    with lzma.open(folder / "pairs" / "bilingual.jsonl.xz", "rt", encoding="utf-8") as lines:
        for line in lines:
            record = json.loads(line)
            yield Abstract(record["abstract"], record["abstract_zh"])


def _labelled(text: Abstract, row: dict[str, str]) -> Labelled:
    ends = [[int(end) for end in row[name].split()] for name in ("english_ends", "chinese_ends")]
    counts = [
        [0 if side == "-" else side.count(",") + 1 for side in pair.split("=")]
        for pair in row["pairs"].split()
    ]
    spans = []
    for which in (0, 1):
        places = [0, *ends[which]]
        passed = [*accumulate((count[which] for count in counts), initial=0)]
        spans.append([(places[a], places[b]) for a, b in zip(passed, passed[1:], strict=False)])
    return Labelled(text, (ends[0], ends[1]), list(zip(*spans, strict=True)))


# ---- all pairs


def print_pairs(folder: Path) -> None:
    texts = list(read_pairs(folder))
    aligned: list[Alignment] = []
    seconds = []
    without = 0
    for text in texts:
        started = time.process_time()
        aligned.append(align(*text))
        seconds.append(time.process_time() - started)
        without += bool(left_out(*text, aligned[-1]))
    shown = [one for one in aligned if one.sure]
    beads = [bead for one in aligned for bead in one.beads]
    print(f"| {len(texts):,} abstracts, {len(beads):,} beads | |")
    print("|---|--:|")
    print(f"| shown as pairs | {len(shown) / len(texts):.3f} |")
    print(f"| beads that are pairs and sure | {_share(b.is_pair and b.sure for b in beads)} |")
    print(f"| the same in what is shown | {_share(b.sure for one in shown for b in one.beads)} |")
    print(f"| milliseconds an abstract: mean | {statistics.mean(seconds) * 1e3:.2f} |")
    for part in (50, 99):
        print(
            f"| {part} of 100 within | {statistics.quantiles(seconds, n=100)[part - 1] * 1e3:.2f} |"
        )
    print(f"| with a sentence marked as left out | {without / len(texts):.4f} |")
    print("\n| kind | share |\n|---|--:|")
    for kind, count in Counter(bead.kind for bead in beads).most_common(6):
        print(f"| {kind} | {count / len(beads):.4f} |")
    print("\n| sureness | abstracts | shown |\n|---|--:|--:|")
    for low, high in ((0, 0.5), (0.5, 0.7), (0.7, 0.8), (0.8, 0.9), (0.9, 1), (1, 2)):
        within = [one.sure for one in aligned if low <= one.sureness < high]
        name = "1" if low == 1 else f"{low} to below {high}"
        print(f"| {name} | {len(within) / len(aligned):.3f} | {sum(within) / len(aligned):.3f} |")


def _share(wanted: Iterator[bool]) -> str:
    flags = list(wanted)
    return f"{sum(flags) / len(flags):.3f}"


# ---- the constants


def print_estimate(folder: Path) -> None:
    """What follows from the abstracts whose sentences are equally many, each beside its own."""
    cut = [(_stripped(one.english), _stripped(one.chinese)) for one in read_pairs(folder)]
    equal = [one for one in cut if len(one[0]) == len(one[1])]
    beside = [pair for one in equal for pair in zip(*one, strict=True)]
    han = sum(len(_HAN.findall(chinese)) for _, chinese in beside)
    other = sum(len(chinese) for _, chinese in beside) - han
    print(f"{len(equal) / len(cut):.3f} of {len(cut):,} abstracts, {len(beside):,} sentences")
    print(f"HAN {(sum(len(english) for english, _ in beside) - other) / han:.2f}")
    lengths = [(length(english), length(chinese)) for english, chinese in beside]
    variance = statistics.mean(2 * (a - b) ** 2 / (a + b) for a, b in lengths if a + b)
    print(f"VARIANCE {variance:.2f}, HAN being {HAN}")
    _print_anchors(equal)


def _print_anchors(equal: list[tuple[list[str], list[str]]]) -> None:
    """Of the anchors in a sentence, how many stand in the one beside it, and in any one."""
    there, all_, by_chance = [0, 0], [0, 0], [0.0, 0.0]
    for english, chinese in equal:
        anchors = find_anchors(english, chinese, {})
        for ours, theirs in ((anchors.one, anchors.other), (anchors.other, anchors.one)):
            for common, kept in enumerate((anchors.rare, ~anchors.rare)):
                for place, bits in enumerate(ours):
                    there[common] += (bits & theirs[place] & kept).bit_count()
                    all_[common] += (bits & kept).bit_count()
                    shared = sum((bits & other & kept).bit_count() for other in theirs)
                    by_chance[common] += shared / len(theirs)
    for common, name in enumerate(("rare", "common")):
        beside, chance = there[common] / all_[common], by_chance[common] / all_[common]
        shared, alone = math.log(beside / chance), math.log((1 - chance) / (1 - beside))
        print(f"{name} anchors: {beside:.3f} beside, {chance:.3f} by chance:", end=" ")
        print(f"shared saves {shared:.2f}, alone costs {alone:.2f} if independent")


def _stripped(text: str) -> list[str]:
    return [text[start:end].strip() for start, end in sentences(text)]


if __name__ == "__main__":
    main()
