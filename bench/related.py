"""Judge related papers blind, against two other methods, and measure what they cost.

    export DATABASE_URL=sqlite:///copy.sqlite3
    .venv/bin/python bench/related.py draw slice > pool.txt
    .venv/bin/python bench/related.py draw larger --more pairs/bilingual.jsonl.xz > pool.txt
    .venv/bin/python bench/related.py score slice
    .venv/bin/python bench/related.py time --papers 118000

``draw`` takes 40 papers of the database at random and five neighbours of each from every method:
the site's own, FTS5's more-like-this (the twelve heaviest words, best bm25 first) and LSI (128
dimensions of the site's vectors). ``--more`` adds papers of a file (JSON lines with id, title and
abstract) among which neighbours are looked for. It writes who found what to
``bench/related_NAME.json``, and prints the pairs without a verdict, shuffled, not saying who found
them. A verdict is a line of ``bench/related_verdicts.txt``: two arXiv ids and 1 where somebody who
reads the one would want to see the other, else 0. ``score`` brings them together. ``time``
multiplies the papers of the database, with a part of their words replaced, and compares some of
them (``--compare 0``: all).

LSI needs numpy and scipy (requirements-bench.txt).
"""

import argparse
import json
import lzma
import os
import random
import sqlite3
import sys
import time
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "digest_site.settings")

import django  # noqa: E402

django.setup()

from bench import memory  # noqa: E402
from papers.models import Paper  # noqa: E402
from papers.related.index import VectorIndex  # noqa: E402
from papers.related.near import NEAR  # noqa: E402
from papers.related.stored import texts  # noqa: E402
from papers.related.vectors import Words, count_words  # noqa: E402

VERDICTS = ROOT / "bench/related_verdicts.txt"
SEED = 20261130
PAPERS, NEIGHBOURS = 40, 5
QUERY_WORDS = 12
DIMENSIONS = 128
SHOWN = 330  # characters of an abstract that are judged
REPLACED = 0.15  # of a copy's words


class Text(NamedTuple):
    arxiv_id: str
    title: str
    abstract: str


class Collection:
    """Papers and their vectors; a paper is known by its place."""

    def __init__(self, papers: list[Text]) -> None:
        self.papers = papers
        counts = [count_words(one.title, one.abstract) for one in papers]
        papers_with = Counter(word for one in counts for word in one)
        self.words = Words.of(len(papers), papers_with)
        self.names = sorted(word for word, number in papers_with.items() if number > 1)
        self.index = VectorIndex()
        for one in counts:
            self.index.add(self.words.vector(one))


Found = list[list[int]]  # neighbours of each place asked about


def own(papers: Collection, asked: Sequence[int]) -> Found:
    return [[near.place for near in papers.index.nearest(one)[:NEIGHBOURS]] for one in asked]


def own_shown(papers: Collection, asked: Sequence[int]) -> Found:
    """Without those that are too far to be shown."""
    near = [papers.index.nearest(one)[:NEIGHBOURS] for one in asked]
    return [[one.place for one in found if one.score >= NEAR] for found in near]


def more_like_this(papers: Collection, asked: Sequence[int]) -> Found:
    """Plain FTS5 in memory: any of the heaviest words, best bm25 first, titles double."""
    memory = sqlite3.connect(":memory:")
    memory.execute(
        "CREATE VIRTUAL TABLE t USING fts5(title, abstract, tokenize='porter unicode61')"
    )
    rows = ((place, one.title, one.abstract) for place, one in enumerate(papers.papers))
    memory.executemany("INSERT INTO t (rowid, title, abstract) VALUES (?, ?, ?)", rows)
    select = (
        "SELECT rowid FROM t WHERE t MATCH ? AND rowid != ? ORDER BY bm25(t, 2, 1), rowid LIMIT ?"
    )
    found: Found = []
    for place in asked:
        words = papers.index.vector(place).words[:QUERY_WORDS]
        query = " OR ".join(f'"{papers.names[word]}"' for word in words)
        found.append([one for (one,) in memory.execute(select, (query, place, NEIGHBOURS))])
    return found


def lsi(papers: Collection, asked: Sequence[int]) -> Found:
    import numpy
    from scipy.sparse import csr_matrix
    from scipy.sparse.linalg import svds

    vectors = [papers.index.vector(place) for place in range(len(papers.index))]
    ends = numpy.cumsum([0, *(len(one.words) for one in vectors)])
    columns = numpy.concatenate([numpy.array(one.words) for one in vectors])
    weights = numpy.concatenate([numpy.frombuffer(one.weights, "u1") for one in vectors])
    shape = (len(vectors), len(papers.words))
    matrix = csr_matrix((weights.astype(float), columns, ends), shape=shape)
    left, strengths, _ = svds(matrix, k=DIMENSIONS, random_state=1)
    dense = left * strengths
    dense /= numpy.linalg.norm(dense, axis=1, keepdims=True) + 1e-9
    found: Found = []
    for place in asked:
        scores = dense @ dense[place]
        scores[place] = -1
        found.append([int(one) for one in numpy.argsort(-scores)[:NEIGHBOURS]])
    return found


METHODS = {
    "this site": own,
    "this site, as shown": own_shown,
    "FTS5 more-like-this": more_like_this,
    "LSI 128": lsi,
}


def draw(name: str, more: Path | None) -> None:
    here = [
        Text(*row) for row in Paper.objects.published().order_by("arxiv_id").values_list(*FIELDS)
    ]
    chosen = random.Random(SEED)
    asked = chosen.sample(range(len(here)), PAPERS)
    papers = Collection(here + _more(more, {one.arxiv_id for one in here}))
    found = {method: ask(papers, asked) for method, ask in METHODS.items()}
    verdicts, drawn = _verdicts(), []
    for number, place in enumerate(asked):
        by_other: dict[int, list[str]] = {}
        for method in METHODS:
            for other in found[method][number]:
                by_other.setdefault(other, []).append(method)
        one, others = papers.papers[place], sorted(by_other)
        chosen.shuffle(others)
        pairs = [(one.arxiv_id, papers.papers[other].arxiv_id) for other in others]
        drawn += [(*pair, by_other[o]) for pair, o in zip(pairs, others, strict=True)]
        if any(pair not in verdicts for pair in pairs):
            print(f"## {_said(one)}")
        for pair, other in zip(pairs, others, strict=True):
            if pair not in verdicts:
                print(f"{pair[0]} {pair[1]} {_said(papers.papers[other])}")
    _drawn(name).write_text(json.dumps(drawn, indent=0), "utf-8")


FIELDS = ("arxiv_id", "title_en", "abstract_en")


def _drawn(name: str) -> Path:
    return ROOT / f"bench/related_{name}.json"


def _more(file: Path | None, known: set[str]) -> list[Text]:
    if file is None:
        return []
    with lzma.open(file, "rt", encoding="utf-8") as lines:
        read = (json.loads(line) for line in lines)
        found = {one["id"]: Text(one["id"], one["title"], one["abstract"]) for one in read}
    return [one for arxiv_id, one in sorted(found.items()) if arxiv_id not in known]


def _said(paper: Text) -> str:
    return f"{paper.title} | {' '.join(paper.abstract.split())[:SHOWN]}"


def _verdicts() -> dict[tuple[str, str], int]:
    lines = (line.split() for line in VERDICTS.read_text("utf-8").splitlines() if line[0] != "#")
    return {(one, other): int(verdict) for one, other, verdict in lines}


def score(name: str) -> None:
    drawn, verdicts = json.loads(_drawn(name).read_text("utf-8")), _verdicts()
    if missing := [one[:2] for one in drawn if tuple(one[:2]) not in verdicts]:
        sys.exit(f"{len(missing)} pairs have no verdict, the first is {missing[0]}.")
    for method in METHODS:
        judged = [verdicts[one, other] for one, other, by in drawn if method in by]
        share = sum(judged) / len(judged)
        print(f"{method:22} precision@{NEIGHBOURS} {share:.3f}  n = {len(judged)}")


def measure(papers: int, compared: int) -> None:
    """Print processor time and memory of a build with so many papers."""
    found = measured(papers, compared)
    for step in STEPS:
        print(f"{step}: {found[step]:.2f} ms a paper")
    print(f"{found['words']:,} words, peak: {found['MB']:.0f} MB")
    began = time.process_time()
    sum(number for number in range(10_000_000))
    print(f"this machine now: {time.process_time() - began:.2f} s for ten million additions")


STEPS = ("reading", "indexing", "comparing")


def measured(papers: int, compared: int) -> dict[str, float]:
    """Return the milliseconds of processor time that each step of a build takes for a paper, the
    number of words and the memory of this process at its peak."""
    clock = time.process_time
    began = clock()
    counts = [count_words(one.title, one.abstract) for one in texts(_all_papers())]
    reading = (clock() - began) / len(counts)
    words = Words.of(papers, _papers_with(counts, papers))
    index = VectorIndex()
    chosen, began = random.Random(1), clock()
    names = list(words._counts)
    for place in range(papers):
        one = _perturbed(counts[place % len(counts)], names, chosen, place)
        index.add(words.vector(one))
    indexing = (clock() - began) / papers
    places = range(papers) if not compared else chosen.sample(range(papers), compared)
    began = clock()
    for place in places:
        index.nearest(place)
    comparing = (clock() - began) / len(places)
    steps = zip(STEPS, (reading, indexing, comparing), strict=True)
    return {step: 1000 * seconds for step, seconds in steps} | {
        "words": len(words),
        "MB": memory.peak_of_this(),
    }


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
    parser.add_argument("name", nargs="?", default="slice")
    parser.add_argument("--more", type=Path)
    parser.add_argument("--papers", type=int, default=118_000)
    parser.add_argument("--compare", type=int, default=1_000)
    options = parser.parse_args()
    if options.what == "draw":
        draw(options.name, options.more)
    elif options.what == "score":
        score(options.name)
    else:
        measure(options.papers, options.compare)


if __name__ == "__main__":
    main()
