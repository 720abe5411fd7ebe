"""Measure how well a Chinese query finds papers that have no Chinese.

    DATABASE_URL=sqlite:///copy.sqlite3 .venv/bin/python bench/bridge.py [--papers 300]

Use a copy of a database: the Chinese of papers drawn at random is removed from it. The query is
made of three terms of each one's Chinese title: its rarest words as the search cuts them ("words"),
or its rarest terms, where the glossary says what is a term of several words ("terms"). success@10
is the share of papers among the first ten results. Times are those of the search, in milliseconds.
"""

import argparse
import os
import random
import statistics
import time
from collections.abc import Iterable

FOUND_AMONG = 10
LEAST_TITLES = 5  # of a word in a query: what no other title has is not what people type
SEED = 20261129


def main() -> None:
    os.environ["DJANGO_SETTINGS_MODULE"] = "bench.cold_settings"
    import django

    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--papers", type=int, default=300)
    number = parser.parse_args().papers
    django.setup()
    titles = sound_titles()
    ways = {"words": [*map(words_of, titles.values())], "terms": [*map(terms_of, titles.values())]}
    typed = {way: dict(zip(titles, made, strict=True)) for way, made in ways.items()}
    asked = [pk for pk in titles if all(queries[pk] for queries in typed.values())]
    drawn = random.Random(SEED).sample(asked, number)
    hide_chinese(drawn)
    print(f"{number} of {len(asked)} papers, their Chinese hidden")
    for way, queries in typed.items():
        for bridge in (True, False):
            report(way, bridge, {pk: queries[pk] for pk in drawn})


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


def report(way: str, bridge: bool, queries: dict[int, str]) -> None:
    from papers.lists.search_filter import search_papers
    from papers.models import Paper
    from papers.search import parse_query

    found, times = [], []
    for pk, typed in queries.items():
        started = time.perf_counter()
        results = search_papers(parse_query(typed, bridge=bridge), Paper.objects.published())
        times.append((time.perf_counter() - started) * 1e3)
        found.append(pk in results.paper_ids[:FOUND_AMONG])
    times.sort()
    print(
        f"{way:6} {'with' if bridge else 'without':7} the bridge: success@10 "
        f"{statistics.mean(found):.3f}, median {statistics.median(times):.1f} ms, "
        f"95th percentile {times[len(times) * 95 // 100]:.1f} ms"
    )


if __name__ == "__main__":
    main()
