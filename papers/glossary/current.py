"""The glossary of this site now: what ships with it, and the rows of ``Term``.

One object serves all requests of a process. It is made again only when the rows of ``Term`` change,
not with every import.
"""

from functools import cache, lru_cache

from django.db import DatabaseError, connections
from django.db.models import Count, Max

from papers.db.version_cache import cached_per_version
from papers.glossary.lookup import Glossary
from papers.glossary.shipped import shipped_hash, shipped_pairs
from papers.glossary.term_pairs import TermPair
from papers.models import Term


def current_glossary() -> Glossary:
    """Return the glossary of this site; one query for each version of the data."""
    return _glossary(current_version())


@cached_per_version(size=1)
def current_version() -> str:
    """Return the version of the glossary; every change of a term changes it."""
    rows = Term.objects.aggregate(number=Count("pk"), at=Max("modified"))
    if not rows["number"]:
        return shipped_hash()
    return f"{shipped_hash()}-{rows['number']}-{rows['at'].timestamp():.6f}"


@cache
def shipped_glossary() -> Glossary:
    """Return the glossary as it ships, the same on all sites; it needs no database."""
    return Glossary(shipped_pairs(), shipped_hash())


@lru_cache(maxsize=2)  # the one before, for requests that still run
def _glossary(version: str) -> Glossary:
    if version == shipped_hash():
        return shipped_glossary()
    rows = Term.objects.values_list(*TermPair._fields)
    return Glossary([*shipped_pairs(), *map(TermPair._make, rows)], version)


def warm_up() -> None:
    """Load the glossary before the web server forks, so that the workers share its memory."""
    try:
        current_glossary().warm_up()
    except DatabaseError:  # then each worker loads it, when the database is there
        shipped_glossary().warm_up()
    finally:
        connections.close_all()
