"""Search in both languages: the one door.

``index_papers`` and ``unindex_papers`` belong in the transaction that changed the papers;
``understand`` reads what was typed, ``search`` answers it, ``narrowed`` filters a list by it.
"""

from papers.search.finding import (
    NEWEST,
    OLDEST,
    RELEVANCE,
    SHOWN,
    Results,
    narrowed,
    search,
    understand,
    warm_up,
)
from papers.search.grammar import Note, Query
from papers.search.index import index_papers, rebuild, unindex_papers
from papers.search.version import current_version, is_stale, stored_version

__all__ = [
    "NEWEST",
    "OLDEST",
    "RELEVANCE",
    "SHOWN",
    "Note",
    "Query",
    "Results",
    "current_version",
    "index_papers",
    "is_stale",
    "narrowed",
    "rebuild",
    "search",
    "stored_version",
    "understand",
    "unindex_papers",
    "warm_up",
]
