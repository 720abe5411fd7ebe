"""Parameters of the API, checked strictly.

Unlike the pages, the API refuses unknown names. Otherwise a script with a wrong name, such as
``topics=rag``, would get all papers and not notice.
"""

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
ORDERS = ("newest", "oldest")  # relevance is missing: a cursor cannot continue it


def check_names(query: QueryDict, known: Iterable[str]) -> None:
    """Raise InvalidQuery if a parameter is unknown, repeated, without a value or malformed.

    Days and ``sort`` are checked for their form. The error names every wrong parameter.
    """
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
    """Return the parameter ``limit``, or the default. Raise InvalidQuery if it is out of range."""
    asked = query.get("limit", str(USUAL))
    if _NUMBER.fullmatch(asked) and int(asked) <= MOST:
        return int(asked)
    raise InvalidQuery(
        [NotUnderstood("limit", asked[:MAX_ECHO], f"must be a number from {FEWEST} to {MOST}")]
    )
