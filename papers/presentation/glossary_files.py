"""The glossary as CSV and JSON Lines, for other programs."""

import csv
import io
import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from papers.citations.csv_file import BYTE_ORDER_MARK, guarded
from papers.glossary import TermPair

COLUMNS = ("english", "chinese", "kind", "direction", "origin", "score", "together")


@dataclass(frozen=True)
class FileFormat:
    """A file format: its media type, and the function that yields the file's text."""

    content_type: str
    write: Callable[[Iterable[TermPair]], Iterator[str]]


def as_csv(pairs: Iterable[TermPair]) -> Iterator[str]:
    """Yield a CSV file, cells guarded against formula injection as in ``citations.csv_file``."""
    yield BYTE_ORDER_MARK + _line(COLUMNS)
    for pair in pairs:
        yield _line([guarded(str(cell)) for cell in row(pair).values()])


def as_json_lines(pairs: Iterable[TermPair]) -> Iterator[str]:
    """Yield one line of JSON per pair of terms."""
    for pair in pairs:
        yield json.dumps(row(pair), ensure_ascii=False) + "\n"


def row(pair: TermPair) -> dict:
    """Return a pair of terms by column."""
    values = (pair.english, pair.chinese, str(pair.kind), str(pair.direction), str(pair.origin))
    return dict(zip(COLUMNS, (*values, round(pair.score, 4), pair.together), strict=True))


def _line(cells: Iterable[str]) -> str:
    line = io.StringIO()
    csv.writer(line).writerow(cells)
    return line.getvalue()


GLOSSARY_FORMATS = {
    "csv": FileFormat("text/csv; charset=utf-8", as_csv),
    "jsonl": FileFormat("application/jsonl; charset=utf-8", as_json_lines),
}
