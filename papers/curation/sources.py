"""Publishers, put back to a version kept of them; and how any row that is edited goes back."""

from typing import Any

from django.db import transaction

from papers import versions
from papers.curation.decisions import Curator
from papers.models import Act, Source, Topic

# What an import gave, and merges, which are a decision of their own.
NOT_EDITED = frozenset({"id", "kind", "slug", "name", "merged_into_id"})


@transaction.atomic
def revert_source(record: Any, by: Curator) -> None:
    """Puts a source's address, licence and whatever else is edited back to a version kept of it."""
    put_back(Source.objects.select_for_update().get(pk=record.id), record, by)


def put_back(row: Source | Topic, record: Any, by: Curator) -> None:
    """Writes the edited fields as the version has them, keeps that as a version, and marks the
    public data as changed."""
    edited = {field.attname for field in record.tracked_fields} - NOT_EDITED
    for name in edited:
        setattr(row, name, getattr(record, name))
    kept: Any = row
    kept._history_user, kept._change_reason = by, Act.REVERT
    row.save(update_fields=edited)
    versions.bump()
