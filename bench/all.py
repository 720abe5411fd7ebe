"""Measure the goals that a small archive can show, in one table with verdicts.

    .venv/bin/pip install -r requirements-bench.txt
    .venv/bin/python bench/all.py FOLDER [--runs 1]

FOLDER holds digests as a publisher stores them. They are imported, and pages and searches measured
on what comes of it. ``import.py``, ``serve.py`` and ``search.py`` say what each figure is, and run
with more data. The glossary, related papers, growth and first visits have benches of their own.
"""

import argparse
import importlib
import os
import sys
import tempfile
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from bench import search, serve  # noqa: E402

imports = importlib.import_module("bench.import")
SEARCH_RUNS = 10
PAGE_RUNS, PAGE_SECONDS = 3, 1


class Row(NamedTuple):
    """A goal: at most ``goal``, or at least with ``is_least``."""

    work: str
    against: str
    value: float
    goal: float
    is_least: bool = False
    unit: str = "×"

    @property
    def is_met(self) -> bool:
        return self.value >= self.goal if self.is_least else self.value <= self.goal

    def __str__(self) -> str:
        sign, verdict = "≥" if self.is_least else "≤", "met" if self.is_met else "missed"
        said = f"{self.value:.2f} {self.unit}"
        return f"| {self.work} | {self.against} | {said} | {sign} {self.goal:g} | {verdict} |"


def main() -> None:
    options = _arguments()
    print("| work | against | measured | goal | |\n|---|---|--:|--:|---|")
    with tempfile.TemporaryDirectory() as scratch:
        for row in _rows(options.folder, options.runs, Path(scratch)):
            print(row, flush=True)


def _arguments() -> argparse.Namespace:
    arguments = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    arguments.add_argument("folder", type=Path)
    arguments.add_argument("--runs", type=int, default=1, help="of the import")
    return arguments.parse_args()


def _rows(folder: Path, runs: int, work: Path) -> Iterator[Row]:
    yield from import_rows(imports.measured(folder, 1, runs, work))
    database = str(work / "ours.sqlite3")
    yield from page_rows(serve.measured(database, database, PAGE_RUNS, PAGE_SECONDS))
    yield from search_rows(database)


def import_rows(found: dict[str, float]) -> Iterator[Row]:
    new_day = found["day"] - found["copy"]
    again = (found["again"] - found["start"]) / found["hash"]
    yield Row("parse", "reading and decoding", found["parse"] / found["read"], 6)
    yield Row("import", "executemany of the final rows", found["ours"] / found["floor"], 2.5)
    yield Row("import", "sqlite-utils with FTS", found["ours"] / found["peer"], 2.5)
    yield Row("database", "sqlite-utils' file", found["ours MB"] / found["peer MB"], 1)
    yield Row("import again, without the start of Django", "hashing the files", again, 3)
    yield Row("one new day", "", new_day, 1, unit="s")


def page_rows(found: dict[str, float]) -> Iterator[Row]:
    for page, least in (("list", 0.3), ("paper", 0.25), ("search", 0.15)):
        ratio = found[f"{page}, cold"] / found["empty"]
        yield Row(f"{page}, not cached", "an empty page", ratio, least, is_least=True)
    table = found["list, cold"] / found["Datasette table"]
    yield Row("list, not cached", "Datasette's table", table, 4, is_least=True)
    yield Row("the day with 300 titles", "the list", found["list, cold"] / found["day, cold"], 2)
    yield Row("feed", "the list", found["list, cold"] / found["feed, cold"], 1.5)
    yield Row(
        "page 1,000, or the last", "page 1", found["list, cold"] / found["far page, cold"], 1.1
    )
    for page in ("front", "list", "paper"):
        cached, same = (found[f"{page}, {how}"] / found["empty"] for how in ("cached", "304"))
        yield Row(f"{page}, cached", "an empty page", cached, 1, is_least=True)
        yield Row(f"{page}, 304", "an empty page", same, 1.4, is_least=True)
    nginx = found["nginx, the site"] / found["nginx, a file"]
    yield Row("list behind nginx", "a file of nginx", nginx, 0.95, is_least=True)
    two = found["two workers"] / found["list, cold"]
    yield Row("two workers", "one", two, 1.9, is_least=True)
    yield Row("memory of the larger of two workers", "", found["two, MB"], 100, unit="MB")


def search_rows(database: str) -> Iterator[Row]:
    os.environ["DATABASE_URL"] = f"sqlite:///{database}"
    os.environ["DJANGO_SETTINGS_MODULE"] = serve.COLD
    import django

    django.setup()
    asks = {
        "raw": search.raw(),
        "as typed": partial(search.kernel, bridge=False),
        "bridged": search.kernel,
    }
    for kind, ((raw, _), (typed, slow), (bridged, slow_bridged)) in search.latencies(
        asks, SEARCH_RUNS
    ):
        yield Row(f"search, {kind}, bridge off: more", "raw FTS5", typed - raw, 2, unit="ms")
        yield Row(f"search, {kind}: 99th percentile", "its median", slow / typed, 2)
        if kind == "Chinese":
            yield Row("Chinese with the bridge: more", "without", bridged - typed, 5, unit="ms")
            yield Row("Chinese with the bridge: 99th percentile", "", slow_bridged, 60, unit="ms")


if __name__ == "__main__":
    main()
