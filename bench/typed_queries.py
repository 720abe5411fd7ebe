"""Queries for papers that the reader knows: ids, titles, citations and names as people type them.

``tests/data/relevance`` lists the papers; the texts come from the database.
"""

import csv
import random
import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from papers.citations import bibtex, ris
from papers.citations.reference import Reference, reference_of, topic_names
from papers.models import Paper

DATA = Path(__file__).resolve().parent.parent / "tests" / "data" / "relevance"
FIRST = 10
_WORD = re.compile("[A-Za-z]{5,}")
_HAN_RUN = re.compile("[\u4e00-\u9fff]{2,}")
_FULL_WIDTH = str.maketrans("0123456789.", "０１２３４５６７８９．")


class KnownItem(NamedTuple):
    """A query and the arXiv ids of the papers that should be its first ``places`` results.

    With ``misspelt`` the paper may also be found by the query that the page suggests.
    """

    kind: str
    query: str
    wanted: frozenset[str]
    places: int = FIRST
    misspelt: bool = False


def known_items() -> list[KnownItem]:
    """Return all items whose papers are in the database, in the order of the table."""
    return [*_ids(), *_titles(), *_misspelt_titles(), *_citations(), *_names()]


def rows(name: str) -> list[dict[str, str]]:
    """Return the rows of a table of ``tests/data/relevance``."""
    with open(DATA / name, encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))


def _papers(*kinds: str) -> Iterator[tuple[str, Paper]]:
    listed = [(row["kind"], row["arxiv_id"]) for row in rows("known_items.tsv")]
    found = Paper.objects.published().in_bulk([one for _, one in listed], field_name="arxiv_id")
    return ((kind, found[one]) for kind, one in listed if kind in kinds and one in found)


# --- Ids


def _ids() -> Iterator[KnownItem]:
    papers = [paper for _, paper in _papers("id")]
    spellings = (DATA / "id_spellings.txt").read_text("utf-8").splitlines()
    for spelling in spellings:
        for paper, other in zip(papers, papers[1:] + papers[:1], strict=True):
            query = spelling.format(
                id=paper.arxiv_id,
                other=other.arxiv_id,
                wide=paper.arxiv_id.translate(_FULL_WIDTH),
                word=paper.title_en.split()[0],
            )
            wanted = [paper, other] if "{other}" in spelling else [paper]
            ids = frozenset(one.arxiv_id for one in wanted)
            yield KnownItem("ids in 43 spellings", query, ids, len(ids))


# --- Titles


def _titles() -> Iterator[KnownItem]:
    for kind, paper in _papers("title", "Chinese title"):
        title = paper.title_en if kind == "title" else paper.title_zh
        yield KnownItem(f"{kind}s", title, frozenset([paper.arxiv_id]))
    for _, paper in _papers("short title"):
        same = Paper.objects.published().filter(title_en__iexact=paper.title_en)
        ids = frozenset(same.values_list("arxiv_id", flat=True))
        yield KnownItem("titles of at most four words, first", paper.title_en, ids, len(ids))


def _misspelt_titles() -> Iterator[KnownItem]:
    for kind, paper in _papers("misspelt title", "misspelt Chinese title"):
        in_english = kind == "misspelt title"
        title, words = (paper.title_en, _WORD) if in_english else (paper.title_zh, _HAN_RUN)
        query = swapped(title, words, seed=paper.arxiv_id)
        yield KnownItem(f"{kind}s", query, frozenset([paper.arxiv_id]), misspelt=True)


def swapped(text: str, words: re.Pattern[str], seed: str) -> str:
    """Return the text with two neighbouring letters of one of its words swapped.

    The seed decides which; letters that are equal are not swapped.
    """
    places = [
        at
        for word in words.finditer(text)
        for at in range(word.start(), word.end() - 1)
        if text[at].lower() != text[at + 1].lower()
    ]
    at = random.Random(seed).choice(places)
    return text[:at] + text[at + 1] + text[at] + text[at + 2 :]


# --- Citations


def _citations() -> Iterator[KnownItem]:
    names = topic_names()
    for _, paper in _papers("citation"):
        for style, text in _cited(reference_of(paper, names)).items():
            query = " ".join(text.split())  # as a search box joins lines
            yield KnownItem(f"citations {style}", query, frozenset([paper.arxiv_id]))


def _cited(paper: Reference) -> dict[str, str]:
    """Return citations of the paper by style."""
    names = paper.names
    first = names[0].family or names[0].literal
    given = names[0].given
    initials = " ".join(f"{part[0]}." for part in given.split())
    printed = ", ".join(paper.authors[:3])
    others = " et al." if len(names) > 1 else ""
    return {
        "with id (APA)": f"{first}, {initials}{others} ({paper.year}). {paper.title}. "
        f"arXiv preprint arXiv:{paper.arxiv_id}.",
        "with id (MLA)": f'{first}, {given}{others} "{paper.title}." '
        f"arXiv preprint arXiv:{paper.arxiv_id} ({paper.year}).",
        "with id (GB/T 7714)": f"{first.upper()} {initials.replace('.', '')}, et al. "
        f"{paper.title}[J]. arXiv preprint arXiv:{paper.arxiv_id}, {paper.year}.",
        "without id (author, year)": f"{first}{others}, {paper.year}. {paper.title}",
        "without id (ACL)": f"{printed}{others}. {paper.year}. {paper.title}.",
        "as BibTeX": bibtex.entry(paper),
        "as RIS": ris.entry(paper),
    }


# --- Names


def _names() -> Iterator[KnownItem]:
    for row in rows("names.tsv"):
        papers = Paper.objects.published().filter(authorships__author__name__iexact=row["author"])
        if ids := frozenset(papers.values_list("arxiv_id", flat=True)):
            misspelt = row["written"] == "misspelt"
            yield KnownItem(f"names {row['written']}", row["query"], ids, misspelt=misspelt)
