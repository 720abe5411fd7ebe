"""Measure how well a Chinese query finds papers that have no Chinese.

    DATABASE_URL=sqlite:///copy.sqlite3 .venv/bin/python bench/bridge.py [--papers 300]

Use a copy of a database: the Chinese of papers drawn at random is removed from it. The query is the
three rarest words of each one's Chinese title ("rare words"), or its rarest terms of several words
before others ("terms"); success@10 is the share of papers among the first ten results. Times are
those of the search, in milliseconds.
"""

import argparse
import os
import random
import statistics
import sys
import time
from collections.abc import Iterator
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "digest_site.settings")

import django

django.setup()

from django.db import transaction

from papers.db.raw_sql import fetch_all
from papers.lists.search_filter import search_papers
from papers.models import Paper, Translation, ZhState
from papers.search import index_papers, parse_query
from papers.search.analyzer import number_of_parts, words_in
from papers.search.backend import WORDS
from papers.search.dictionary import FUNCTION_WORDS
from papers.search.stop_words import FIRST_HAN

FOUND_AMONG = 10
LEAST_TITLES = 5  # of a term in a query: what no other title has is not what people type


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--papers", type=int, default=300)
    number = parser.parse_args().papers
    titles = dict(sorted(Paper.objects.filter(zh_state=ZhState.OK).values_list("pk", "title_zh")))
    queries = {pk: typed for pk, title in titles.items() if (typed := terms_of(title))}
    drawn = random.Random(20261129).sample(sorted(queries), number)
    hide_chinese(drawn)
    print(f"{number} papers of {len(queries)}, their Chinese hidden")
    for name, way in (("rare words", 0), ("terms", 1)):
        for bridge in (True, False):
            report(name, bridge, {pk: queries[pk][way] for pk in drawn})


def terms_of(title: str) -> tuple[str, str] | None:
    """Return the three rarest terms of a title, and the same of its terms of several words."""
    words = [word for word in dict.fromkeys(words_in(title)) if is_term(word)]
    known = {word: n for word, n in titles_with(words).items() if n >= LEAST_TITLES}
    long = [word for word in known if number_of_parts(word) > 1]
    short = [word for word in known if word not in long]
    if len(known) < 3:
        return None
    rare, rare_long = (sorted(them, key=lambda word: known[word]) for them in (known, long))
    rest = sorted(short, key=lambda word: known[word])
    queries = (rare[:3], [*rare_long, *rest][:3])
    return " ".join(sorted(queries[0], key=title.find)), " ".join(
        sorted(queries[1], key=title.find)
    )


def is_term(word: str) -> bool:
    return len(word) > 1 and word[0] >= FIRST_HAN and word not in FUNCTION_WORDS


def titles_with(words: list[str]) -> dict[str, int]:
    if not words:
        return {}
    marks = ", ".join(["%s"] * len(words))
    return dict(fetch_all(f"SELECT word, papers FROM {WORDS} WHERE word IN ({marks})", words))


@transaction.atomic
def hide_chinese(ids: list[int]) -> None:
    Translation.objects.filter(paper__in=ids).delete()
    Paper.objects.filter(pk__in=ids).update(
        title_zh="", abstract_zh="", zh_state=ZhState.MISSING, card={}
    )
    index_papers(ids)


def report(name: str, bridge: bool, queries: dict[int, str]) -> None:
    found, times = [], []
    for pk, typed in queries.items():
        started = time.perf_counter()
        first = list(first_ids(typed, bridge))
        times.append((time.perf_counter() - started) * 1e3)
        found.append(pk in first)
    times.sort()
    print(
        f"{name:10} {'with' if bridge else 'without':7} the bridge: success@10 "
        f"{statistics.mean(found):.3f}, median {statistics.median(times):.1f} ms, "
        f"95th percentile {times[len(times) * 95 // 100]:.1f} ms"
    )


def first_ids(typed: str, bridge: bool) -> Iterator[int]:
    query = parse_query(typed, bridge=bridge)
    yield from search_papers(query, Paper.objects.published()).paper_ids[:FOUND_AMONG]


if __name__ == "__main__":
    main()
