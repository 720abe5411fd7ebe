"""Build addresses from known values instead of from the request."""

import datetime
from collections.abc import Mapping
from functools import cache
from urllib.parse import urlencode

from django.conf import settings
from django.http import QueryDict
from django.urls import reverse

_SOME_ID = "2501.00001"


def absolute(path: str) -> str:
    """Return the absolute URL of a path of this site."""
    return f"{settings.SITE_URL}{path}"


def paper_path(arxiv_id: str) -> str:
    """Return the path of a paper's page.

    An arXiv id needs no quoting. A list has dozens of them, so the path is resolved only once.
    """
    return _some_paper().replace(_SOME_ID, arxiv_id)


@cache
def _some_paper() -> str:
    return reverse("paper", args=[_SOME_ID])


def query_string(filters: Mapping[str, object]) -> str:
    """Return a query string such as ``?topic=rag&zh=ok``, names in order; empty without values."""
    pairs = [
        (name, one.isoformat() if isinstance(one, datetime.date) else str(one))
        for name, value in sorted(filters.items())
        for one in (value if isinstance(value, list | tuple) else [value])
        if one
    ]
    return f"?{urlencode(pairs)}" if pairs else ""


def with_changes(query: QueryDict, changes: Mapping[str, object]) -> str:
    """Return the query string with some parameters changed and moved to the end.

    None removes a parameter.
    """
    kept = [
        (name, value) for name, values in query.lists() if name not in changes for value in values
    ]
    new = [(name, str(value)) for name, value in changes.items() if value is not None]
    return f"?{urlencode([*kept, *new])}"
