"""The health of this process: what ``/readyz`` reports to a monitor."""

import datetime
from collections.abc import Callable, Iterator

from django.core.cache import cache
from django.db import DEFAULT_DB_ALIAS, DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.utils import timezone

from papers.db.availability import call
from papers.models import Digest
from papers.operations.half_migrated import WHAT_IS_WRONG, is_half_migrated
from papers.operations.status import silent_sources

STALE_AFTER = datetime.timedelta(days=7)  # arXiv never pauses for so long, and publishers rarely do


def findings(strict: bool = False) -> dict[str, str]:
    """Return the name of each check with ``ok`` or a description of the problem.

    With ``strict`` a publisher that is silent beyond its days is a failure. If the database does
    not answer, it is asked only once, so that the request does not wait long.
    """
    found = {"database": _finding(_database), "cache": _cache()}
    if found["database"] == "ok":
        found |= {"migrations": _finding(_migrations), "newest digest": _finding(_newest_digest)}
        if strict:
            found["publishers"] = _finding(_publishers)
    return found


def _finding(look: Callable[[], str]) -> str:
    try:
        return look()
    except DatabaseError as error:
        return f"failed: {type(error).__name__}"


def _database() -> str:
    call(DEFAULT_DB_ALIAS, _select_one)
    return "ok"


def _select_one() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")


def _migrations() -> str:
    if is_half_migrated(connection):
        return f"failed: {WHAT_IS_WRONG}"
    executor = MigrationExecutor(connection)
    waiting = executor.migration_plan(executor.loader.graph.leaf_nodes())
    return f"failed: {len(waiting)} to apply; run manage.py migrate" if waiting else "ok"


def _cache() -> str:
    """Report a dead cache; it makes the site slower, but does not make it unready."""
    cache.set("readyz", "there", 10)
    return "ok" if cache.get("readyz") == "there" else "does not answer; pages are slower"


def _newest_digest() -> str:
    newest = Digest.objects.order_by("-date").values_list("date", flat=True).first()
    if newest is None:
        return "none yet"
    age = timezone.localdate() - newest
    stale = f", {age.days} days old; is the daily import running?" if age > STALE_AFTER else ""
    return f"{newest}{stale}"


def _publishers() -> str:
    silent = silent_sources()
    return f"failed: nothing new from {', '.join(silent)}" if silent else "ok"


def is_ready(found: dict[str, str]) -> bool:
    return not any(finding.startswith("failed") for finding in found.values())


def lines(found: dict[str, str]) -> Iterator[str]:
    yield "ready" if is_ready(found) else "not ready"
    yield from (f"{name}: {finding}" for name, finding in found.items())
