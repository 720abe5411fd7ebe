"""CSV for spreadsheets and for programs.

A cell that begins with one of ``= + - @`` or a tab is a formula to a spreadsheet, and a formula of
a stranger may send the sheet away. Such a cell, and one that begins with an apostrophe, gets an
apostrophe before it, which a spreadsheet takes for "this is text". A program that reads the file
takes one leading apostrophe away and has the text back, exactly.
"""

import csv
import io
from collections.abc import Iterable, Iterator

from papers.citations.reference import Reference, one_line

COLUMNS = (
    *("arxiv_id", "key", "title_en", "title_zh", "authors", "year", "month", "first_seen"),
    *("topics", "zh", "abstract_en", "abstract_zh", "page", "arxiv_url", "pdf_url"),
)
BYTE_ORDER_MARK = "\ufeff"  # without it Excel takes UTF-8 for something else
# The full-width ones too: some spreadsheets take them for the others.
_BEGINS_A_FORMULA = tuple("=+-@＝＋－＠\t\r\n'")


def write(references: Iterable[Reference]) -> Iterator[str]:
    yield BYTE_ORDER_MARK + _line(COLUMNS)
    for reference in references:
        yield _line([guarded(cell) for cell in _cells(reference)])


def guarded(cell: str) -> str:
    """The cell so that no spreadsheet runs it."""
    return f"'{cell}" if cell.startswith(_BEGINS_A_FORMULA) else cell


def _cells(reference: Reference) -> list[str]:
    return [
        reference.arxiv_id,
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
