"""Follow a source: keep its address, bring its checkout up to date, import what changed.

Fetching and importing are apart: what was fetched and not imported, because the import failed or
was killed, is imported by the next run. Hold ``fetch_lock`` for all of it.
"""

import shutil
from pathlib import Path

from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from papers.digests.location import LONGEST_SOURCE, Location
from papers.importing import background
from papers.importing.report import ImportReport
from papers.importing.run import Options, run_import
from papers.importing.sources import create_source
from papers.models import Checkout, Source
from papers.publishers.address import AddressRefused, check_address, check_branch
from papers.publishers.download import Download
from papers.publishers.errors import FetchFailed
from papers.publishers.git import Progress
from papers.publishers.repository import Repository

WAIT = 600  # seconds that a fetch from the admin waits for another


def followed() -> QuerySet[Source]:
    """Return the sources that are fetched, by name."""
    return Source.objects.exclude(fetch_url="").order_by("name")


def follow(name: str, kind: Source.FetchKind, address: str, branch: str = "") -> Source:
    """Keep the address of a source, which is created if its name is new. Raise AddressRefused."""
    cleaned = Location().overridden(name, None, None).source
    if not cleaned or len(cleaned) > LONGEST_SOURCE:
        raise AddressRefused(f"Give the source a name of at most {LONGEST_SOURCE} characters.")
    check_address(address)
    check_branch(branch)
    source = Source.objects.filter(name=cleaned).first() or create_source(cleaned)
    source.fetch_kind, source.fetch_url, source.branch = kind, address, branch
    source.save()
    return source


def fetch(source: Source, progress: Progress = lambda size: None) -> None:
    """Bring the checkout of a source up to date, and note how that went. Raise FetchFailed."""
    checkout, _ = Checkout.objects.get_or_create(source=source)
    checkout.looked = timezone.now()
    try:
        copy_of(source).update(progress)
    except (FetchFailed, AddressRefused) as error:
        checkout.error = str(error)
    except OSError as error:
        checkout.error = f"it cannot be written: {error.strerror or error}."
    else:
        checkout.error, checkout.reached = "", checkout.looked
    checkout.save(update_fields=["looked", "reached", "error"])
    if checkout.error:
        raise FetchFailed(f"{source.name}: {checkout.error}")


def import_changes(source: Source, wait: float = 0.0) -> ImportReport | None:
    """Import the days that changed since the last import; return None if there are none.

    Raise ImportRunning if another import does not end within ``wait`` seconds.
    """
    checkout, _ = Checkout.objects.get_or_create(source=source)
    copy = copy_of(source)
    revision = copy.revision()
    if revision in ("", checkout.revision):
        return None
    paths = copy.changed_since(checkout.revision)
    report = run_import(paths, Options(source=source.name, wait=wait)) if paths else None
    checkout.revision = revision
    checkout.save(update_fields=["revision"])
    return report


def start_fetching(source: Source) -> None:
    """Fetch and import a source in a process of its own, once the transaction is committed."""
    arguments = ("fetch_digests", f"--wait={WAIT}", "--", source.name)
    transaction.on_commit(lambda: background.start(*arguments))


def forget_copy(source: Source) -> None:
    """Remove the checkout, so that the next fetch brings everything, whatever its history is."""
    shutil.rmtree(folder_of(source), ignore_errors=True)


def copy_of(source: Source) -> Repository | Download:
    if source.fetch_kind == Source.FetchKind.ARCHIVE:
        return Download(folder_of(source), source.fetch_url)
    return Repository(folder_of(source), source.fetch_url, source.branch)


def folder_of(source: Source) -> Path:
    return Path(settings.PUBLISHERS_DIR) / source.slug
