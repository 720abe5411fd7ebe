"""The current keys of authors who were merged into others."""

from collections.abc import Iterable

from papers.db.bulk import select_rows
from papers.models import AuthorAlias


def current_keys(keys: Iterable[str]) -> dict[str, str]:
    """For those of these keys that were merged: the key that now stands for them."""
    current = _aliases(keys)
    while onward := _aliases(set(current.values())):  # merged authors that were merged again
        current = {key: onward.get(to_key, to_key) for key, to_key in current.items()}
    return current


def _aliases(keys: Iterable[str]) -> dict[str, str]:
    return dict(select_rows(AuthorAlias, ("key", "to_key"), where="key", values=keys))
