"""Create the row of a publisher whose name is new."""

import hashlib

from papers.models import Source
from papers.text.slug import slugify


def create_source(name: str) -> Source:
    return Source.objects.create(name=name, slug=_slug(name))


def _slug(name: str) -> str:
    """Return ``daily`` for ``daily``, but ``daily-`` and six characters of a hash for ``Daily``."""
    slug = slugify(name)[:100]
    return slug if slug == name else f"{slug}-{hashlib.sha256(name.encode()).hexdigest()[:6]}"
