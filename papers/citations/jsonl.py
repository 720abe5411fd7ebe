"""JSON Lines: one paper per line, in both languages, https://jsonlines.org/."""

import json
from collections.abc import Iterable, Iterator

from papers.citations.reference import Reference


def write(references: Iterable[Reference]) -> Iterator[str]:
    """Yield one line of JSON per paper."""
    for reference in references:
        yield json.dumps(row(reference), ensure_ascii=False) + "\n"


def row(reference: Reference) -> dict:
    """Return the columns of the CSV, with lists as arrays and None for missing values."""
    return {
        "arxiv_id": reference.arxiv_id,
        "key": reference.key,
        "title_en": reference.title,
        "title_zh": reference.title_zh or None,
        "authors": list(reference.authors),
        "year": reference.year,
        "month": reference.month or None,
        "first_seen": reference.first_seen.isoformat(),
        "topics": list(reference.topic_slugs),
        "zh": str(reference.zh_state),
        "abstract_en": reference.abstract or None,
        "abstract_zh": reference.abstract_zh or None,
        "page": reference.page,
        "arxiv_url": reference.url,
        "pdf_url": reference.pdf_url,
    }
