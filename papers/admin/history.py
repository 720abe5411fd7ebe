"""Versions of what curators edit in stock forms."""

from typing import Any

from papers.models import Source, Topic


def keeps_first_version(changed: Source | Topic) -> None:
    """Keeps the row as the import made it, before its first change; each later one is kept by
    django-simple-history."""
    history: Any = type(changed).history
    if not history.filter(id=changed.pk).exists():
        history.bulk_history_create([type(changed).objects.get(pk=changed.pk)], update=False)
