"""Search in both languages: the one door.

``index_papers`` and ``unindex_papers`` belong in the transaction that changed the papers;
``understand`` reads what was typed, ``search`` answers it, ``narrowed`` filters a list by it.
"""

from papers.search.index_version import current_version, is_stale, stored_version
from papers.search.indexer import index_papers, rebuild, unindex_papers
from papers.search.query_parser import Note, Query
from papers.search.searcher import (
    MAX_HITS,
    NEWEST,
    OLDEST,
    RELEVANCE,
    Results,
    filter_by_query,
    parse_query,
    search,
    warm_up,
)
