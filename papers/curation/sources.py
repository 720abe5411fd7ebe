"""Sources: whose texts come first, and digests whose changes may be shown."""

from collections.abc import Iterable
from typing import Any

from django.db import transaction
from django.db.models import Exists, OuterRef

from papers.curation.decision import INTERACTIVE_LIMIT, Curator, TooMany, put_back
from papers.db import data_version
from papers.importing.held_back import judge
from papers.importing.reconcile import reconcile
from papers.models import Appearance, Digest, Source


@transaction.atomic
def rank_source(source: Source, rank: int, most: int | None = INTERACTIVE_LIMIT) -> None:
    """Gives a source another rank, and chooses again the texts of papers that others gave too.

    Raises TooMany where these are more than ``most``.
    """
    papers = _shared_papers(source)
    if most is not None and len(papers) > most:
        raise TooMany
    source.rank = rank
    source.save(update_fields=["rank"])
    reconcile(papers | judge(papers).papers)
    data_version.mark_data_changed()


@transaction.atomic
def accept_changes(digests: Iterable[Digest], accepted: bool = True) -> None:
    """Lets these digests change the English of papers that another source gave, or no more."""
    ids = [digest.pk for digest in digests]
    Digest.objects.filter(pk__in=ids).update(changes_accepted=accepted)
    of_digests = Appearance.objects.filter(digest__in=ids)
    reconcile(judge(of_digests.values_list("paper_id", flat=True).distinct()).papers)
    data_version.mark_data_changed()


@transaction.atomic
def revert_source(record: Any, by: Curator, most: int | None = INTERACTIVE_LIMIT) -> None:
    """Puts a source's address, licence and rank back to a version kept of it. Raises TooMany as
    ranking does."""
    source = Source.objects.select_for_update().get(pk=record.id)
    rank = source.rank
    put_back(source, record, by)
    if source.rank != rank:
        rank_source(source, source.rank, most)


def _shared_papers(source: Source) -> set[int]:
    others = Appearance.objects.filter(paper=OuterRef("paper")).exclude(digest__source=source)
    own = Appearance.objects.filter(Exists(others), digest__source=source)
    return set(own.values_list("paper_id", flat=True))
