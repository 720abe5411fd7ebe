"""Render the cards of papers again after a change of the renderer or aligner."""

from collections.abc import Callable, Iterable

from django.db import transaction
from django.db.models import Q

from papers.db import data_version
from papers.db.bulk import CHUNK, chunks, update_rows
from papers.importing.card_data import rendered
from papers.models import Paper, PaperQuerySet
from papers.text import markup, sentence_pairs


def stale_papers() -> PaperQuerySet:
    """Return the papers whose HTML or pairs of sentences are from another version of the renderer
    or aligner.

    Until they are rebuilt, they are rendered on each request.
    """
    without = Q(card__html__version__isnull=True) | Q(card__pairs__version__isnull=True)
    html_is_old = ~Q(card__html__version=markup.VERSION)
    return Paper.objects.filter(
        without | html_is_old | ~Q(card__pairs__version=sentence_pairs.VERSION)
    )


def rebuild_cards(
    everything: bool = False, progress: Callable[[list[list[int]]], Iterable[list[int]]] = iter
) -> int:
    """Render stale papers again, or all of them, in batches; return their number.

    Each batch is one transaction. The rest of a card and ``modified`` stay, because the content of
    the paper has not changed.
    """
    papers = Paper.objects.all() if everything else stale_papers()
    batches = list(chunks(papers.order_by("pk").values_list("pk", flat=True), CHUNK))
    return sum(_rebuild(batch) for batch in progress(batches))


@transaction.atomic
def _rebuild(ids: list[int]) -> int:
    """Render one batch. Lock the rows so that an import cannot write in between."""
    papers = Paper.objects.select_for_update().filter(pk__in=ids)
    rows = [({**paper.card, **rendered(paper)}, paper.pk) for paper in papers]
    update_rows(Paper, ("card",), rows)
    data_version.mark_data_changed()
    return len(rows)
