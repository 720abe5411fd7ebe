"""The kind of response at each address: one table, which a test compares with ``papers.urls``."""

import re
from enum import Enum, auto
from functools import lru_cache


class Kind(Enum):
    """The kinds of responses."""

    HEALTH = auto()
    """For monitoring of this process; answered before everything else."""
    ADMIN = auto()
    """The admin; never public."""
    CHOICE = auto()
    """Sets a cookie for a reader's choice; never public."""
    MAIL = auto()
    """Asks for, confirms or cancels a list by mail; never public."""
    API = auto()
    """For programs; its errors are JSON."""
    FEED = auto()
    """For programs; a browser may open it as a page."""
    FILE = auto()
    """Any other answer for programs."""
    PAGE = auto()
    """For people, in the languages that they prefer."""


FOR_PROGRAMS = frozenset({Kind.API, Kind.FEED, Kind.FILE})
"""They say their language in their address and read no preference of the reader."""
PRIVATE = frozenset({Kind.ADMIN, Kind.CHOICE, Kind.MAIL})
TAKES_FORMS = frozenset({Kind.ADMIN, Kind.MAIL})

ADDRESSES = {
    Kind.HEALTH: r"/healthz|/readyz|/metrics",
    Kind.ADMIN: r"/admin/.*",
    Kind.CHOICE: r"/language",
    Kind.MAIL: r"/mail/.*",
    Kind.API: r"/api/.*",
    Kind.FEED: r"/.*/feed\.(?:atom|rss|json)",
    Kind.FILE: (
        r"/.*\.(?:bib|ris|csl\.json|csv|jsonl|epub|opml|webmanifest|xml|txt)"
        r"|/(?:abs|pdf)/.*|/suggest|/unapi|/desk/new|/(?:speculation-rules|status)\.json"
    ),
    Kind.PAGE: (
        r"/(?:(?:papers|days|topics|authors|glossary|desk|search-help|about|status)/(?:.*/)?)?"
    ),
}
"""Patterns of whole paths; of several that match, the first counts."""

_ANY = re.compile(
    "|".join(f"(?P<{kind.name}>{pattern})" for kind, pattern in ADDRESSES.items()), re.DOTALL
)


@lru_cache(maxsize=512)  # called several times for each request
def kind_of(path: str) -> Kind:
    """Return the kind of response at this path; unknown paths give a page (404)."""
    found = _ANY.fullmatch(path)
    return Kind[found.lastgroup] if found and found.lastgroup else Kind.PAGE
