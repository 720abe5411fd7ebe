"""Read the entry of a reference manager (BibTeX or RIS) that was pasted into the search box.

A search box joins lines, so an entry is recognised by its shape alone. See
https://www.bibtex.org/Format and https://en.wikipedia.org/wiki/RIS_(file_format). No database.
"""

import re
from dataclasses import dataclass

from papers.text.arxiv_ids import typed_arxiv_ids

_BIBTEX_ENTRY = re.compile(r"@[a-z]{3,20}\s{0,3}[{(]", re.IGNORECASE)
_BIBTEX_TITLE = re.compile(r'(?<![a-z_-])title\s{0,9}=\s{0,9}(?=([{"]))', re.IGNORECASE)
_RIS_ENTRY = re.compile(r"(?<!\S)TY {1,2}- ")
_RIS_TITLE = re.compile(r"(?<!\S)(?:TI|T1) {1,2}- (.*?)(?= [A-Z][A-Z0-9] {1,2}-(?: |$)|$)")
_LATEX = re.compile(r"\\[A-Za-z]{1,20}\s?|\\.|[{}$]")


@dataclass(frozen=True)
class PastedEntries:
    """The titles and the arXiv ids of the pasted entries, in order."""

    titles: tuple[str, ...]
    arxiv_ids: tuple[str, ...]


def pasted_entries(text: str) -> PastedEntries | None:
    """Return what the pasted entries name; None if the text has no entry that names a paper."""
    text = " ".join(text.split())
    for entry, title_of in ((_BIBTEX_ENTRY, _bibtex_title), (_RIS_ENTRY, _ris_title)):
        if entry.match(text):
            starts = [match.start() for match in entry.finditer(text)]
            parts = [text[a:b] for a, b in zip(starts, [*starts[1:], len(text)], strict=True)]
            titles = tuple(title for part in parts if (title := title_of(part)))
            # Of each entry the first id: an abstract may name those of other papers.
            ids = (one for part in parts for one in typed_arxiv_ids(part)[0][:1])
            found = PastedEntries(titles, tuple(dict.fromkeys(ids)))
            return found if found.titles or found.arxiv_ids else None
    return None


def _bibtex_title(entry: str) -> str:
    """Return the title; one whose end was cut off goes on to the end of the text."""
    match = _BIBTEX_TITLE.search(entry)
    if not match:
        return ""
    start = match.end()
    end = _closing_brace(entry, start) if match[1] == "{" else entry.find('"', start + 1)
    inside = entry[start + 1 : end if end > 0 else len(entry)]
    return " ".join(_LATEX.sub("", inside).split())


def _closing_brace(text: str, opening: int) -> int:
    """Return the place of the brace that closes this one; -1 if there is none."""
    depth = 0
    for place in range(opening, len(text)):
        depth += (text[place] == "{") - (text[place] == "}")
        if depth == 0:
            return place
    return -1


def _ris_title(entry: str) -> str:
    match = _RIS_TITLE.search(entry)
    return " ".join(match[1].split()) if match else ""
