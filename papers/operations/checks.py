"""System checks: what the site needs from its machine, its settings and its data."""

import os
import sqlite3
from collections.abc import Sequence
from pathlib import Path

from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, Warning, register
from django.db import DatabaseError, connection

from digest_site.environment import is_public, listens_on_loopback, wal_is_sound
from papers import search
from papers.operations.file_rights import open_to_others
from papers.operations.half_migrated import WHAT_IS_WRONG, WHAT_TO_DO, is_half_migrated

MACHINE = "machine"  # tag of the checks that concern a command which serves no page


@register(MACHINE)
def sqlite_is_sound(app_configs, **kwargs) -> list[CheckMessage]:
    """Warn if this SQLite has the WAL-reset race; the site then uses the rollback journal."""
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


@register(MACHINE)
def data_can_be_written(app_configs, **kwargs) -> list[CheckMessage]:
    """Check that the database file and its folder are writable: SQLite writes a journal there."""
    database = settings.DATABASES["default"]
    if "sqlite" not in database["ENGINE"] or database["NAME"] == ":memory:":
        return []
    file = Path(database["NAME"])
    needed = [file.parent, file] if os.path.exists(file) else [file.parent]
    return [
        Error(
            f"{one} is not writable by this user, and the database is stored there.",
            hint="Make folder and file writable for the user of the site, or set DATABASE_URL.",
            id="papers.E001",
        )
        for one in needed
        if not _writable(one)
    ]


def _writable(path: Path) -> bool:
    return os.access(path, os.W_OK, effective_ids=os.access in os.supports_effective_ids)


@register(Tags.security, deploy=True)
def deployment_is_safe(app_configs, **kwargs) -> list[CheckMessage]:
    """Warn about settings that are often forgotten when a site becomes public."""
    if not is_public(settings.ALLOWED_HOSTS):
        return []
    found: list[CheckMessage] = []
    if not settings.SITE_URL.startswith("https://"):
        found.append(
            Warning(
                "The site is public and SITE_URL does not start with https: curators' passwords "
                "are sent unencrypted.",
                hint="Put a web server with TLS in front of the site and set SITE_URL=https://…",
                id="papers.W003",
            )
        )
    if listens_on_loopback() and not settings.TRUSTED_PROXIES:
        found.append(
            Warning(
                "The site seems to be behind a web server and TRUSTED_PROXIES is 0: all readers "
                "count as one for RATE_LIMIT and for wrong passwords.",
                hint="Set TRUSTED_PROXIES to the number of web servers in front of the site.",
                id="papers.W004",
            )
        )
    return found


@register(Tags.security, deploy=True)
def files_are_private(app_configs, **kwargs) -> list[CheckMessage]:
    """Warn about private files that other users of this machine can read or change."""
    return [
        Warning(
            f"{one} can be read or changed by others on this machine.",
            hint="Run manage.py migrate as the owner of the file; it restricts the permissions.",
            id="papers.W006",
        )
        for one in open_to_others()
    ]


@register(Tags.database)
def migrations_are_whole(
    app_configs, databases: Sequence[str] | None = None, **kwargs
) -> list[CheckMessage]:
    """Refuse a database that has only some of the migrations from before the first release."""
    if "default" not in (databases or ()) or not is_half_migrated(connection):
        return []
    return [Error(WHAT_IS_WRONG, hint=WHAT_TO_DO, id="papers.E002")]


@register(Tags.database)
def cards_are_current(
    app_configs, databases: Sequence[str] | None = None, **kwargs
) -> list[CheckMessage]:
    """Warn if papers were rendered by an older version. Runs with ``--database default``."""
    if "default" not in (databases or ()):
        return []
    from papers.operations.rebuild_cards import stale_papers

    try:
        is_current = not stale_papers().exists()
    except DatabaseError:  # not migrated yet
        return []
    if is_current:
        return []
    return [
        Warning(
            "Some papers were rendered by an older version and are rendered again on each request.",
            hint="Run manage.py rebuild_cards.",
            id="papers.W002",
        )
    ]


@register(Tags.database)
def search_index_is_fresh(
    app_configs, databases: Sequence[str] | None = None, **kwargs
) -> list[CheckMessage]:
    """Warn if the search index was made by the rules of another version.

    Checks of the database run with ``migrate`` and with ``check --database default``.
    """
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
            f"The search index was built with {search.stored_version()}, but queries use "
            f"{search.current_version()}: some papers are not found.",
            hint="Run manage.py rebuild_search_index.",
            id="papers.W005",
        )
    ]


@register(Tags.database)
def translations_are_judged(
    app_configs, databases: Sequence[str] | None = None, **kwargs
) -> list[CheckMessage]:
    """Warn if translations were judged by the rules of another release."""
    if "default" not in (databases or ()):
        return []
    from papers.importing.retriage import rules_are_stale

    try:
        stale = rules_are_stale()
    except DatabaseError:  # not migrated yet
        return []
    if not stale:
        return []
    return [
        Warning(
            "The translations were judged by other rules than those of this release: readers may "
            "see what the rules of today would not show.",
            hint="Run: manage.py check_translations --apply",
            id="papers.W007",
        )
    ]


@register(Tags.database)
def terms_are_counted(
    app_configs, databases: Sequence[str] | None = None, **kwargs
) -> list[CheckMessage]:
    """Warn if papers were not counted with the terms of today's glossary."""
    if "default" not in (databases or ()):
        return []
    from papers.glossary.term_weeks import recount_is_due

    try:
        due = recount_is_due()
    except DatabaseError:  # not migrated yet
        return []
    if not due:
        return []
    return [
        Warning(
            "Papers were never counted by the terms of the glossary of today: charts and lists of "
            "rising terms lack some.",
            hint="Run manage.py count_terms.",
            id="papers.W009",
        )
    ]


@register(Tags.database)
def digests_are_read(
    app_configs, databases: Sequence[str] | None = None, **kwargs
) -> list[CheckMessage]:
    """Warn if digests were read by the parser of another release."""
    if "default" not in (databases or ()):
        return []
    from papers.digests.formats import VERSION
    from papers.models import Digest

    try:
        stale = Digest.objects.exclude(content_hash__startswith=f"{VERSION}:").exists()
    except DatabaseError:  # not migrated yet
        return []
    if not stale:
        return []
    return [
        Warning(
            "Some digests were read by the parser of another release, and this one reads better.",
            hint="Run manage.py import_digests on the publishers' digests again.",
            id="papers.W008",
        )
    ]
