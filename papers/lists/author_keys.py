"""Resolve the keys of authors who were merged into other authors."""

from collections.abc import Iterable

from papers.db.bulk import select_rows
from papers.models import AuthorAlias


def current_keys(keys: Iterable[str]) -> dict[str, str]:
    """Map each key of a merged author to the key of the author it was merged into."""
    current = _aliases(keys)
    while onward := _aliases(set(current.values())):  # the author merged into may itself be merged
        current = {key: onward.get(to_key, to_key) for key, to_key in current.items()}
    return current


def _aliases(keys: Iterable[str]) -> dict[str, str]:
    return dict(select_rows(AuthorAlias, ("key", "to_key"), where="key", values=keys))
