"""What the site needs of its machine, said before it matters."""

import sqlite3
from collections.abc import Sequence

from django.conf import settings
from django.core.checks import CheckMessage, Tags, Warning, register
from django.db import DatabaseError

from digest_site.environment import wal_is_sound
from papers import search


@register
def sqlite_is_sound(app_configs, **kwargs) -> list[CheckMessage]:
    """Says so where this SQLite's write-ahead log has the reset race, so that it is not used."""
    if "sqlite" not in settings.DATABASES["default"]["ENGINE"]:
        return []
    if wal_is_sound(sqlite3.sqlite_version_info):
        return []
    return [
        Warning(
            f"SQLite {sqlite3.sqlite_version} has a race in its write-ahead log; the rollback "
            "journal is used instead, and readers wait while an import writes.",
            hint="Install the pysqlite3 of requirements.txt, or SQLite 3.51.3 or newer.",
            id="papers.W001",
        )
    ]


@register(Tags.database)
def cards_are_current(
    app_configs, databases: Sequence[str] | None = None, **kwargs
) -> list[CheckMessage]:
    """Says so where papers were rendered by an older version; asked with ``--database default``."""
    if "default" not in (databases or ()):
        return []
    from papers.rebuilding import stale_papers

    try:
        is_current = not stale_papers().exists()
    except DatabaseError:  # not migrated yet
        return []
    if is_current:
        return []
    return [
        Warning(
            "Some papers were rendered by an older version and are rendered for each reader.",
            hint="Run: manage.py rebuild_cards",
            id="papers.W002",
        )
    ]


@register(Tags.database)
def search_index_is_fresh(
    app_configs, databases: Sequence[str] | None = None, **kwargs
) -> list[CheckMessage]:
    """Says so where the search index was made with other rules than those of today. Checks of the
    database run with ``migrate`` and with ``check --database default``."""
    if not databases or "default" not in databases:
        return []
    try:
        stale = search.is_stale()
    except DatabaseError:  # not migrated yet
        return []
    if not stale:
        return []
    return [
        Warning(
            f"The search index was made with {search.stored_version()}, and queries are read with "
            f"{search.current_version()}: some papers are not found.",
            hint="Run manage.py rebuild_search_index.",
            id="papers.W003",
        )
    ]
