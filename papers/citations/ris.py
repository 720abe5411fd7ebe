"""RIS: a tag and a value on each line, https://en.wikipedia.org/wiki/RIS_(file_format)."""

from collections.abc import Iterable, Iterator

from papers.citations.name_parts import Name
from papers.citations.reference import Reference, one_line


def write(references: Iterable[Reference]) -> Iterator[str]:
    """Yield the references of a RIS file."""
    for reference in references:
        yield entry(reference)


def entry(reference: Reference) -> str:
    """Return one reference, from ``TY`` to ``ER``, followed by an empty line."""
    tags = [
        ("TY", "UNPB"),
        ("ID", reference.key),
        ("TI", reference.title),
        ("TT", reference.title_zh),
        *(("AU", _author(name)) for name in reference.names),
        ("PY", str(reference.year)),
        ("DA", "/".join([*reference.submitted, "", "", ""][:4])),
        ("AN", f"arXiv:{reference.arxiv_id}"),
        ("DO", reference.doi),
        ("UR", reference.url),
        ("L1", reference.pdf_url),
        ("PB", "arXiv"),
        *(("KW", topic) for topic in reference.topics),
        ("AB", reference.abstract),
        *(("M2", line) for line in _for_zotero(reference)),
        ("ER", ""),
    ]
    lines = [f"{tag}  - {one_line(text)}" for tag, text in tags if text or tag == "ER"]
    return "\r\n".join(lines) + "\r\n\r\n"


def _for_zotero(reference: Reference) -> Iterator[str]:
    """Yield lines of Zotero's field "Extra". RIS has no preprints, and Zotero reads them there."""
    yield reference.translation_note
    yield "Type: preprint"
    yield f"Archive ID: {reference.arxiv_id}"  # with "arXiv:" Zotero would not find the name
    yield "Repository: arXiv"


def _author(name: Name) -> str:
    return name.sorted
