"""How this process would make the index, and how the index was made."""

from papers.models import SearchIndex
from papers.parallel import UnfitWorker
from papers.search import segmenter
from papers.search.analyzer import NORMALISER
from papers.search.backend import backend
from papers.search.dictionary import dictionary


def current_version() -> str:
    """How this process would make the index: the segmenter, the dictionary, the rules."""
    return " ".join(
        (
            backend().SHAPE,
            segmenter.engine().name,
            f"rules-{NORMALISER}",
            f"terms-{dictionary().hash}",
        )
    )


def require_version(expected: str) -> None:
    """Raises UnfitWorker where this process would make the index in another way."""
    if (version := current_version()) != expected:
        raise UnfitWorker(f"A worker would index with {version}, not {expected}.")


def stored_version() -> str:
    """How the index was made; empty where there is none yet."""
    return SearchIndex.objects.values_list("version", flat=True).first() or ""


def is_stale() -> bool:
    """Whether the index was made in another way than queries are read now."""
    return stored_version() not in ("", current_version())
