"""Writing the index: what the import, the curators and ``rebuild_search_index`` call."""

import logging
from collections import Counter
from collections.abc import Callable, Iterable, Sequence

from django.db import connection, transaction

from papers import versions
from papers.digests.bulk import chunks
from papers.models import Paper, SearchIndex
from papers.search import segmenting
from papers.search.backend import ENTRIES, WORDS, backend, create_tables, drop_tables
from papers.search.dictionary import dictionary
from papers.search.documents import Document, materials, title_words
from papers.search.text import NORMALISER, simplified

logger = logging.getLogger(__name__)
Progress = Callable[[Iterable[list[int]]], Iterable[list[int]]]

_FIELDS = "paper_id, place, arxiv_id, checksum, facets"


def current_version() -> str:
    """How this process would make the index: the segmenter, the dictionary, the rules."""
    return " ".join(
        (
            backend().SHAPE,
            segmenting.engine().name,
            f"rules-{NORMALISER}",
            f"terms-{dictionary().hash}",
        )
    )


def warm_up() -> None:
    """Loads what the first query would otherwise wait for."""
    segmenting.engine()
    dictionary()
    simplified("")


def stored_version() -> str:
    """How the index was made; empty where there is none yet."""
    return SearchIndex.objects.values_list("version", flat=True).first() or ""


def is_stale() -> bool:
    """Whether the index was made in another way than queries are read now."""
    return stored_version() not in ("", current_version())


def index_papers(paper_ids: Iterable[int]) -> None:
    """Brings the index up to date with these papers, hidden ones left out.

    Belongs in the transaction that wrote them. Papers whose texts are as they were cost one read.
    """
    ids = sorted(paper_ids)
    if not ids:
        return
    _ready()
    for chunk in chunks(ids):
        _index(chunk)


def unindex_papers(paper_ids: Iterable[int]) -> None:
    """Takes these papers out of the index."""
    for chunk in chunks(paper_ids):
        _forget(list(_entries(chunk).items()))


def rebuild(progress: Progress = iter) -> int:
    """Makes the whole index anew, in one transaction; returns the number of papers in it."""
    with transaction.atomic():
        drop_tables()
        create_tables()
        SearchIndex.objects.all().delete()
        _ready()
        papers = Paper.objects.published().order_by("first_seen", "pk")
        for chunk in progress(list(chunks(papers.values_list("pk", flat=True)))):
            _index(chunk)
        backend().tidy()
        versions.bump()
        return papers.count()


def _ready() -> None:
    """Says how the index was made, where nothing was indexed yet."""
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


def _entries(paper_ids: Sequence[int]) -> dict[int, tuple]:
    """Place, arXiv id, checksum and facets of these papers, of those that are indexed."""
    places = ", ".join(["%s"] * len(paper_ids))
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT {_FIELDS} FROM {ENTRIES} WHERE paper_id IN ({places})", list(paper_ids)
        )
        return {paper: tuple(rest) for paper, *rest in cursor.fetchall()}


def _index(paper_ids: list[int]) -> None:
    known = _entries(paper_ids)
    entries, documents, stale = [], [], []
    words: Counter[str] = Counter()
    for material in materials(paper_ids):
        entry = (material.place, material.arxiv_id, material.checksum, material.facets)
        before = known.pop(material.paper_id, None)
        if before == entry:
            continue
        entries.append((material.paper_id, *entry))
        if before is None or (before[0], before[2]) != (entry[0], entry[2]):
            if before:
                stale.append(before[0])
            else:
                words.update(title_words(material.title_en, material.title_zh))
            documents.append(material.document())
    _forget(list(known.items()))  # what was not among the materials is hidden or gone
    _write(entries, documents, stale, words)


def _write(
    entries: list[tuple], documents: list[Document], stale: list[int], words: Counter[str]
) -> None:
    if stale:
        backend().remove(stale)
    if documents:
        backend().write(documents)
    with connection.cursor() as cursor:
        if entries:
            cursor.executemany(
                f"INSERT INTO {ENTRIES} ({_FIELDS}) VALUES (%s, %s, %s, %s, %s) "
                "ON CONFLICT (paper_id) DO UPDATE SET place = excluded.place, "
                "arxiv_id = excluded.arxiv_id, checksum = excluded.checksum, "
                "facets = excluded.facets",
                entries,
            )
        if words:
            cursor.executemany(
                f"INSERT INTO {WORDS} (word, papers) VALUES (%s, %s) "
                f"ON CONFLICT (word) DO UPDATE SET papers = {WORDS}.papers + excluded.papers",
                sorted(words.items()),
            )


def _forget(entries: list[tuple[int, tuple]]) -> None:
    if entries:
        backend().remove([entry[0] for _, entry in entries])
        with connection.cursor() as cursor:
            cursor.executemany(
                f"DELETE FROM {ENTRIES} WHERE paper_id = %s", [(paper,) for paper, _ in entries]
            )
