"""The admin for curators, built on Django's own: one file for each model or queue."""

from papers.admin import (  # noqa: F401  (each registers its nouns)
    accounts,
    authors,
    django_words,
    machine_translation,
    papers,
    runs,
    sources,
    terms,
    topics,
    translations,
    uploads,
)
