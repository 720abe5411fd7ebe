"""Version of the search index: the one stored with the index and the one of this process."""

from papers.models import SearchIndex
from papers.parallel import UnfitWorker
from papers.search.analyzer import NORMALISER
from papers.search.backend import backend
from papers.search.dictionary import dictionary
from papers.text import segmenter


def current_version() -> str:
    """Return the version this process writes: table type, segmenter, rules, dictionary hash."""
    return " ".join(
        (
            backend().SHAPE,
            segmenter.engine().name,
            f"rules-{NORMALISER}",
            f"terms-{dictionary().hash}",
        )
    )


def require_version(expected: str) -> None:
    """Raise UnfitWorker if this process would write another version."""
    if (version := current_version()) != expected:
        raise UnfitWorker(f"A worker would index with {version}, not {expected}.")


def stored_version() -> str:
    """Return the version of the stored index; empty if there is no index yet."""
    return SearchIndex.objects.values_list("version", flat=True).first() or ""


def is_stale() -> bool:
    """Return whether the index was written with other rules than queries are parsed with now."""
    return stored_version() not in ("", current_version())
