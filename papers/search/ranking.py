"""Order hits by the score of their texts (``scoring.py``)."""

from math import log

from papers.db.raw_sql import fetch_all
from papers.db.version_cache import cached_per_version
from papers.search.backend import ENTRIES, WORDS
from papers.search.query_nodes import Node
from papers.search.query_parser import Query
from papers.search.scoring import Rarity, Scorer, Texts, words_of
from papers.search.sort_key import paper_id_of

_TEXTS = "id, title_en, title_zh, authors_text, abstract_en, abstract_zh"


def by_relevance(node: Node, query: Query, places: list[int]) -> list[int]:
    """Return these sort keys, best paper first; of equal papers the newest."""
    if not places:
        return []
    scorer = Scorer(node, _rarity(node), _asked(query, "title"), _asked(query, "authors"))
    marks = ", ".join(["%s"] * len(places))
    sql = f"SELECT {_TEXTS} FROM papers_paper WHERE id IN ({marks})"
    ids = [paper_id_of(place) for place in places]
    scores = {pk: scorer.score(Texts(*texts)) for pk, *texts in fetch_all(sql, ids)}
    return sorted(places, key=lambda place: (-scores.get(paper_id_of(place), 0.0), -place))


def _asked(query: Query, field: str) -> str:
    """Return the words of the query, if it looks for them in this field; else nothing."""
    clauses = [clause for group in query.groups for clause in group]
    if any(clause.field not in ("", field) for clause in clauses):
        return ""
    return " ".join(clause.text for clause in clauses)


def _rarity(node: Node) -> Rarity:
    """Return the function that weighs a word: the fewer titles have it, the more."""
    words = [*dict.fromkeys(words_of(node))]
    marks = ", ".join(["%s"] * len(words))
    rows = fetch_all(f"SELECT word, papers FROM {WORDS} WHERE word IN ({marks})", words)
    papers = _number_of_papers()
    weights = {word: log(1 + papers / (1 + titles)) for word, titles in rows}
    most = log(1 + papers)
    return lambda word: weights.get(word, most)


@cached_per_version(1)
def _number_of_papers() -> int:
    return fetch_all(f"SELECT count(*) FROM {ENTRIES}", [])[0][0]
