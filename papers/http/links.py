"""Addresses made from what is known instead of from what came in."""

import datetime
from collections.abc import Mapping
from urllib.parse import urlencode

from django.conf import settings
from django.http import QueryDict


def absolute(path: str) -> str:
    """A path of this site as the rest of the world sees it."""
    return f"{settings.SITE_URL}{path}"


def query_string(filters: Mapping[str, object]) -> str:
    """``?topic=rag&zh=ok``, always in the same order; empty where nothing has a value."""
    pairs = [
        (name, one.isoformat() if isinstance(one, datetime.date) else str(one))
        for name, value in sorted(filters.items())
        for one in (value if isinstance(value, list | tuple) else [value])
        if one
    ]
    return f"?{urlencode(pairs)}" if pairs else ""


def with_changes(query: QueryDict, changes: Mapping[str, object]) -> str:
    """The query string of the same page with other values, which come last; None takes one away."""
    kept = [
        (name, value) for name, values in query.lists() if name not in changes for value in values
    ]
    new = [(name, str(value)) for name, value in changes.items() if value is not None]
    return f"?{urlencode([*kept, *new])}"
