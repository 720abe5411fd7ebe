"""Measure the relevance of search on labelled queries: the tables of docs/relevance.md.

    DATABASE_URL=sqlite:///copy.sqlite3 .venv/bin/python bench/relevance.py

``tests/data/relevance`` has the queries and the verdicts, its README says how they were made. The
site is asked as a page asks it. The peer is plain FTS5 in memory over the same texts, with its own
tokenizers: every word must occur, best bm25 first, titles weigh as much as on the site.

After a change of the ranking, show what it did:

    … bench/relevance.py --write before.json       (before the change)
    … bench/relevance.py --before before.json      (after it)

Papers without a verdict count as not relevant, so judge them first: ``--unjudged`` prints title and
beginning of the abstract of each, shuffled, without saying who found it. ``--misses`` lists what
the site does not find.
"""

import argparse
import json
import os
import random
import re
import sqlite3
import sys
from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

if TYPE_CHECKING:
    from bench.typed_queries import KnownItem
    from papers.lists.filters import PaperFilter

FIRST = 10
PLAIN = {"en": "FTS5 porter", "zh": "FTS5 trigram"}  # the tokenizer that suits the language
TOKENIZERS = {"FTS5 porter": "porter unicode61", "FTS5 trigram": "trigram"}
TEXTS = ("arxiv_id", "title_en", "title_zh", "authors_text", "abstract_en", "abstract_zh")
WEIGHTS = "1, 8, 8, 4, 1, 1"
SHOWN = 200  # characters of an abstract that are judged
Ask = Callable[[str], list[str]]


class Engine(NamedTuple):
    """Both return the arXiv ids of the first ten results; ``helped`` those of the suggestion."""

    first: Ask
    helped: Ask


@dataclass(frozen=True)
class Topical:
    query: str
    language: str
    topic: str
    relevant: frozenset[str]
    judged: frozenset[str]

    def precision(self, found: list[str]) -> float:
        """Return the relevant share of the first ten, or of all that are known if they are fewer.

        So a query with four relevant papers can reach 1.
        """
        return len(self.relevant & {*found}) / min(FIRST, len(self.relevant))


Found = dict[Topical, list[str]]


def main() -> None:
    os.environ["DJANGO_SETTINGS_MODULE"] = "bench.cold_settings"
    import django

    options = _arguments()
    django.setup()
    from bench.typed_queries import known_items

    topical, items = topical_queries(), known_items()
    site = Engine(_site, _suggested)
    engines = {"site": site, **{name: _plain(how) for name, how in TOKENIZERS.items()}}
    if options.unjudged:
        print_unjudged(topical, engines.values())
    elif options.misses:
        print_misses(topical, items, site)
    elif options.write:
        write(options.write, site, [one.query for one in (*topical, *items)])
    else:
        if options.before:
            engines["before"] = _as_written(options.before)
        print_topical(topical, engines)
        print()
        print_items(items, engines)


def _arguments() -> argparse.Namespace:
    arguments = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    arguments.add_argument("--write", type=Path, metavar="FILE", help="the site's results")
    arguments.add_argument("--before", type=Path, metavar="FILE", help="compare with such a file")
    arguments.add_argument("--misses", action="store_true")
    arguments.add_argument("--unjudged", action="store_true")
    return arguments.parse_args()


def topical_queries() -> list[Topical]:
    """Return the labelled queries; papers that the database does not have are left out."""
    from bench.typed_queries import rows
    from papers.models import Paper

    here = {*Paper.objects.published().values_list("arxiv_id", flat=True)}
    judged: dict[str, dict[str, bool]] = defaultdict(dict)
    for row in rows("verdicts.tsv"):
        if row["arxiv_id"] in here:
            judged[row["topic"]][row["arxiv_id"]] = row["relevant"] == "yes"
    return [
        Topical(
            row["query"],
            row["language"],
            row["topic"],
            frozenset(one for one, good in judged[row["topic"]].items() if good),
            frozenset(judged[row["topic"]]),
        )
        for row in rows("queries.tsv")
        if any(judged[row["topic"]].values())
    ]


# --- The engines


def _site(query: str) -> list[str]:
    from papers.presentation.search_results import answer, paper_itself

    filtered = _filtered(query)
    if paper := paper_itself(filtered):
        return [paper.arxiv_id]
    page = answer(filtered, is_filtered=False)
    if page is None or page.results is None:
        return []
    return [paper.arxiv_id for paper in page.results[:FIRST]]


def _suggested(query: str) -> list[str]:
    from papers.presentation.search_results import answer

    page = answer(_filtered(query), is_filtered=False)
    suggestion = page and page.did_you_mean
    return _site(suggestion) if suggestion else []


def _filtered(query: str) -> "PaperFilter":
    from papers.lists.filters import PaperFilter
    from papers.models import Paper
    from papers.search import MAX_LENGTH

    typed = query[:MAX_LENGTH]  # as the search box cuts it
    return PaperFilter({"q": typed}, queryset=Paper.objects.published().newest_first())


def _plain(tokenizer: str) -> Engine:
    """Return plain FTS5 over the texts of all papers.

    Trigrams cannot find words of one or two characters, so such words are left out.
    """
    from papers.models import Paper

    index = sqlite3.connect(":memory:")
    index.execute(
        f"CREATE VIRTUAL TABLE texts USING fts5({', '.join(TEXTS)}, tokenize='{tokenizer}')"
    )
    papers = Paper.objects.published().order_by("arxiv_id").values_list(*TEXTS)
    marks = ", ".join("?" * len(TEXTS))
    index.executemany(f"INSERT INTO texts VALUES ({marks})", papers.iterator())
    shortest = 3 if tokenizer == "trigram" else 1

    def ask(query: str) -> list[str]:
        words = [word for word in re.findall(r"[\w-]+", query) if len(word) >= shortest]
        if not words:
            return []
        rows = index.execute(
            "SELECT arxiv_id FROM texts WHERE texts MATCH ? "
            f"ORDER BY bm25(texts, {WEIGHTS}), rowid DESC LIMIT {FIRST}",
            [" ".join(f'"{word}"' for word in words)],
        )
        return [arxiv_id for (arxiv_id,) in rows]

    return Engine(ask, ask)


def write(file: Path, site: Engine, queries: Iterable[str]) -> None:
    """Write the site's results, for ``--before``. The file has titles: do not commit it."""
    found = {query: [ask(query) for ask in site] for query in queries}
    file.write_text(json.dumps(found), "utf-8")


def _as_written(file: Path) -> Engine:
    found = json.loads(file.read_text("utf-8"))
    return Engine(lambda query: found[query][0], lambda query: found[query][1])


# --- Topical queries


def print_topical(queries: list[Topical], engines: dict[str, Engine]) -> None:
    found: list[Found] = [
        {one: engine.first(one.query) for one in queries} for engine in engines.values()
    ]
    by_name = dict(zip(engines, found, strict=True))
    peer = {one: by_name[PLAIN[one.language]][one] for one in queries}
    by_language: dict[str, Callable[[Found], object]] = {
        "precision@10": lambda found: _mean(one.precision(ids) for one, ids in found.items()),
        "better / worse than plain FTS5": lambda found: _compared(found, peer),
    }
    measures: dict[str, Callable[[Found], object]] = {
        "relevant, of the papers shown": _relevant_share,
        "queries without a result": lambda found: sum(not ids for ids in found.values()),
        "papers shown without a verdict": _without_verdict,
    }
    _print_head("topical queries", engines)
    for label, measure in by_language.items():
        for language, name in (("en", "English"), ("zh", "Chinese")):
            parts = [_in_language(language, one) for one in found]
            _print_row(f"{label}, {name}", len(parts[0]), *map(measure, parts))
        _print_row(f"{label}, both", len(queries), *map(measure, found))
    for label, measure in measures.items():
        _print_row(label, len(queries), *map(measure, found))


def _in_language(language: str, found: Found) -> Found:
    return {query: ids for query, ids in found.items() if query.language == language}


def _relevant_share(found: Found) -> str:
    return _mean(one in query.relevant for query, ids in found.items() for one in ids)


def _without_verdict(found: Found) -> int:
    return sum(len({*ids} - query.judged) for query, ids in found.items())


def _compared(found: Found, plain: Found) -> str:
    """Count the queries with a better and those with a worse precision."""
    differences = [one.precision(ids) - one.precision(plain[one]) for one, ids in found.items()]
    better, worse = sum(one > 0 for one in differences), sum(one < 0 for one in differences)
    return f"{better} / {worse}"


def print_unjudged(queries: list[Topical], engines: Iterable[Engine]) -> None:
    """Print the results without a verdict, in an order that does not say who found them."""
    from papers.models import Paper

    pools: dict[str, set[str]] = defaultdict(set)
    for query in queries:
        for engine in engines:
            pools[query.topic] |= {*engine.first(query.query)} - query.judged
    for topic, ids in pools.items():
        papers = Paper.objects.published().in_bulk(ids, field_name="arxiv_id")
        for arxiv_id in random.Random(topic).sample(sorted(ids), len(ids)):
            paper = papers[arxiv_id]
            print(topic, arxiv_id, paper.title_en, paper.abstract_en[:SHOWN], sep="\t")


# --- Known items


def print_items(items: list["KnownItem"], engines: dict[str, Engine]) -> None:
    _print_head("known items", engines)
    for kind in dict.fromkeys(item.kind for item in items):
        asked = [item for item in items if item.kind == kind]
        means = (_mean(found_share(item, engine) for item in asked) for engine in engines.values())
        _print_row(kind, len(asked), *means)


def found_share(item: "KnownItem", engine: Engine) -> float:
    """Return the found share of the papers that could have the first places."""
    share = _share(item, engine.first(item.query))
    return share or (_share(item, engine.helped(item.query)) if item.misspelt else 0)


def _share(item: "KnownItem", found: list[str]) -> float:
    return len(item.wanted & {*found[: item.places]}) / min(item.places, len(item.wanted))


def print_misses(topical: list[Topical], items: list["KnownItem"], site: Engine) -> None:
    """Print the queries that the site answers badly, with the measure of each."""
    for query in topical:
        if (precision := query.precision(site.first(query.query))) < 0.8:
            print(f"{precision:.2f}\tprecision@10\t{query.query}")
    for item in items:
        if (share := found_share(item, site)) < 0.5:
            print(f"{share:.2f}\t{item.kind}\t{item.query}")


def _print_head(what: str, engines: dict[str, Engine]) -> None:
    _print_row(what, "asked", *engines)
    _print_row("---", *["--:"] * (1 + len(engines)))


def _mean(values: Iterable[float]) -> str:
    listed = [*values]
    return f"{sum(listed) / len(listed):.3f}" if listed else "–"


def _print_row(*cells: object) -> None:
    print(f"| {' | '.join(map(str, cells))} |", flush=True)


if __name__ == "__main__":
    import digest_site  # noqa: F401  (the SQLite that the site uses)

    main()
