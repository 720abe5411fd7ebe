"""CSL-JSON, the format that Zotero, pandoc and citeproc read.

https://docs.citationstyles.org/en/stable/specification.html
"""

import json
from collections.abc import Iterable, Iterator

from papers.citations.name_parts import Name
from papers.citations.reference import Reference, one_line


def write(references: Iterable[Reference]) -> Iterator[str]:
    """Yield a JSON array, one item per line."""
    between = "[\n"
    for reference in references:
        yield between + json.dumps(item(reference), ensure_ascii=False)
        between = ",\n"
    yield "[]\n" if between == "[\n" else "\n]\n"


def item(reference: Reference) -> dict:
    """Return one CSL item, without empty fields."""
    fields = {
        "id": reference.key,
        "type": "article",
        "genre": "preprint",
        "title": reference.title,
        "author": [_author(name) for name in reference.names],
        "issued": {"date-parts": [[int(part) for part in reference.submitted]]},
        "publisher": "arXiv",
        "number": f"arXiv:{reference.arxiv_id}",
        "DOI": reference.doi,
        "URL": reference.url,
        "abstract": one_line(reference.abstract),
        "keyword": ", ".join(reference.topics),
        "note": reference.translation_note,
    }
    return {name: value for name, value in fields.items() if value}


def _author(name: Name) -> dict[str, str]:
    if name.literal:
        return {"literal": name.literal}
    parts = {
        "family": name.family,
        "given": name.given,
        "non-dropping-particle": name.particle,
        "suffix": name.suffix,
    }
    return {part: text for part, text in parts.items() if text}
