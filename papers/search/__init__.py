"""Public interface of the full-text search in English and Chinese.

Call ``index_papers`` and ``unindex_papers`` inside the transaction that changes the papers.
``parse_query`` parses the text of the search box; ``search`` finds the papers that contain its
words. ``papers.lists.search_filter`` filters a list by a whole query.
"""

from papers.search.index_version import current_version, is_stale, stored_version
from papers.search.indexer import index_papers, rebuild, unindex_papers
from papers.search.query_parser import MAX_LENGTH, Note, Query
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
