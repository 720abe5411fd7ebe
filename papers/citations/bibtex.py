"""BibTeX as arXiv writes it: ``@misc`` with ``eprint`` and ``archivePrefix``.

See https://info.arxiv.org/help/hypertex/bibstyles/index.html. The text is UTF-8, which biber and
current versions of BibTeX read.
"""

import re
from collections.abc import Iterable, Iterator

from papers.citations.latex import in_latex
from papers.citations.name_parts import Name
from papers.citations.reference import Reference, one_line

MONTHS = ("", "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")


def write(references: Iterable[Reference]) -> Iterator[str]:
    """Yield the entries of a BibTeX file."""
    for reference in references:
        yield entry(reference)


def entry(reference: Reference) -> str:
    """Return one ``@misc`` entry, followed by an empty line."""
    fields = {
        "title": in_latex(one_line(reference.title)),
        "titletranslation": in_latex(one_line(reference.title_zh)),
        "author": " and ".join(_author(name) for name in reference.names),
        "year": str(reference.year),
        "month": MONTHS[reference.month],
        "eprint": reference.arxiv_id,
        "archivePrefix": "arXiv",
        "eprinttype": "arxiv",
        "doi": reference.doi,
        "url": reference.url,
        "keywords": in_latex(one_line(", ".join(reference.topics))),
        "abstract": in_latex(one_line(reference.abstract)),
    }
    lines = [f"  {name} = {_value(name, text)}," for name, text in fields.items() if text]
    return "\n".join([f"@misc{{{reference.key},", *lines, "}\n\n"])


def _author(name: Name) -> str:
    """Return ``Family, Given``, or ``{A Whole Name}``, which no program splits."""
    if name.literal:
        return f"{{{in_latex(one_line(name.literal))}}}"
    parts = [name.whole_family, name.suffix, name.given]
    return ", ".join(_name_part(part) for part in parts if part)


def _name_part(text: str) -> str:
    """Return a part of a name, in braces if it contains a comma or ``and``, which divide names."""
    part = in_latex(one_line(text))
    return f"{{{part}}}" if re.search(r"(?i)\band\b|,", part) else part


def _value(name: str, text: str) -> str:
    return text if name == "month" else f"{{{text}}}"
