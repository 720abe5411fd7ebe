"""Answer 503 with Retry-After if the database fails or a query takes too long.

A public page has a limited time in the database, because strangers choose the query. SQLite is
interrupted by its progress handler, PostgreSQL by ``statement_timeout``.
"""

import logging
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from contextvars import ContextVar

from django.db import DatabaseError, InterfaceError, OperationalError, connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.signals import connection_created
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.template import loader
from django.utils.cache import add_never_cache_headers

logger = logging.getLogger(__name__)

QUERY_TIME_LIMIT = 5.0  # seconds in the database for one public page
RETRY_AFTER_SECONDS = 10  # seconds
_STEPS = 10_000  # SQLite instructions between two checks of the clock, about a millisecond

_deadline: ContextVar[float | None] = ContextVar("deadline", default=None)


class OutageMiddleware:
    """Turn a database error in a view into a 503 response."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        is_outage = isinstance(error, OperationalError | InterfaceError)
        return unavailable(error) if is_outage else None


def unavailable(error: Exception) -> HttpResponse:
    """Log the error and return the 503 page, which needs no database."""
    logger.error("Not available: %s", " ".join(str(error).split())[:200])
    page = loader.get_template("503.html").render()
    answer = HttpResponse(page, status=503, headers={"Retry-After": str(RETRY_AFTER_SECONDS)})
    add_never_cache_headers(answer)
    return answer


@contextmanager
def time_limited(alias: str, seconds: float = QUERY_TIME_LIMIT) -> Iterator[None]:
    """Limit the time of queries to this database inside the block.

    Raises OperationalError: on SQLite when all queries together exceed ``seconds``, on PostgreSQL
    when one query does.
    """
    connection = connections[alias]
    limit = _on_postgres if connection.vendor == "postgresql" else _on_sqlite
    with limit(connection, seconds):
        yield


@contextmanager
def _on_postgres(connection: BaseDatabaseWrapper, seconds: float) -> Iterator[None]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('statement_timeout', %s, false)", [_ms(seconds)])
    try:
        yield
    finally:
        with suppress(DatabaseError), connection.cursor() as cursor:
            cursor.execute("RESET statement_timeout")


def _ms(seconds: float) -> str:
    return f"{int(seconds * 1000)}ms"


@contextmanager
def _on_sqlite(connection: BaseDatabaseWrapper, seconds: float) -> Iterator[None]:
    token = _deadline.set(time.monotonic() + seconds)
    try:
        yield
    finally:
        _deadline.reset(token)


def _watch(connection: BaseDatabaseWrapper, **kwargs: object) -> None:
    """Make SQLite check the clock regularly; without a deadline it stops nothing."""
    if connection.vendor == "sqlite":
        connection.connection.set_progress_handler(_is_late, _STEPS)


def _is_late() -> bool:
    deadline = _deadline.get()
    return deadline is not None and time.monotonic() > deadline


connection_created.connect(_watch, dispatch_uid="papers.http.outages")
