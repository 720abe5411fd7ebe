"""Cards of an older renderer or aligner, made anew: what ``rebuild_cards`` does."""

from collections.abc import Callable, Iterable

from django.db import transaction
from django.db.models import Q

from papers.db import data_version
from papers.db.bulk import CHUNK, chunks, update_rows
from papers.importing.card_data import rendered
from papers.models import Paper, PaperQuerySet
from papers.text import markup, sentence_pairs


def stale_papers() -> PaperQuerySet:
    """Papers whose HTML or pairs of sentences are not of today's renderer and aligner: they are
    made on the fly for each reader."""
    without = Q(card__html__version__isnull=True) | Q(card__pairs__version__isnull=True)
    html_is_old = ~Q(card__html__version=markup.VERSION)
    return Paper.objects.filter(
        without | html_is_old | ~Q(card__pairs__version=sentence_pairs.VERSION)
    )


def rebuild_cards(
    everything: bool = False, progress: Callable[[list[list[int]]], Iterable[list[int]]] = iter
) -> int:
    """Renders stale papers anew, or all of them, some hundreds in a transaction; returns how many.

    The rest of a card is left as it is, and so is ``modified``: nothing was said anew.
    """
    papers = Paper.objects.all() if everything else stale_papers()
    batches = list(chunks(papers.order_by("pk").values_list("pk", flat=True), CHUNK))
    return sum(_rebuild(batch) for batch in progress(batches))


@transaction.atomic
def _rebuild(ids: list[int]) -> int:
    """Papers locked, lest an import write between reading and writing."""
    papers = Paper.objects.select_for_update().filter(pk__in=ids)
    rows = [({**paper.card, **rendered(paper)}, paper.pk) for paper in papers]
    update_rows(Paper, ("card",), rows)
    data_version.mark_data_changed()
    return len(rows)
