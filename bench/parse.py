"""Measure parsing of all digests against reading and decoding their bytes, in one run.

    .venv/bin/python bench/parse.py FOLDER [--runs 9]

FOLDER holds digests as a publisher stores them. The runs are interleaved; the ratio is that of the
medians, and the memory is the peak of this process, which holds one digest at a time.
"""

import argparse
import resource
import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from papers.digests import markdown  # noqa: E402
from papers.digests.decoding import decode  # noqa: E402


def main() -> None:
    options = _arguments()
    files = sorted(options.folder.rglob("*.md"))
    things: dict[str, Callable[[], int]] = {
        "read and decode": lambda: sum(len(file.read_bytes().decode()) for file in files),
        "parse": lambda: sum(len(markdown.parse(decode(f.read_bytes())).records) for f in files),
    }
    seconds: dict[str, list[float]] = {name: [] for name in things}
    counted: dict[str, int] = {}
    for _ in range(options.runs):
        for name, thing in things.items():
            started = time.perf_counter()
            counted[name] = thing()
            seconds[name].append(time.perf_counter() - started)
    floor, ours = (statistics.median(seconds[name]) for name in things)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"{len(files):,} files, {counted['read and decode']:,} characters")
    print(f"read and decode {floor:.3f} s, parse {ours:.3f} s: {ours / floor:.2f} times")
    print(f"{counted['parse']:,} records, peak memory {peak:.0f} MB")


def _arguments() -> argparse.Namespace:
    arguments = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    arguments.add_argument("folder", type=Path)
    arguments.add_argument("--runs", type=int, default=9)
    return arguments.parse_args()


if __name__ == "__main__":
    main()
