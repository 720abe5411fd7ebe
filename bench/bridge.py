"""Measure how well a Chinese query finds papers that have no Chinese.

    DATABASE_URL=sqlite:///copy.sqlite3 .venv/bin/python bench/bridge.py [--papers 300]

Use a copy of a database: the Chinese of papers drawn at random is removed from it. The query is
made of three terms of each one's Chinese title: its rarest words as the search cuts them ("words"),
or its rarest terms, where the glossary says what is a term of several words ("terms"). success@10
is the share of papers among the first ten results. Times are those of the search, in milliseconds.

The shipped glossary was mined from these papers, too. For a measure on papers that it has not
seen, give ``--glossary FILE``, mined without them; ``--mine PAIRS`` makes that file first, from the
papers of PAIRS (JSON lines with id, title, title_zh, abstract, abstract_zh, perhaps compressed with
xz).
``--misses`` prints the queries that fail.
"""

import argparse
import json
import lzma
import os
import random
import statistics
import sys
import tempfile
import time
from collections.abc import Iterable
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

FOUND_AMONG = 10
LEAST_TITLES = 5  # of a word in a query: what no other title has is not what people type
SEED = 20261129


def main() -> None:
    os.environ["DJANGO_SETTINGS_MODULE"] = "bench.cold_settings"
    import django

    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--papers", type=int, default=300)
    parser.add_argument("--glossary", type=Path, help="mined terms, in place of the shipped ones")
    parser.add_argument("--mine", type=Path, help="mine these papers into --glossary first")
    parser.add_argument("--misses", action="store_true", help="print the queries that fail")
    given = parser.parse_args()
    django.setup()
    from papers.glossary import shipped

    titles = sound_titles()
    words = {pk: words_of(title) for pk, title in titles.items()}
    asked = [pk for pk in titles if words[pk]]
    drawn = random.Random(SEED).sample(asked, given.papers)
    if given.mine:
        mine_without(drawn, given.mine, given.glossary)
    if given.glossary:
        shipped.FILE = given.glossary
    terms = {pk: terms_of(titles[pk]) for pk in drawn}
    hide_chinese(drawn)
    print(f"{given.papers} of {len(asked)} papers, their Chinese hidden")
    for way, queries in (("words", words), ("terms", terms)):
        for bridge in (True, False):
            queries_of_way = {pk: queries[pk] for pk in drawn if queries[pk]}
            report(way, bridge, queries_of_way, given.misses and bridge)


def mine_without(drawn: list[int], pairs: Path, glossary: Path) -> None:
    """Mine the papers of ``pairs`` but the drawn ones, and write the terms to ``glossary``."""
    from papers.glossary import shipped
    from papers.glossary.bilingual_papers import papers_in
    from papers.glossary.mining import mine
    from papers.models import Paper

    left_out = set(Paper.objects.filter(pk__in=drawn).values_list("arxiv_id", flat=True))
    opened = lzma.open if pairs.suffix == ".xz" else open
    with tempfile.NamedTemporaryFile("w", suffix=".jsonl", encoding="utf-8") as others:
        with opened(pairs, "rt", encoding="utf-8") as lines:
            others.writelines(line for line in lines if json.loads(line)["id"] not in left_out)
        others.flush()
        shipped.write(glossary, mine(papers_in(Path(others.name))))


def sound_titles() -> dict[int, str]:
    """Return the Chinese titles of papers without fault, by paper id."""
    from papers.models import Paper, ZhState

    rows = Paper.objects.filter(zh_state=ZhState.OK).order_by("arxiv_id")
    return dict(rows.values_list("pk", "title_zh"))


def words_of(title: str) -> str:
    from papers.search.analyzer import words_in

    return _rarest(title, words_in(title))


def terms_of(title: str) -> str:
    from papers.glossary import shipped_glossary
    from papers.search.analyzer import words_in

    terms, at = [], 0
    for found in shipped_glossary().in_chinese(title):
        terms += [*words_in(title[at : found.start]), found.term]
        at = found.end
    return _rarest(title, [*terms, *words_in(title[at:])])


def _rarest(title: str, words: Iterable[str]) -> str:
    """Return the three rarest of these words in their order; nothing if they are fewer."""
    from papers.search.dictionary import FUNCTION_WORDS
    from papers.search.stop_words import FIRST_HAN, STOP_WORDS

    left_out = FUNCTION_WORDS | STOP_WORDS
    terms = {word for word in words if len(word) > 1 and word[0] >= FIRST_HAN} - left_out
    numbers = {word: number for word in sorted(terms) if (number := _titles_with(word))}
    rarest = sorted(numbers, key=lambda word: (numbers[word], word))[:3]
    return " ".join(sorted(rarest, key=title.find)) if len(rarest) == 3 else ""


_numbers: dict[str, int] = {}


def _titles_with(word: str) -> int:
    """Return how many sound titles have the word; 0 if they are too few."""
    if not _numbers:
        _numbers[""] = 0
        _joined.append("\n".join(sound_titles().values()))
    if word not in _numbers:
        _numbers[word] = _joined[0].count(word)
    return _numbers[word] if _numbers[word] >= LEAST_TITLES else 0


_joined: list[str] = []


def hide_chinese(ids: list[int]) -> None:
    from django.db import transaction

    from papers.models import Paper, Translation, ZhState
    from papers.search import index_papers

    with transaction.atomic():
        Translation.objects.filter(paper__in=ids).delete()
        Paper.objects.filter(pk__in=ids).update(
            title_zh="", abstract_zh="", zh_state=ZhState.MISSING
        )
        index_papers(ids)


def report(way: str, bridge: bool, queries: dict[int, str], with_misses: bool) -> None:
    from papers.lists.search_filter import search_papers
    from papers.models import Paper
    from papers.search import parse_query

    found, times = [], []
    for pk, typed in queries.items():
        started = time.perf_counter()
        results = search_papers(parse_query(typed, bridge=bridge), Paper.objects.published())
        times.append((time.perf_counter() - started) * 1e3)
        found.append(pk in results.paper_ids[:FOUND_AMONG])
        if with_misses and not found[-1]:
            place = results.paper_ids.index(pk) + 1 if pk in results.paper_ids else 0
            title = Paper.objects.get(pk=pk).title_en
            print(f"{way} miss {place or 'not found'}: {typed} | {title}")
    times.sort()
    print(
        f"{way:6} {'with' if bridge else 'without':7} the bridge, {len(found)} queries: success@10 "
        f"{statistics.mean(found):.3f}, median {statistics.median(times):.1f} ms, "
        f"95th percentile {times[len(times) * 95 // 100]:.1f} ms"
    )


if __name__ == "__main__":
    main()
