"""Build addresses from known values instead of from the request."""

import datetime
from collections.abc import Mapping
from urllib.parse import urlencode

from django.conf import settings
from django.http import QueryDict


def absolute(path: str) -> str:
    """Return the absolute URL of a path of this site."""
    return f"{settings.SITE_URL}{path}"


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
