"""The data's version while the primary database does not answer: the last one known.

For some minutes readers then go on reading what is kept, and what a replica of that version holds.
Where the primary has ended nothing can be written meanwhile, so it is at worst what another node
wrote in the last moment. A node that is cut off, from the replicas too, cannot know what others
write: for those minutes it shows what it knew.
"""

import time

from django.conf import settings
from django.db import DEFAULT_DB_ALIAS, DatabaseError

from papers.db.availability import version_if_answering, version_of
from papers.db.data_version import Version

FOR_SO_LONG = 600.0  # seconds; then the site says that it is not available

_last: tuple[Version, float] | None = None  # the version, and when it was read


def newest_known() -> Version:
    """The version of the data; raises DatabaseError where none is known."""
    global _last
    try:
        version = version_of(DEFAULT_DB_ALIAS)
    except DatabaseError:
        known = [version for version in (_remembered(), *_of_replicas()) if version]
        if not known:
            raise
        return max(known, key=lambda version: version.at)
    _last = version, time.monotonic()
    return version


def forget() -> None:
    """Forgets it: for tests, whose databases come and go."""
    global _last
    _last = None


def _remembered() -> Version | None:
    if _last is None or time.monotonic() - _last[1] > FOR_SO_LONG:
        return None
    return _last[0]


def _of_replicas() -> list[Version]:
    """The versions of replicas, while one is remembered: they do not outlive it either."""
    if _remembered() is None:
        return []
    return [version for alias in settings.REPLICAS if (version := version_if_answering(alias))]
