"""Count in how many papers the words of a query occur: rare words tell more than frequent ones."""

from collections.abc import Sequence

from papers.db.raw_sql import fetch_all
from papers.search.backend import backend
from papers.search.query_nodes import Node

MAX_COUNTED = 60  # nodes that are counted in one query to the database


def frequencies(nodes: Sequence[Node], most: int) -> list[int]:
    """Return in how many papers each node matches, counted up to ``most``.

    Only the first ``MAX_COUNTED`` nodes are counted.
    """
    index = backend()
    counted = nodes[:MAX_COUNTED]
    if not counted:
        return []
    one = (
        f"SELECT %s, count(*) FROM "
        f"(SELECT 1 FROM {index.TABLE} WHERE {index.MATCHES} LIMIT %s) AS counted"
    )
    params = [
        param
        for number, node in enumerate(counted)
        for param in (number, index.expression(node), most)
    ]
    found = dict(fetch_all(" UNION ALL ".join([one] * len(counted)), params))
    return [found[number] for number in range(len(counted))]
