"""CSV for spreadsheets and programs, with cells guarded against formula injection.

A spreadsheet takes a cell that begins with ``=``, ``+``, ``-``, ``@``, a tab or a line break for a
formula, and a formula from an untrusted source may send the sheet to another server. Such a cell,
and one that begins with an apostrophe, gets a leading apostrophe, which marks text. A program that
reads the file removes one leading apostrophe to restore the exact text.
See https://owasp.org/www-community/attacks/CSV_Injection and RFC 4180.
"""

import csv
import io
from collections.abc import Iterable, Iterator

from papers.citations.reference import Reference, one_line

COLUMNS = (
    *("arxiv_id", "key", "title_en", "title_zh", "authors", "year", "month", "first_seen"),
    *("topics", "zh", "abstract_en", "abstract_zh", "page", "arxiv_url", "pdf_url"),
)
BYTE_ORDER_MARK = "\ufeff"  # without it Excel does not recognise UTF-8
# Some spreadsheets treat full-width signs as the usual ones.
_BEGINS_A_FORMULA = tuple("=+-@＝＋－＠\t\r\n'")


def write(references: Iterable[Reference]) -> Iterator[str]:
    """Yield the lines of a CSV file, the header first."""
    yield BYTE_ORDER_MARK + _line(COLUMNS)
    for reference in references:
        yield _line([guarded(cell) for cell in _cells(reference)])


def guarded(cell: str) -> str:
    """Return the cell with a leading apostrophe if a spreadsheet might run it."""
    return f"'{cell}" if cell.startswith(_BEGINS_A_FORMULA) else cell


def _cells(reference: Reference) -> list[str]:
    return [
        f"arXiv:{reference.arxiv_id}",  # a spreadsheet would read 2603.02760 as a number
        reference.key,
        one_line(reference.title),
        one_line(reference.title_zh),
        one_line("; ".join(reference.authors)),
        str(reference.year),
        str(reference.month or ""),
        reference.first_seen.isoformat(),
        "; ".join(reference.topic_slugs),
        reference.zh_state,
        reference.abstract,
        reference.abstract_zh,
        reference.page,
        reference.url,
        reference.pdf_url,
    ]


def _line(cells: Iterable[str]) -> str:
    line = io.StringIO()
    csv.writer(line).writerow(cells)
    return line.getvalue()
