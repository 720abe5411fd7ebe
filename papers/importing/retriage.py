"""Translations judged again: what the rules of today say of the texts that are stored."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

from django.db import transaction

from papers.db.bulk import chunks, update_rows
from papers.db.import_lock import import_lock
from papers.importing.evidence import triage
from papers.importing.reconcile import reconcile
from papers.models import Paper, Translation


@dataclass
class Judgement:
    """How many texts of each source and field there are, and how many have each fault."""

    texts: Counter[tuple[str, str]] = field(default_factory=Counter)
    faults: Counter[tuple[str, str, str]] = field(default_factory=Counter)
    changed: int = 0


def reassess_translations(apply: bool = False) -> Judgement:
    """Judges every stored translation; with ``apply`` the new faults are kept and the papers
    concerned settled anew, some hundreds at a time. Raises ImportRunning while an import runs."""
    judgement = Judgement()
    with import_lock():
        for papers in chunks(Paper.objects.order_by("pk").values_list("pk", flat=True)):
            with transaction.atomic():
                stale = list(_judged(papers, judgement))
                if apply and stale:
                    update_rows(Translation, ("faults",), ((faults, pk) for _, faults, pk in stale))
                    _choose_again({paper for paper, _, _ in stale})
    return judgement


def _judged(papers: list[int], judgement: Judgement) -> Iterator[tuple[int, list[str], int]]:
    """Counts the faults of these papers' texts; yields paper, faults and id of what changed."""
    rows = Translation.objects.filter(paper__in=papers).values_list(
        "pk",
        "paper_id",
        "source__name",
        "field",
        "text",
        "faults",
        "paper__title_en",
        "paper__abstract_en",
    )
    for pk, paper, source, kind, text, stored, title, abstract in rows:
        faults = [str(fault) for fault in triage(kind, text, title, abstract).faults]
        judgement.texts[source, kind] += 1
        judgement.faults.update((source, kind, fault) for fault in faults)
        if faults != stored:
            judgement.changed += 1
            yield paper, faults, pk


def _choose_again(papers: set[int]) -> None:
    """Settles with no text marked as chosen, so that the chosen ones are cleaned anew."""
    Translation.objects.filter(paper__in=papers, chosen=True).update(chosen=False)
    reconcile(papers)
