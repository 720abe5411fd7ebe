"""Check whether a database answers, and do not query it for some seconds after it did not.

A stopped server refuses a connection at once, so trying costs a reader no time. A host that is
down or unreachable does not reply at all, and every query waits for its timeout. After such a
timeout only one request at a time tries the database; all others fail at once (a circuit breaker).
"""

import logging
import time
from collections.abc import Callable
from typing import TypeVar

from django.conf import settings
from django.db import DEFAULT_DB_ALIAS, DatabaseError, OperationalError

from papers.db import data_version
from papers.db.data_version import Version

logger = logging.getLogger(__name__)

RETRY_AFTER = 10.0  # seconds
SILENCE = 1.0  # seconds; an error that took longer was a timeout, not a refused connection

T = TypeVar("T")

_alone_until: dict[str, float] = {}  # for all threads of this process


def version_of(alias: str) -> Version:
    """Return the version of the data in this database. Raise DatabaseError as ``call`` does."""
    return call(alias, lambda: data_version.current(using=alias))


def version_if_answering(alias: str) -> Version | None:
    """Return the version of the data in this database, or None if it does not answer."""
    try:
        return version_of(alias)
    except DatabaseError:
        return None


def call(alias: str, question: Callable[[], T]) -> T:
    """Return the result of ``question``, a function that queries this database.

    Raise DatabaseError if the database does not answer, and at once during the ``RETRY_AFTER``
    seconds after a failure. For a replica every error counts as a failure. For the primary, which
    nothing can replace, only a timeout does.
    """
    require_available(alias)
    began = time.monotonic()
    if alias in _alone_until:
        _trip(alias)  # only this request tries the database; the others fail at once
    try:
        answer = question()
    except DatabaseError as error:
        if alias != DEFAULT_DB_ALIAS or time.monotonic() - began > SILENCE:
            logger.warning("%s does not answer (%s).", alias, type(error).__name__)
            _trip(alias)
        else:
            _alone_until.pop(alias, None)
        raise
    _alone_until.pop(alias, None)
    return answer


def require_available(alias: str) -> None:
    """Raise OperationalError if this database did not answer less than ``RETRY_AFTER`` s ago."""
    if time.monotonic() < _alone_until.get(alias, 0.0):
        raise OperationalError(f"{alias} did not answer a moment ago.")


def forget() -> None:
    """Forget which databases did not answer. For tests, which create and drop databases."""
    _alone_until.clear()


def _trip(alias: str) -> None:
    _alone_until[alias] = time.monotonic() + RETRY_AFTER


LAST_KNOWN_TTL = 600.0  # seconds; then the site says that it is not available

_last: tuple[Version, float] | None = None  # the version, and when it was read


def last_known_version() -> Version:
    """Return the version of the data, from memory or a replica if the primary does not answer.

    Raise DatabaseError if no version is known.
    """
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


def forget_last_version() -> None:
    """Forget the last known version. For tests, which create and drop databases."""
    global _last
    _last = None


def _remembered() -> Version | None:
    if _last is None or time.monotonic() - _last[1] > LAST_KNOWN_TTL:
        return None
    return _last[0]


def _of_replicas() -> list[Version]:
    """Return the replicas' versions, or none if the last known version is older than its limit."""
    if _remembered() is None:
        return []
    return [version for alias in settings.REPLICAS if (version := version_if_answering(alias))]
