"""Judge related papers blind, against two other methods, and measure what they cost.

    DATABASE_URL=sqlite:///copy.sqlite3 .venv/bin/python bench/related.py draw --seed 7 > pool.txt
    DATABASE_URL=sqlite:///copy.sqlite3 .venv/bin/python bench/related.py score
    DATABASE_URL=sqlite:///copy.sqlite3 .venv/bin/python bench/related.py time --papers 118000

``draw`` takes 40 papers at random and five neighbours of each from every method: those stored by
``build_related``, FTS5's more-like-this (the twelve heaviest words, best bm25 first) and LSI (128
dimensions of the same vectors). It prints each pair once, shuffled, without saying who found it,
and writes who found it to ``bench/related_drawn.json``. The verdicts are lines ``number verdict``
of ``bench/related_verdicts.txt``: 1 where somebody who reads the paper would want to see the other
one too. ``score`` brings them together. ``time`` multiplies the papers of the database, with a part
of their words replaced, and compares some of them (``--compare 0``: all).

LSI needs numpy and scipy (requirements-bench.txt).
"""

import argparse
import json
import os
import random
import resource
import sqlite3
import sys
import time
from collections.abc import Iterable, Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "digest_site.settings")

import django  # noqa: E402

django.setup()

from papers.models import Paper, PaperWords, Related  # noqa: E402
from papers.related.index import VectorIndex  # noqa: E402
from papers.related.stored import stored_vectors, stored_words, texts  # noqa: E402
from papers.related.vectors import Vector, Words, count_words  # noqa: E402

DRAWN, VERDICTS = ROOT / "bench/related_drawn.json", ROOT / "bench/related_verdicts.txt"
PAPERS, NEIGHBOURS = 40, 5
QUERY_WORDS = 12
DIMENSIONS = 128
SHOWN = 330  # characters of an abstract that are judged
REPLACED = 0.15  # of a copy's words

Found = dict[int, list[int]]  # neighbours by paper


def stored(asked: Sequence[int]) -> Found:
    rows = Related.objects.filter(paper__in=asked).order_by("-score", "-other__arxiv_id")
    found: Found = {paper: [] for paper in asked}
    for paper, other in rows.values_list("paper_id", "other_id"):
        found[paper].append(other)
    return found


def more_like_this(asked: Sequence[int]) -> Found:
    """Plain FTS5 in memory: any of the heaviest words, best bm25 first, titles double."""
    names = list(stored_words()._counts)
    memory = sqlite3.connect(":memory:")
    memory.execute(
        "CREATE VIRTUAL TABLE t USING fts5(title, abstract, tokenize='porter unicode61')"
    )
    rows = Paper.objects.values_list("pk", "title_en", "abstract_en")
    memory.executemany("INSERT INTO t (rowid, title, abstract) VALUES (?, ?, ?)", rows)
    found: Found = {}
    for row in PaperWords.objects.filter(paper__in=asked):
        words = Vector.from_bytes(bytes(row.words)).words[:QUERY_WORDS]
        query = " OR ".join(f'"{names[word]}"' for word in words)
        hits = memory.execute(
            "SELECT rowid FROM t WHERE t MATCH ? AND rowid != ? ORDER BY bm25(t, 2, 1) LIMIT ?",
            (query, row.paper_id, NEIGHBOURS),
        )
        found[row.paper_id] = [pk for (pk,) in hits]
    return found


def lsi(asked: Sequence[int]) -> Found:
    import numpy
    from scipy.sparse import csr_matrix
    from scipy.sparse.linalg import svds

    papers, vectors = zip(*stored_vectors(), strict=True)
    ends = numpy.cumsum([0, *(len(one.words) for one in vectors)])
    columns = numpy.concatenate([numpy.array(one.words) for one in vectors])
    weights = numpy.concatenate([numpy.frombuffer(one.weights, "u1") for one in vectors])
    shape = (len(papers), len(stored_words()))
    matrix = csr_matrix((weights.astype(float), columns, ends), shape=shape)
    left, strengths, _ = svds(matrix, k=DIMENSIONS, random_state=1)
    dense = left * strengths
    dense /= numpy.linalg.norm(dense, axis=1, keepdims=True) + 1e-9
    place_of = {paper: place for place, paper in enumerate(papers)}
    found: Found = {}
    for paper in asked:
        scores = dense @ dense[place_of[paper]]
        scores[place_of[paper]] = -1
        found[paper] = [papers[one] for one in numpy.argsort(-scores)[:NEIGHBOURS]]
    return found


METHODS = {"stored": stored, "FTS5 more-like-this": more_like_this, "LSI 128": lsi}


def draw(seed: int) -> None:
    chosen = random.Random(seed)
    everything = list(Paper.objects.published().order_by("arxiv_id").values_list("pk", flat=True))
    asked = chosen.sample(everything, PAPERS)
    names = dict(Paper.objects.values_list("pk", "arxiv_id"))
    found = {name: method(asked) for name, method in METHODS.items()}
    drawn = []
    for paper in asked:
        by_other: dict[int, list[str]] = {}
        for name in METHODS:
            for other in found[name][paper][:NEIGHBOURS]:
                by_other.setdefault(other, []).append(name)
        others = sorted(by_other)
        chosen.shuffle(others)
        drawn += [(names[paper], names[other], by_other[other]) for other in others]
        _print(paper, others, len(drawn) - len(others))
    DRAWN.write_text(json.dumps(drawn, indent=0), "utf-8")


def _print(paper: int, others: Sequence[int], first: int) -> None:
    found = Paper.objects.in_bulk([paper, *others])
    print(f"## {_said(found[paper])}")
    for number, other in enumerate(others, first):
        print(f"{number}: {_said(found[other])}")


def _said(paper: Paper) -> str:
    return f"{paper.title_en} | {' '.join(paper.abstract_en.split())[:SHOWN]}"


def score() -> None:
    drawn = json.loads(DRAWN.read_text("utf-8"))
    lines = (line.split("#")[0].split() for line in VERDICTS.read_text("utf-8").splitlines())
    verdicts = {int(line[0]): int(line[1]) for line in lines if line}
    if missing := [number for number in range(len(drawn)) if number not in verdicts]:
        sys.exit(f"{len(missing)} pairs have no verdict, the first is {missing[0]}.")
    for name in METHODS:
        judged = [verdicts[number] for number, one in enumerate(drawn) if name in one[2]]
        print(
            f"{name:22} precision@{NEIGHBOURS} {sum(judged) / len(judged):.3f}  n = {len(judged)}"
        )


def measure(papers: int, compared: int) -> None:
    """Print processor time and memory of a build with so many papers."""
    clock = time.process_time
    began = clock()
    counts = [count_words(one.title, one.abstract) for one in texts(_all_papers())]
    print(f"reading: {(clock() - began) / len(counts) * 1000:.2f} ms a paper")
    words = Words.of(papers, _papers_with(counts, papers))
    index = VectorIndex(len(words))
    chosen, began = random.Random(1), clock()
    names = list(words._counts)
    for place in range(papers):
        index.add(words.vector(_perturbed(counts[place % len(counts)], names, chosen, place)))
    print(f"indexing: {(clock() - began) / papers * 1000:.2f} ms a paper, {len(words):,} words")
    places = range(papers) if not compared else chosen.sample(range(papers), compared)
    began, wall = clock(), time.monotonic()
    for place in places:
        index.nearest(place)
    took = (clock() - began) / len(places)
    print(f"comparing: {took * 1000:.2f} ms a paper ({time.monotonic() - wall:.0f} s for these)")
    print(f"peak: {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB")
    began = clock()
    sum(number for number in range(10_000_000))
    print(f"this machine now: {clock() - began:.2f} s for ten million additions")


def _all_papers() -> Iterable[int]:
    return Paper.objects.order_by("arxiv_id").values_list("pk", flat=True)


def _papers_with(counts: list, papers: int) -> dict[str, int]:
    found: dict[str, int] = {}
    for one in counts:
        for word in one:
            found[word] = found.get(word, 0) + 1
    return {word: round(number * papers / len(counts)) for word, number in found.items()}


def _perturbed(counts: dict, names: list[str], chosen: random.Random, place: int) -> dict:
    if place < len(counts):
        return counts
    return {
        chosen.choice(names) if chosen.random() < REPLACED else word: number
        for word, number in counts.items()
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("what", choices=("draw", "score", "time"))
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--papers", type=int, default=118_000)
    parser.add_argument("--compare", type=int, default=1_000)
    options = parser.parse_args()
    if options.what == "draw":
        draw(options.seed)
    elif options.what == "score":
        score()
    else:
        measure(options.papers, options.compare)


if __name__ == "__main__":
    main()
