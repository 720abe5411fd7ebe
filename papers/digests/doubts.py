"""What may be wrong with the Chinese that readers see, as rows for the curators' queues."""

from collections.abc import Mapping

from papers.db.bulk import among, insert_rows
from papers.models import Doubt

# Field, fault and the id of the source that gave the text; None where no text is there.
Reason = tuple[str, str, int | None]


def write_doubts(wanted: Mapping[int, set[Reason]]) -> None:
    """Writes the doubts about these papers, by paper id, where they changed."""
    known: dict[tuple[int, Reason], int] = {}
    rows = Doubt.objects.filter(paper__in=among(wanted))
    for pk, paper, field, fault, source in rows.values_list(
        "pk", "paper_id", "field", "fault", "source_id"
    ):
        known[paper, (field, fault, source)] = pk
    given = {(paper, reason) for paper, reasons in wanted.items() for reason in reasons}
    if stale := [pk for key, pk in known.items() if key not in given]:
        Doubt.objects.filter(pk__in=stale).delete()
    insert_rows(
        Doubt,
        ("paper_id", "field", "fault", "source_id"),
        ((paper, *reason) for paper, reason in sorted(given - known.keys(), key=repr)),
    )
