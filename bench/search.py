"""Measure speed and quality of search against the raw index, Datasette and FTS5's tokenizers.

    .venv/bin/pip install -r requirements-bench.txt
    DATABASE_URL=sqlite:///copy.sqlite3 .venv/bin/python bench/search.py [--datasette] [--quality]

Use a copy of the database: tables of the peers are added to it. ``bench/make_corpus.py`` makes
large ones. Two tables are printed:

- latency, interleaved, in milliseconds of CPU time (on PostgreSQL, whose work is done in its own
  processes, wall-clock time). *Kernel* is the search alone, *ours* also fetches 25 papers, *page*
  is the result page with its facets, not cached. The raw index returns the best 25 of all matches
  by bm25 (``ts_rank``) and the count of all; its query is parsed beforehand. Datasette runs its own
  search of the same texts, in process. The 99th percentile is that of times relative to the median
  of the same query, times the median of the kind.
- quality: the share of known items among the first ten results, by kind
"""

import argparse
import asyncio
import functools
import itertools
import os
import re
import statistics
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))
QUERIES = {
    "in half of all": ["model"],
    "frequent": ["learning", "data", "language models", "efficient training"],
    "rare": ["librarian", "hippocampus", "gearbox", "violin"],
    "Chinese": ["检索增强生成", "多模态 推理", "知识蒸馏", "机器人 抓取"],
}
TOKENIZERS = ("unicode61", "trigram")
Ask = Callable[[str], object]


def main() -> None:

    os.environ["DJANGO_SETTINGS_MODULE"] = "bench.cold_settings"
    import django

    options = _arguments()
    django.setup()
    _print_latency(options.runs, options.datasette)
    if options.quality:
        _print_quality(options.items)


def _arguments() -> argparse.Namespace:
    arguments = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    arguments.add_argument("--runs", type=int, default=50, help="of each query")
    arguments.add_argument("--items", type=int, default=500, help="papers for --quality")
    arguments.add_argument("--quality", action="store_true", help="SQLite only")
    arguments.add_argument("--datasette", action="store_true", help="SQLite only")
    return arguments.parse_args()


def _print_row(*cells: object) -> None:
    print(f"| {' | '.join(map(str, cells))} |", flush=True)


# --- Latency


def _print_latency(runs: int, with_datasette: bool) -> None:
    from papers.models import Paper

    asks = _asks() | ({"Datasette": _datasette()} if with_datasette else {})
    print(f"{Paper.objects.count():,} papers\n")
    _print_row("query", "hits", *(f"{name}: median, p99" for name in asks))
    _print_row("---", *["---:"] * (1 + len(asks)))
    for kind, found in latencies(asks, runs):
        hits = round(statistics.median(_hits(query) for query in QUERIES[kind]))
        _print_row(kind, f"{hits:,}", *(f"{median:.1f}, {slow:.1f}" for median, slow in found))


def _asks() -> dict[str, Ask]:
    return {"raw index": raw(), "kernel": kernel, "ours": _ours, "page": _page()}


def latencies(asks: dict[str, Ask], runs: int) -> Iterator[tuple[str, list[tuple[float, float]]]]:
    """Yield each kind of query with the median and the 99th percentile, in ms, of each way."""
    for kind, queries in QUERIES.items():
        yield kind, [_summary(times) for times in _taken(asks, queries, runs).values()]


def _taken(asks: dict[str, Ask], queries: list[str], runs: int) -> dict[str, list[list[float]]]:
    """Return the milliseconds of each search by query, interleaved; the first run is not
    counted."""
    from django.db import connection

    clock = time.process_time if connection.vendor == "sqlite" else time.perf_counter
    taken: dict[str, list[list[float]]] = {name: [[] for _ in queries] for name in asks}
    for run in range(runs + 1):
        for (number, query), (name, ask) in itertools.product(enumerate(queries), asks.items()):
            started = clock()
            ask(query)
            if run:
                taken[name][number].append((clock() - started) * 1000)
    return taken


def _summary(taken: Iterable[list[float]]) -> tuple[float, float]:
    """Return the median and the 99th percentile."""
    medians = [(statistics.median(times), times) for times in taken]
    median = statistics.median(each for times in taken for each in times)
    ratios = [each / usual for usual, times in medians for each in times]
    return median, median * statistics.quantiles(ratios, n=100, method="inclusive")[98]


def kernel(query: str, bridge: bool = True) -> list[int]:
    from papers import search
    from papers.models import Paper

    asked = search.parse_query(query, bridge=bridge)
    return search.search(asked, Paper.objects.published()).paper_ids


def _ours(query: str) -> None:
    from papers import search
    from papers.models import Paper

    search.search(search.parse_query(query), Paper.objects.published())[:25]


def _page() -> Ask:
    from django.test import Client

    client = Client(HTTP_HOST="localhost")

    def ask(query: str) -> None:
        answer = client.get("/papers/", {"q": query})
        assert answer.status_code == 200, answer

    return ask


def raw() -> Ask:
    from papers import search
    from papers.search.backend import backend

    index = backend()
    best = f"SELECT {index.PLACE}, {index.SCORE} FROM {index.TABLE} WHERE {index.MATCHES}"

    @functools.cache
    def expression(query: str) -> str:
        return index.expression(search.parse_query(query).node())

    def ask(query: str) -> None:
        asked = [expression(query)]
        _rows(f"{best} ORDER BY 2 LIMIT 25", asked * (1 + index.SCORE_TAKES_QUERY))
        _rows(f"SELECT count(*) FROM {index.TABLE} WHERE {index.MATCHES}", asked)

    return ask


def _hits(query: str) -> int:
    from papers import search
    from papers.search.backend import backend

    index = backend()
    asked = index.expression(search.parse_query(query).node())
    [(hits,)] = _rows(f"SELECT count(*) FROM {index.TABLE} WHERE {index.MATCHES}", [asked])
    return hits


def _rows(sql: str, params: list) -> list[tuple]:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        return cursor.fetchall()


def _datasette() -> Ask:
    """Return a search through Datasette's table view, on a table of the same texts."""
    from datasette.app import Datasette
    from django.db import connection

    _tokenized("unicode61")
    database = Path(connection.settings_dict["NAME"])
    served = Datasette([str(database)], settings={"suggest_facets": False})
    loop = asyncio.new_event_loop()

    def ask(query: str) -> None:
        address = f"/{database.stem}/own_unicode61.json"
        asked = served.client.get(address, params={"_search": query, "_size": 25})
        answer = loop.run_until_complete(asked)
        assert answer.status_code == 200, answer.text

    return ask


# --- Quality


def _print_quality(number: int) -> None:
    from tests.search.known_items import known_items, success

    items = list(known_items(number))
    asks: dict[str, Callable[[str], list[int]]] = {"ours": kernel}
    for name in TOKENIZERS:
        _tokenized(name)
        asks[name] = _own(name)
    rates = {name: success(items, ask) for name, ask in asks.items()}
    print()
    _print_row("known items", "asked", *asks)
    _print_row("---", *["---:"] * (1 + len(asks)))
    for kind in rates["ours"]:
        asked = sum(item.kind == kind for item in items)
        _print_row(kind, asked, *(f"{rate[kind]:.3f}" for rate in rates.values()))


def _tokenized(tokenizer: str) -> None:
    """Make a table of the texts of all papers with one of FTS5's own tokenizers."""
    name, texts = f"own_{tokenizer}", "title_en, title_zh, abstract_en, abstract_zh"
    if _rows("SELECT 1 FROM sqlite_master WHERE name = %s", [name]):
        return
    _rows(f"CREATE TABLE {name} AS SELECT id, {texts} FROM papers_paper WHERE NOT hidden", [])
    _rows(
        f"CREATE VIRTUAL TABLE {name}_fts USING fts5({texts}, tokenize='{tokenizer}', "
        f"content='{name}')",
        [],
    )
    _rows(f"INSERT INTO {name}_fts ({name}_fts) VALUES ('rebuild')", [])
    _rows(f"INSERT INTO {name}_fts ({name}_fts) VALUES ('optimize')", [])


def _own(tokenizer: str) -> Callable[[str], list[int]]:
    table = f"own_{tokenizer}"

    def ask(query: str) -> list[int]:
        words = " ".join(f'"{word}"' for word in re.findall(r"[\w-]+", query))
        rows = _rows(
            f"SELECT {table}.id FROM {table}_fts JOIN {table} ON {table}.rowid = {table}_fts.rowid "
            f"WHERE {table}_fts MATCH %s ORDER BY bm25({table}_fts, 8, 8, 1, 1) LIMIT 10",
            [words],
        )
        return [pk for (pk,) in rows]

    return ask


if __name__ == "__main__":
    import digest_site  # noqa: F401  (the SQLite that the site uses)

    main()
