"""What a query string asks of the API. Unlike the pages it refuses names that it does not know: a
script that says ``topics=rag`` would otherwise go on with all the papers there are."""

import re
from collections.abc import Iterable

from django.http import QueryDict

from papers.lists.filters import REPEATABLE, SINGLE, NotUnderstood
from papers.lists.strict_query import MAX_ECHO, InvalidQuery

FEWEST, USUAL, MOST = 1, 25, 100
_NUMBER = re.compile(r"[1-9][0-9]{0,2}")
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
FILTERS = SINGLE | REPEATABLE
DAYS = frozenset({"from", "to"})
ORDERS = ("newest", "oldest")  # relevance is no order in which pages could go on


def check_names(query: QueryDict, known: Iterable[str]) -> None:
    """Raises Refused where the query string has a name that is not known, one too often, one
    without a value, or a day that is not written as the description says."""
    names = set(known)
    wrong = [
        NotUnderstood(name[:MAX_ECHO], values[0][:MAX_ECHO], fault)
        for name, values in query.lists()
        if (fault := _fault(name, values, names))
    ]
    if wrong:
        raise InvalidQuery(wrong)


def _fault(name: str, values: list[str], known: set[str]) -> str:
    if name not in known:
        return "no such parameter"
    if len(values) > 1 and name not in REPEATABLE:
        return "may be given only once"
    if name != "q" and "" in values:
        return "has no value"
    if name in DAYS and not _DAY.fullmatch(values[0]):
        return "must be a date such as 2025-01-29"
    if name == "sort" and values[0] not in ORDERS:
        return "must be newest or oldest"
    return ""


def asked_limit(query: QueryDict) -> int:
    asked = query.get("limit", str(USUAL))
    if _NUMBER.fullmatch(asked) and int(asked) <= MOST:
        return int(asked)
    raise InvalidQuery(
        [NotUnderstood("limit", asked[:MAX_ECHO], f"must be a number from {FEWEST} to {MOST}")]
    )
