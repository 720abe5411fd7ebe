"""The curators' side, on Django's own admin: one file for each noun or queue."""

from papers.admin import (  # noqa: F401  (each registers its nouns)
    accounts,
    authors,
    papers,
    runs,
    sources,
    topics,
    translations,
    uploads,
)
