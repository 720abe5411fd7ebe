"""Removal of digests and sources: delete their evidence, and reconcile the papers that stay."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass

from django.db import transaction
from django.db.models import QuerySet

from papers.db import data_version
from papers.db.bulk import chunks
from papers.db.import_lock import import_lock
from papers.glossary.term_weeks import COUNTED, CountedPaper, count_changes
from papers.importing.authorships import delete_unused_authors
from papers.importing.held_back import judge, papers_of_newcomers
from papers.importing.reconcile import reconcile
from papers.lists import counts
from papers.lists.counts import recount_authors, recount_topics
from papers.models import (
    Appearance,
    Authorship,
    Digest,
    Paper,
    PaperTopic,
    Source,
    Topic,
    Translation,
)
from papers.search.indexer import unindex_papers


@dataclass(frozen=True)
class Removal:
    """Numbers of digests removed, of papers removed with them, and of papers that stay."""

    digests: int
    papers_removed: int
    papers_kept: int


def remove_digests(digests: QuerySet[Digest]) -> Removal:
    """Remove these digests, and the papers that no other digest contains.

    Curators' decisions about the papers that stay are kept. Raise ImportRunning while an import
    runs.
    """
    with import_lock(), transaction.atomic():
        return _remove(digests)


def remove_source(source: Source) -> Removal:
    """Remove a source with all that it gave: digests, or texts of a translator.

    Raise ImportRunning while an import runs.
    """
    with import_lock(), transaction.atomic():
        papers = set(source.translations.values_list("paper_id", flat=True))
        for chunk in chunks(list(source.translations.values_list("pk", flat=True))):
            Translation.objects.filter(pk__in=chunk).delete()
        removal = _remove(source.digests.all(), papers)
        source.delete()
    return removal


def _remove(digests: QuerySet[Digest], papers: Iterable[int] = ()) -> Removal:
    """Remove these digests; ``papers`` have lost a text besides."""
    concerned = set(papers)
    topics: set[int] = set()
    count = 0
    sources: set[int] = set()
    for digest in digests:
        topics.add(digest.topic_id)
        sources.add(digest.source_id)
        concerned |= _forget(digest)
        count += 1
    kept = _still_seen(concerned)
    _delete_papers(concerned - kept)
    reconcile(kept | judge(kept | papers_of_newcomers(sources, count)).papers)
    _delete_unused(topics)
    data_version.mark_data_changed()
    return Removal(count, len(concerned - kept), len(kept))


def _forget(digest: Digest) -> set[int]:
    """Delete the digest and the translations that only it gave; return its papers."""
    papers = set(digest.appearances.values_list("paper_id", flat=True))
    translations = set(digest.translations.values_list("pk", flat=True))
    digest.delete()
    for chunk in chunks(translations):
        Translation.objects.filter(pk__in=chunk, digests=None).delete()
    return papers


def _still_seen(papers: set[int]) -> set[int]:
    found: set[int] = set()
    for chunk in chunks(papers):
        found |= set(Appearance.objects.filter(paper__in=chunk).values_list("paper_id", flat=True))
    return found


def _delete_papers(papers: set[int]) -> None:
    """Delete these papers, and the authors that have no paper any more."""
    days: set[datetime.date] = set()
    for chunk in chunks(papers):
        counted = [
            CountedPaper(*row) for row in Paper.objects.filter(pk__in=chunk).values_list(*COUNTED)
        ]
        count_changes(counted, ())
        days |= {paper.first_seen for paper in counted}
        authors = set(
            Authorship.objects.filter(paper__in=chunk).values_list("author_id", flat=True)
        )
        topics = set(PaperTopic.objects.filter(paper__in=chunk).values_list("topic_id", flat=True))
        unindex_papers(chunk)
        Paper.objects.filter(pk__in=chunk).delete()
        delete_unused_authors(authors)
        recount_authors(authors)
        recount_topics(topics)
    counts.recount(days)


def _delete_unused(topics: set[int]) -> None:
    """Delete the topics among these that have no digest, no paper and no topic merged into them."""
    unused = Topic.objects.filter(pk__in=topics, digests=None, paper_links=None, merged_topics=None)
    while unused.delete()[0]:  # a merged topic is deleted before the topic it was merged into
        pass
