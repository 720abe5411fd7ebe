"""The export formats of papers, by the extension of the address."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from papers.citations import bibtex, csl, csv_file, jsonl, ris
from papers.citations.reference import Reference


@dataclass(frozen=True)
class Format:
    """A format of citations or data. ``write`` yields the text of a whole file in pieces."""

    name: str
    content_type: str
    write: Callable[[Iterable[Reference]], Iterator[str]]


CITATIONS = {
    "bib": Format("BibTeX", "application/x-bibtex; charset=utf-8", bibtex.write),
    "ris": Format("RIS", "application/x-research-info-systems; charset=utf-8", ris.write),
    "csl.json": Format("CSL-JSON", "application/vnd.citationstyles.csl+json", csl.write),
}
FORMATS = CITATIONS | {
    "csv": Format("CSV", "text/csv; charset=utf-8", csv_file.write),
    "jsonl": Format("JSON Lines", "application/jsonl; charset=utf-8", jsonl.write),
}
