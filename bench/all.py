"""Measure all goals of the site's speed, in one table with verdicts.

    .venv/bin/pip install -r requirements-bench.txt
    .venv/bin/python bench/all.py FOLDER [--runs 1]
        [--pairs bilingual.jsonl.xz] [--lighthouse PROGRAM]
        [--sizes WHOLE LARGE]… [--postgres LARGE]

FOLDER holds digests as a publisher stores them. They are imported, and pages and searches measured
on what comes of it, in some five minutes. The options add goals that need more: all bilingual
papers, to mine the glossary from; Lighthouse (see ``first_visit.py``); two databases of different
sizes, made with ``make_corpus.py``, once for each kind of database; a large site on PostgreSQL, for
its search. The benches that are imported here say what each figure is.
"""

import argparse
import importlib
import multiprocessing
import os
import sys
import tempfile
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from pathlib import Path
from typing import NamedTuple, TypeVar

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from bench import first_visit, scale, serve  # noqa: E402
from bench.serving import is_file  # noqa: E402

imports = importlib.import_module("bench.import")
SEARCH_RUNS = 10
PAGE_RUNS, PAGE_SECONDS = 3, 1
SIZES_RUNS = 30
VISITS = 3
WHOLE = 118_000  # papers of the two whole archives
COMPARED = 1_000  # of them, for related papers

T = TypeVar("T")


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
        said = f"{self.value:.2f} {self.unit}".rstrip()
        return f"| {self.work} | {self.against} | {said} | {sign} {self.goal:g} | {verdict} |"


def main() -> None:
    options = _arguments()
    print("| work | against | measured | goal | |\n|---|---|--:|--:|---|")
    with tempfile.TemporaryDirectory() as scratch:
        for row in _rows(options, Path(scratch)):
            print(row, flush=True)


def _arguments() -> argparse.Namespace:
    arguments = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    arguments.add_argument("folder", type=Path)
    arguments.add_argument("--runs", type=int, default=1, help="of the import")
    arguments.add_argument("--pairs", type=Path, help="bilingual papers to mine the glossary from")
    arguments.add_argument("--lighthouse", help="the program, for a first visit")
    arguments.add_argument(
        "--sizes", nargs=2, action="append", default=[], metavar=("WHOLE", "LARGE")
    )
    arguments.add_argument("--postgres", help="the address of a large site, to search it")
    return arguments.parse_args()


def _rows(options: argparse.Namespace, work: Path) -> Iterator[Row]:
    yield from import_rows(imports.measured(options.folder, 1, options.runs, work))
    database = str(work / "ours.sqlite3")
    yield from page_rows(serve.measured(database, database, PAGE_RUNS, PAGE_SECONDS))
    yield from search_rows(_with_site(database, search_times))
    yield from related_rows(_with_site(database, related_costs))
    if options.lighthouse:
        yield from visit_rows(first_visit.measured(database, options.lighthouse, VISITS))
    if options.pairs:
        yield from glossary_rows(_with_site(database, partial(glossary_costs, options.pairs)))
    for sizes in options.sizes:
        yield from size_rows(sizes)
    if options.postgres:
        yield from postgres_rows(_with_site(options.postgres, search_times))


# --- Importing


def import_rows(found: dict[str, float]) -> Iterator[Row]:
    new_day = found["day"] - found["copy"]
    again = (found["again"] - found["start"]) / found["hash"]
    yield Row("parse", "reading and decoding", found["parse"] / found["read"], 6)
    yield Row("parse: memory", "", found["parse MB"], 60, unit="MB")
    yield Row("import", "executemany of the final rows", found["ours"] / found["floor"], 2.5)
    yield Row("import", "sqlite-utils with FTS", found["ours"] / found["peer"], 2.5)
    yield Row("import: memory of all processes", "", found["import MB"], 250, unit="MB")
    yield Row("database", "sqlite-utils' file", found["ours MB"] / found["peer MB"], 1)
    yield Row(
        f"import again, without the start of Django ({found['start']:.2f} s)",
        f"hashing the files ({found['hash']:.2f} s)",
        again,
        3,
    )
    yield Row("one new day", "", new_day, 1, unit="s")


# --- Pages


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
    for page in ("list", "paper"):
        made_up = found[f"{page}, cookie"] / found["empty"]
        yield Row(f"{page}, cached, a made-up session", "an empty page", made_up, 1, is_least=True)
    nginx = found["nginx, the site"] / found["nginx, a file"]
    yield Row("list behind nginx", "a file of nginx", nginx, 0.95, is_least=True)
    two = found["two workers"] / found["list, cold"]
    yield Row("two workers", "one", two, 1.9, is_least=True)
    yield Row("memory of the larger of two workers", "", found["two, MB"], 100, unit="MB")


def visit_rows(found: dict[str, list[dict[str, float]]]) -> Iterator[Row]:
    for page, visits in found.items():
        paint = first_visit.median(visits, "paint") / 1000
        requests = first_visit.median(visits, "requests")
        yield Row(f"first visit, {page}: first paint", "", paint, 1.2, unit="s")
        yield Row(f"first visit, {page}: requests", "", requests, 12, unit="")
        for part in first_visit.PARTS:
            score = first_visit.median(visits, part)
            yield Row(f"first visit, {page}: {part}", "", score, 100, is_least=True, unit="")


def size_rows(databases: list[str]) -> Iterator[Row]:
    counts, taken = scale.measured(databases, SIZES_RUNS, scale.FIRST_PORT)
    kind = "SQLite" if is_file(databases[0]) else "PostgreSQL"
    for page, goal in (
        ("list, page 1", 1.1),
        ("list, page 1,000", 1.1),
        ("names", 2),
        ("author and topic", 2),
    ):
        small, large = taken[page]
        yield Row(f"{page}, {kind}, {counts[1]:,} papers", f"{counts[0]:,}", large / small, goal)


# --- What needs the site itself, in a process of its own for each database


def _with_site(database: str, function: Callable[[], T]) -> T:
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(1, context, initializer=_set_up, initargs=(database,)) as process:
        return process.submit(function).result()


def _set_up(database: str) -> None:
    os.environ["DATABASE_URL"] = f"sqlite:///{database}" if is_file(database) else database
    os.environ["DJANGO_SETTINGS_MODULE"] = serve.COLD
    import django

    django.setup()


Times = dict[str, tuple[float, float]]  # median and 99th percentile in ms


def search_times() -> dict[str, Times]:
    """Return how long each kind of query takes, raw, as typed and bridged."""
    from bench import search

    asks: dict[str, search.Ask] = {
        "raw": search.raw(),
        "as typed": partial(search.kernel, bridge=False),
        "bridged": search.kernel,
    }
    taken = search.latencies(asks, SEARCH_RUNS)
    return {kind: dict(zip(asks, times, strict=True)) for kind, times in taken}


def search_rows(found: dict[str, Times]) -> Iterator[Row]:
    for kind, times in found.items():
        (raw, _), (typed, slow) = times["raw"], times["as typed"]
        yield Row(f"search, {kind}, bridge off: more", "raw FTS5", typed - raw, 2, unit="ms")
        yield Row(f"search, {kind}: 99th percentile", "its median", slow / typed, 2)
    typed, (bridged, slow) = found["Chinese"]["as typed"][0], found["Chinese"]["bridged"]
    yield Row("Chinese with the bridge: more", "without", bridged - typed, 5, unit="ms")
    yield Row("Chinese with the bridge: 99th percentile", "", slow, 60, unit="ms")


def postgres_rows(found: dict[str, Times]) -> Iterator[Row]:
    (raw, _), (typed, _) = found["frequent"]["raw"], found["frequent"]["as typed"]
    yield Row("search, frequent, PostgreSQL", "GIN and ts_rank over all", typed / raw, 0.05)


def related_costs() -> dict[str, float]:
    from bench import related

    return related.measured(WHOLE, COMPARED)


def related_rows(found: dict[str, float]) -> Iterator[Row]:
    paper = sum(found[step] for step in ("reading", "indexing", "comparing"))
    yield Row(f"related: one of {WHOLE:,} papers", "", paper, 2, unit="ms")
    yield Row("related: all of them", "", paper * WHOLE / 60_000, 5, unit="min")
    yield Row("related: memory", "", found["MB"], 500, unit="MB")


def glossary_costs(file: Path) -> dict[str, float]:
    from bench import glossary

    return glossary.mined(file)


def glossary_rows(found: dict[str, float]) -> Iterator[Row]:
    yield Row("build_glossary", "", found["seconds"] / 60, 3, unit="min")
    yield Row("build_glossary: memory of all processes", "", found["MB"], 400, unit="MB")


if __name__ == "__main__":
    main()
