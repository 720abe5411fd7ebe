"""``/metrics``: the figures of this node in the text format of Prometheus, version 0.0.4.

https://prometheus.io/docs/instrumenting/exposition_formats/
"""

import datetime
import os
from collections.abc import Iterable, Iterator
from pathlib import Path

from django.db import DEFAULT_DB_ALIAS, DatabaseError, connection
from django.db.models import Max
from django.utils import timezone

from digest_site import VERSION
from papers.db.availability import call
from papers.http.address_kinds import Kind
from papers.http.page_cache import Kept
from papers.models import Digest, ImportRun
from papers.operations.request_counts import BOUNDS, STATUSES, Counts, workers

CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8"

Labels = dict[str, str]
Sample = tuple[str, Labels, float]
"""The ending of the metric's name, labels and value."""


def text() -> str:
    """Return all metrics of this node; those of the database are left out while it is away."""
    return "".join(f"{line}\n" for line in _lines())


def _lines() -> Iterator[str]:
    counts = Counts()
    yield from _metric("build_info", "gauge", "The running version.", [_one(1, version=VERSION)])
    yield from _metric("requests_total", "counter", "Requests answered.", _requests(counts))
    yield from _metric("request_seconds", "histogram", "Time until an answer.", _times(counts))
    yield from _metric(
        "page_cache_total", "counter", "Public pages by what the cache had.", _kept(counts)
    )
    yield from _metric("worker_resident_bytes", "gauge", "Memory of a worker.", _memory())
    try:
        of_database = call(DEFAULT_DB_ALIAS, lambda: [*_of_database()])
    except DatabaseError:
        of_database = []
    up = [_one(bool(of_database))]
    yield from _metric("database_up", "gauge", "Whether the database answers.", up)
    yield from of_database


def _metric(name: str, kind: str, said: str, samples: Iterable[Sample]) -> Iterator[str]:
    yield f"# HELP duizhao_{name} {said}"
    yield f"# TYPE duizhao_{name} {kind}"
    for ending, labels, value in samples:
        said = ",".join(f'{label}="{_escaped(text)}"' for label, text in labels.items())
        yield f"duizhao_{name}{ending}{{{said}}} {value:.15g}"


def _escaped(text: str) -> str:
    return text.replace("\\", r"\\").replace('"', r"\"").replace("\n", r"\n")


def _one(value: float, ending: str = "", **labels: str) -> Sample:
    return ending, labels, value


def _requests(counts: Counts) -> Iterator[Sample]:
    for kind in Kind:
        for status in STATUSES:
            if number := counts.requests(kind, status):
                yield _one(number, kind=kind.name.lower(), status=status)


def _times(counts: Counts) -> Iterator[Sample]:
    for kind in Kind:
        label = kind.name.lower()
        times = counts.times(kind)
        for bound, number in zip(BOUNDS, times.within, strict=True):
            yield _one(number, "_bucket", kind=label, le=f"{bound:g}")
        yield _one(times.number, "_bucket", kind=label, le="+Inf")
        yield _one(times.seconds, "_sum", kind=label)
        yield _one(times.number, "_count", kind=label)


def _kept(counts: Counts) -> Iterator[Sample]:
    return (_one(counts.kept(kept), result=kept.value) for kept in Kept)


def _memory() -> Iterator[Sample]:
    for place, pid in enumerate(workers(), start=1):
        try:
            resident = int(Path(f"/proc/{pid}/statm").read_text().split()[1])
        except (OSError, IndexError):  # it has just ended, or this system has no /proc
            continue
        yield _one(resident * os.sysconf("SC_PAGE_SIZE"), worker=str(place))


def _of_database() -> Iterator[str]:
    """Yield what the database knows. Read it to the end within ``call``, which limits the wait."""
    newest = Digest.objects.filter(record_count__gt=0).values_list("source__name")
    rows = list(newest.annotate(Max("date"), Max("imported")).order_by("source__name"))
    finished = ImportRun.objects.filter(state=ImportRun.State.DONE).aggregate(last=Max("finished"))
    yield from _metric(
        "newest_digest_age_seconds",
        "gauge",
        "Age of a source's newest digest with papers, in whole days.",
        [
            _one((timezone.localdate() - day).total_seconds(), source=source)
            for source, day, _ in rows
        ],
    )
    yield from _metric(
        "last_digest_timestamp_seconds",
        "gauge",
        "When a digest of a source was last written.",
        [_one(_seconds(written), source=source) for source, _, written in rows],
    )
    if finished["last"]:
        yield from _metric(
            "last_import_timestamp_seconds",
            "gauge",
            "When an import last came to its end.",
            [_one(_seconds(finished["last"]))],
        )
    if size := _size():
        yield from _metric("database_bytes", "gauge", "Size of the database.", [_one(size)])


def _seconds(moment: datetime.datetime) -> float:
    return round(moment.timestamp())


def _size() -> int:
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SELECT pg_database_size(current_database())")
        else:
            cursor.execute("SELECT page_count * page_size FROM pragma_page_count, pragma_page_size")
        return cursor.fetchone()[0]
