"""Search in both languages: the one door.

``index_papers`` and ``unindex_papers`` belong in the transaction that changed the papers;
``parse_query`` reads what was typed, ``search`` finds the papers with its words.
``papers.lists.search_filter`` filters a list by a whole query.
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
    parse_query,
    search,
    warm_up,
)
