"""The papers that terms are mined from: those of this site, or those of a file of JSON lines."""

import json
import lzma
from collections.abc import Iterator
from pathlib import Path
from typing import IO

from papers.glossary.bitext import BilingualPaper
from papers.models import Paper, ZhState

FIELDS = ("title", "abstract", "title_zh", "abstract_zh")


class PapersFileError(ValueError):
    """A line that is no paper; the message begins with the file and the line."""


def stored_papers() -> Iterator[BilingualPaper]:
    """Yield the published papers; without their Chinese unless it is good."""
    papers = (
        Paper.objects.published()
        .order_by()
        .values_list("title_en", "abstract_en", "title_zh", "abstract_zh", "zh_state")
    )
    for title, abstract, title_zh, abstract_zh, state in papers.iterator():
        if state == ZhState.OK:
            yield BilingualPaper(title, abstract, title_zh, abstract_zh)
        elif "(" in abstract:  # it may define abbreviations
            yield BilingualPaper(title, abstract)


def papers_in(file: Path) -> Iterator[BilingualPaper]:
    """Yield the papers of a file, one JSON object a line with the keys ``FIELDS``.

    The file may be compressed with xz. Raise PapersFileError at a line that is no paper.
    """
    number = 0
    try:
        with _opened(file) as lines:
            for number, line in enumerate(lines, start=1):  # noqa: B007 (for the error)
                texts = json.loads(line)
                yield BilingualPaper(*(str(texts[name]) for name in FIELDS))
    except (ValueError, KeyError, TypeError, EOFError, lzma.LZMAError) as error:
        raise PapersFileError(f"{file.name}, line {number}: no paper ({error!r})") from error


def _opened(file: Path) -> IO[str]:
    if file.suffix == ".xz":
        return lzma.open(file, "rt", encoding="utf-8")
    return file.open(encoding="utf-8")
