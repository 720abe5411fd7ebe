"""Whether a database answers; one that did not is left alone for some seconds.

A server that has ended refuses at once, and asking costs a reader nothing. A host that is gone, or
cut off, says nothing at all: whoever asks waits for a time limit. Once that has happened, one
reader asks for all.
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
SILENCE = 1.0  # seconds; an error that took longer was no refusal

T = TypeVar("T")

_alone_until: dict[str, float] = {}  # for all threads of this process


def version_of(alias: str) -> Version:
    """The version of the data in this database; raises DatabaseError as ``ask`` does."""
    return call(alias, lambda: data_version.current(using=alias))


def version_if_answering(alias: str) -> Version | None:
    """The version of the data in this database, or None where it does not answer."""
    try:
        return version_of(alias)
    except DatabaseError:
        return None


def call(alias: str, question: Callable[[], T]) -> T:
    """What the question to this database gives.

    Raises DatabaseError where it does not answer, and at once while it is left alone: a replica
    after any error, the primary, for which nothing stands in, only after silence.
    """
    require_available(alias)
    began = time.monotonic()
    if alias in _alone_until:
        _trip(alias)  # this reader asks for all the others
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
    """Raises OperationalError where this database did not answer a moment ago."""
    if time.monotonic() < _alone_until.get(alias, 0.0):
        raise OperationalError(f"{alias} did not answer a moment ago.")


def forget() -> None:
    """Forgets who did not answer: for tests, whose databases come and go."""
    _alone_until.clear()


def _trip(alias: str) -> None:
    _alone_until[alias] = time.monotonic() + RETRY_AFTER


LAST_KNOWN_TTL = 600.0  # seconds; then the site says that it is not available

_last: tuple[Version, float] | None = None  # the version, and when it was read


def last_known_version() -> Version:
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


def forget_last_version() -> None:
    """Forgets it: for tests, whose databases come and go."""
    global _last
    _last = None


def _remembered() -> Version | None:
    if _last is None or time.monotonic() - _last[1] > LAST_KNOWN_TTL:
        return None
    return _last[0]


def _of_replicas() -> list[Version]:
    """The versions of replicas, while one is remembered: they do not outlive it either."""
    if _remembered() is None:
        return []
    return [version for alias in settings.REPLICAS if (version := version_if_answering(alias))]
