"""Measure what topical Chinese queries find with the bridge and without it: precision@5.

    DATABASE_URL=sqlite:///copy.sqlite3 .venv/bin/python bench/topical_bridge.py [--unjudged]

``tests/data/relevance/bridge.tsv`` has the queries and the verdicts; the README beside it says how
they were made. ``--unjudged`` prints the papers among the first five that have no verdict yet, with
title and beginning of the abstract. They count as not relevant. A place that stays empty counts as
not relevant, too.
"""

import argparse
import os
import sys
from collections import defaultdict
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))
VERDICTS = ROOT / "tests/data/relevance/bridge.tsv"
FIRST = 5
SHOWN = 200  # characters of an abstract that are judged


def main() -> None:
    os.environ["DJANGO_SETTINGS_MODULE"] = "bench.cold_settings"
    import django

    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--unjudged", action="store_true", help="print papers without a verdict")
    unjudged = parser.parse_args().unjudged
    django.setup()
    verdicts = read_verdicts()
    for bridge in (True, False):
        found = {query: first_papers(query, bridge) for query in verdicts}
        report(bridge, found, verdicts)
        if unjudged:
            show_unjudged(found, verdicts)


def read_verdicts() -> dict[str, dict[str, bool]]:
    """Return the verdicts by query and arXiv id."""
    verdicts: dict[str, dict[str, bool]] = defaultdict(dict)
    for line in VERDICTS.read_text("utf-8").splitlines()[1:]:
        query, arxiv_id, relevant = line.split("\t")
        verdicts[query][arxiv_id] = relevant == "yes"
    return verdicts


def first_papers(query: str, bridge: bool) -> list:
    from papers.lists.search_filter import search_papers
    from papers.models import Paper
    from papers.search import parse_query

    return list(search_papers(parse_query(query, bridge=bridge), Paper.objects.published())[:FIRST])


def report(bridge: bool, found: dict[str, list], verdicts: dict[str, dict[str, bool]]) -> None:
    papers = [(query, paper) for query, some in found.items() for paper in some]
    right = sum(verdicts[query].get(paper.arxiv_id, False) for query, paper in papers)
    open_ = sum(paper.arxiv_id not in verdicts[query] for query, paper in papers)
    print(
        f"{'with' if bridge else 'without'} the bridge, {len(found)} queries: precision@{FIRST} "
        f"{right / (FIRST * len(found)):.3f}; {len(papers)} papers, of them "
        f"{sum(not paper.title_zh for _, paper in papers)} without Chinese, {open_} not judged"
    )


def show_unjudged(found: dict[str, list], verdicts: dict[str, dict[str, bool]]) -> None:
    for query, papers in found.items():
        for paper in papers:
            if paper.arxiv_id not in verdicts[query]:
                print(f"{query}\t{paper.arxiv_id}\t{paper.title_en} | {paper.abstract_en[:SHOWN]}")


if __name__ == "__main__":
    main()
