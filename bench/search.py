"""Search: how fast, against raw FTS5 and Datasette, and how well, against FTS5's own tokenizers.

    .venv/bin/pip install -r requirements-bench.txt
    DATABASE_URL=sqlite:///slice.sqlite3 .venv/bin/python bench/search.py WORKFOLDER [--papers N]

The database holds imported digests (of ``corpus/``: 13 thousand papers). It is copied, and with
``--papers`` its papers are multiplied with other numbers, days and some other words. Printed:

- latency: medians and 99th percentiles in milliseconds, everything in turn: our search with its 25
  papers; the raw FTS5 of the same index (bm25 over all hits, 25 of them, and the count of all);
  Datasette's own search of the same texts, in process (``--datasette``)
- quality (``--quality``): the part of known items that is found among the first ten, by kind, for
  ours, ``unicode61`` and ``trigram``
"""

import argparse
import asyncio
import datetime
import os
import re
import shutil
import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))
QUERIES = {
    "frequent": ["model", "learning", "language models", "data"],
    "rare": ["librarian", "hippocampus", "gearbox", "violin"],
    "Chinese": ["检索增强生成", "多模态 推理", "知识蒸馏", "机器人 抓取"],
}
RUNS = 15


def main() -> None:
    options = _arguments()
    database = _copy_of(os.environ["DATABASE_URL"], options.work)
    os.environ["DATABASE_URL"] = f"sqlite:///{database}"
    os.environ["DJANGO_SETTINGS_MODULE"] = "digest_site.settings"
    import django

    django.setup()
    _multiply(options.papers)
    if options.quality:
        _print_quality(options.items)
    _print_latency(database, options.datasette)


def _arguments() -> argparse.Namespace:
    arguments = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    arguments.add_argument("work", type=Path, help="a folder for copies of the database")
    arguments.add_argument("--papers", type=int, default=0, help="multiply to so many papers")
    arguments.add_argument("--items", type=int, default=500, help="known items for --quality")
    arguments.add_argument("--quality", action="store_true")
    arguments.add_argument("--datasette", action="store_true")
    return arguments.parse_args()


def _copy_of(address: str, work: Path) -> Path:
    work.mkdir(parents=True, exist_ok=True)
    database = work.resolve() / "search-bench.sqlite3"
    for leftover in work.glob("search-bench.sqlite3*"):
        leftover.unlink()
    shutil.copy(address.removeprefix("sqlite:///"), database)
    return database


def _multiply(wanted: int) -> None:
    """Copies every paper with another number, another day and every ninth word another one."""
    from django.db import connection, transaction

    from papers.models import Paper
    from papers.search import sqlite
    from papers.search.backend import ENTRIES
    from papers.search.documents import materials
    from papers.search.places import place_of

    papers = list(Paper.objects.published().order_by("pk").values_list("pk", "first_seen"))
    columns = [field.column for field in Paper._meta.concrete_fields if not field.primary_key]
    copied = ", ".join(one for one in columns if one not in ("arxiv_id", "first_seen"))
    texts = {}
    for at in range(0, len(papers), 500):
        chunk = [pk for pk, _ in papers[at : at + 500]]
        texts |= {one.paper_id: (one.document(), one.facets) for one in materials(chunk)}
    biggest, number = papers[-1][0], len(papers)
    for copy in range(1, 1 + (wanted - 1) // number):
        offset, shift = copy * (biggest + 1), datetime.timedelta(days=-3 * copy)
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(
                f"INSERT INTO papers_paper (id, arxiv_id, first_seen, {copied}) SELECT "
                "id + %s, printf('%%02d%%s', 30 + %s / 100, substr(arxiv_id, 3)) || '-' || %s, "
                f"date(first_seen, %s), {copied} FROM papers_paper WHERE id <= %s",
                [offset, copy, copy, f"{-3 * copy} days", biggest],
            )
            rows, documents = [], []
            for pk, day in papers:
                document, facets = texts[pk]
                place = place_of(pk + offset, day + shift)
                words = [_varied(text, copy) for text in document[1:]]
                documents.append((place, *words))
                rows.append((pk + offset, place, f"{pk + offset}", 0, facets))
            sqlite.write(documents)
            cursor.executemany(f"INSERT INTO {ENTRIES} VALUES (%s, %s, %s, %s, %s)", rows)
    if wanted:
        sqlite.tidy()
    print(f"{Paper.objects.count():,} papers")


def _varied(text: str, copy: int) -> str:
    words = text.split(" ")
    words[copy % 9 :: 9] = [f"{word}{copy}" if word else "" for word in words[copy % 9 :: 9]]
    return " ".join(words)


def _print_latency(database: Path, with_datasette: bool) -> None:
    asks: dict[str, Callable[[str], object]] = {"ours": _ours, "raw FTS5": _raw}
    if with_datasette:
        asks["Datasette"] = _datasette(database)
    for kind, queries in QUERIES.items():
        taken: dict[str, list[float]] = {name: [] for name in asks}
        for _ in range(RUNS):
            for query in queries:
                for name, ask in asks.items():
                    started = time.perf_counter()
                    ask(query)
                    taken[name].append((time.perf_counter() - started) * 1000)
        for name, times in taken.items():
            slow = statistics.quantiles(times, n=100)[98]
            print(f"{kind:9} {name:10} median {statistics.median(times):8.2f}  p99 {slow:8.2f} ms")


def _ours(query: str) -> list[int]:
    from papers import search
    from papers.models import Paper

    results = search.search(search.understand(query), Paper.objects.published())
    results[:25]
    return results.paper_ids


def _raw(query: str) -> None:
    from django.db import connection

    from papers import search
    from papers.search import sqlite

    expression = sqlite.expression(search.understand(query).node())
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT rowid, {sqlite.SCORE} FROM {sqlite.TABLE} WHERE {sqlite.MATCHES} "
            "ORDER BY 2 LIMIT 25",
            [expression],
        )
        cursor.fetchall()
        cursor.execute(f"SELECT count(*) FROM {sqlite.TABLE} WHERE {sqlite.MATCHES}", [expression])
        cursor.fetchone()


def _datasette(database: Path) -> Callable[[str], object]:
    """Datasette's table view with its search box, on a table of the same texts."""
    from datasette.app import Datasette

    _tokenized("peer", "unicode61")
    served = Datasette([str(database)], settings={"suggest_facets": False})

    def ask(query: str) -> None:
        address = f"/{database.stem}/peer.json"
        answer = asyncio.run(served.client.get(address, params={"_search": query, "_size": 25}))
        assert answer.status_code == 200, answer.text

    return ask


def _tokenized(name: str, tokenizer: str) -> None:
    """A table of the texts of all papers with FTS5's own tokenizer."""
    from django.db import connection

    texts = "title_en, title_zh, abstract_en, abstract_zh"
    with connection.cursor() as cursor:
        cursor.execute(f"CREATE TABLE {name} AS SELECT id, {texts} FROM papers_paper")
        cursor.execute(
            f"CREATE VIRTUAL TABLE {name}_fts USING fts5({texts}, tokenize='{tokenizer}', "
            f"content='{name}')"
        )
        cursor.execute(f"INSERT INTO {name}_fts ({name}_fts) VALUES ('rebuild')")


def _print_quality(number: int) -> None:
    from tests.search.known_items import known_items, success

    items = list(known_items(number))
    for name in ("unicode61", "trigram"):
        _tokenized(f"own_{name}", name)
    rates = {
        "ours": success(items, _ours),
        "unicode61": success(items, lambda query: _own("own_unicode61", query)),
        "trigram": success(items, lambda query: _own("own_trigram", query)),
    }
    print(f"{len(items):,} known items; found among the first ten:")
    for kind in rates["ours"]:
        figures = "  ".join(f"{name} {rate[kind]:.3f}" for name, rate in rates.items())
        print(f"{kind:17} {figures}")


def _own(table: str, query: str) -> list[int]:
    from django.db import connection

    words = " ".join(f'"{word}"' for word in re.findall(r"[\w-]+", query))
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT {table}.id FROM {table}_fts JOIN {table} ON {table}.rowid = {table}_fts.rowid "
            f"WHERE {table}_fts MATCH %s ORDER BY bm25({table}_fts, 8, 8, 1, 1) LIMIT 10",
            [words],
        )
        return [pk for (pk,) in cursor.fetchall()]


if __name__ == "__main__":
    import digest_site  # noqa: F401  (the SQLite that the site uses)

    main()
