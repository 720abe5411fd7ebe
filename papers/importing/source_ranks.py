"""The rank of a source, and the papers that it concerns: those that other sources give texts of."""

from django.db.models import Exists, OuterRef

from papers.db import data_version
from papers.importing.held_back import judge
from papers.importing.reconcile import reconcile
from papers.models import Appearance, Source, Translation


def rank_source(source: Source, rank: int) -> None:
    """Set the rank of a source, and reconcile the papers that it shares with other sources.

    Call it inside a transaction.
    """
    source.rank = rank
    source.save(update_fields=["rank"])
    papers = shared_papers(source)
    reconcile(papers | judge(papers).papers)
    data_version.mark_data_changed()


def shared_papers(source: Source) -> set[int]:
    """Return the papers of which another source has digests or Chinese, too."""
    shared: set[int] = set()
    for model, by in ((Appearance, "digest__source"), (Translation, "source")):
        others = model.objects.filter(paper=OuterRef("paper")).exclude(**{by: source})
        own = model.objects.filter(Exists(others), **{by: source})
        shared |= set(own.values_list("paper_id", flat=True))
    return shared
