"""Write the search index; used by the import, the admin and ``rebuild_search_index``."""

import logging
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Sequence
from functools import partial

from django.db import connection, transaction

from papers.db import data_version
from papers.db.bulk import chunks
from papers.models import Paper, SearchIndex
from papers.parallel import parallel_map
from papers.search.backend import ENTRIES, WORDS, backend, create_tables, drop_tables, rebuilding
from papers.search.documents import Entry, IndexRows, Material, index_rows, materials
from papers.search.index_version import current_version, require_version, stored_version

logger = logging.getLogger(__name__)
Progress = Callable[[Iterable[list[int]]], Iterable[list[int]]]

_FIELDS = ", ".join(Entry._fields)


def index_papers(paper_ids: Iterable[int]) -> None:
    """Update the index for these papers; hidden papers are removed from it.

    Call it inside the transaction that changes the papers. Unchanged papers only cost a read.
    """
    ids = sorted(paper_ids)
    if not ids:
        return
    backend().acquire_write_lock()
    if _has_older_tables():
        rebuild()
    _ready()
    for chunk in chunks(ids):
        _index(chunk)


def unindex_papers(paper_ids: Iterable[int]) -> None:
    """Remove these papers from the index."""
    backend().acquire_write_lock()
    for chunk in chunks(paper_ids):
        _forget(_entries(chunk).values())


def rebuild(progress: Progress = iter) -> int:
    """Rebuild the whole index in one transaction, on all cores; return the number of papers.

    ``progress`` receives an iterable of lists of paper ids and must iterate over it.
    """
    papers = Paper.objects.published().order_by("first_seen", "pk")
    with transaction.atomic():
        with rebuilding():
            ids = progress(list(chunks(papers.values_list("pk", flat=True))))
            rows_of = partial(_index_rows, current_version())
            for rows in parallel_map(rows_of, (list(materials(chunk)) for chunk in ids)):
                _write(rows)
        SearchIndex.objects.update_or_create(pk=1, defaults={"version": current_version()})
        data_version.mark_data_changed()
        return papers.count()


def _index_rows(version: str, some: list[Material]) -> IndexRows:
    """Return the index rows. Raise UnfitWorker if this process would write another version."""
    require_version(version)
    return index_rows(some)


def _has_older_tables() -> bool:
    """Return whether the tables are those of an earlier release, which cannot be written to."""
    stored = stored_version()
    return bool(stored) and stored.split()[0] != backend().SHAPE


def _ready() -> None:
    """Create the index if there is none; log a warning if it was written with other rules."""
    stored = stored_version()
    if not stored:
        drop_tables()
        create_tables()
        SearchIndex.objects.create(pk=1, version=current_version())
    elif stored != current_version():
        logger.warning(
            "The search index was made with other rules (%s, now %s): run "
            "`manage.py rebuild_search_index`, or some papers are not found.",
            stored,
            current_version(),
        )


def _entries(paper_ids: Sequence[int]) -> dict[int, Entry]:
    """Return the stored entries of these papers, by paper id."""
    places = ", ".join(["%s"] * len(paper_ids))
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT {_FIELDS} FROM {ENTRIES} WHERE paper_id IN ({places})", list(paper_ids)
        )
        return {row[0]: Entry(*row) for row in cursor.fetchall()}


def _index(paper_ids: list[int]) -> None:
    known = _entries(paper_ids)
    new: list[Material] = []
    changed: list[tuple[Entry, Material]] = []
    for material in materials(paper_ids):
        before = known.pop(material.paper_id, None)
        if before is None:
            new.append(material)
        elif before != material.entry:
            changed.append((before, material))
    _forget(known.values())  # the remaining papers are hidden or deleted
    if new:
        _write(index_rows(new))
    if changed:
        _change(changed)


def _change(changed: list[tuple[Entry, Material]]) -> None:
    """Update the entries of these papers, and their documents if texts or day changed."""
    reworded = [
        (before, material)
        for before, material in changed
        if (before.place, before.checksum) != (material.place, material.checksum)
    ]
    if reworded:
        backend().remove([before.place for before, _ in reworded])
    documents = [material.document() for _, material in reworded]
    _write(IndexRows([material.entry for _, material in changed], documents, Counter()))


def _write(rows: IndexRows) -> None:
    if rows.documents:
        backend().write(rows.documents)
    with connection.cursor() as cursor:
        cursor.executemany(
            f"INSERT INTO {ENTRIES} ({_FIELDS}) VALUES (%s, %s, %s, %s, %s) "
            "ON CONFLICT (paper_id) DO UPDATE SET place = excluded.place, "
            "arxiv_id = excluded.arxiv_id, checksum = excluded.checksum, "
            "facets = excluded.facets",
            rows.entries,
        )
        if rows.words:
            cursor.executemany(
                f"INSERT INTO {WORDS} (word, papers) VALUES (%s, %s) "
                f"ON CONFLICT (word) DO UPDATE SET papers = {WORDS}.papers + excluded.papers",
                sorted(rows.words.items()),
            )


def _forget(entries: Collection[Entry]) -> None:
    if entries:
        backend().remove([entry.place for entry in entries])
        with connection.cursor() as cursor:
            cursor.executemany(
                f"DELETE FROM {ENTRIES} WHERE paper_id = %s", [(one.paper_id,) for one in entries]
            )
