"""Decisions about sources: their rank, and the acceptance of digests held back."""

from collections.abc import Iterable
from typing import Any

from django.db import transaction

from papers.curation.decision import INTERACTIVE_LIMIT, Curator, TooMany, put_back
from papers.db import data_version
from papers.importing import source_ranks
from papers.importing.held_back import judge
from papers.importing.reconcile import reconcile
from papers.models import Appearance, Digest, Source


@transaction.atomic
def rank_source(source: Source, rank: int, most: int | None = INTERACTIVE_LIMIT) -> None:
    """Set the rank of a source, and reconcile the papers that it shares with other sources.

    Raise TooMany if these are more than ``most``; None means no limit.
    """
    if most is not None and len(source_ranks.shared_papers(source)) > most:
        raise TooMany
    source_ranks.rank_source(source, rank)


@transaction.atomic
def accept_changes(digests: Iterable[Digest], accepted: bool = True) -> None:
    """Allow these digests to change the English text of papers of other sources, or forbid it."""
    ids = [digest.pk for digest in digests]
    Digest.objects.filter(pk__in=ids).update(changes_accepted=accepted)
    of_digests = Appearance.objects.filter(digest__in=ids)
    reconcile(judge(of_digests.values_list("paper_id", flat=True).distinct()).papers)
    data_version.mark_data_changed()


@transaction.atomic
def revert_source(record: Any, by: Curator, most: int | None = INTERACTIVE_LIMIT) -> None:
    """Restore a source's address, licence and rank from a version.

    Raise TooMany if the rank changes and more than ``most`` papers would be reconciled.
    """
    source = Source.objects.select_for_update().get(pk=record.id)
    rank = source.rank
    put_back(source, record, by)
    if source.rank != rank:
        rank_source(source, source.rank, most)
