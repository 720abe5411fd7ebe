"""The report of one import run, as text and as JSON.

It stays small however much is imported: one byte per paper, and problems are written to a file.
"""

import json
import tempfile
import weakref
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass, field
from itertools import islice
from typing import NamedTuple

from papers.digests.errors import Problem

_HELD_IN_MEMORY = 2**20  # bytes of problems
_PAGE = 2**16
SEEN, CREATED, UPDATED = 1, 2, 4
MAX_REFUSED = 20  # refused files that a run names


class PaperMarks:
    """Marks on papers, by paper id: one byte per paper.

    A mark is one of ``SEEN``, ``CREATED`` and ``UPDATED``.
    """

    def __init__(self) -> None:
        self._pages: defaultdict[int, bytearray] = defaultdict(lambda: bytearray(_PAGE))

    def add(self, ids: Iterable[int], mark: int) -> None:
        for pk in ids:
            self._pages[pk // _PAGE][pk % _PAGE] |= mark

    def count(self, having: int, without: int = 0) -> int:
        """Return how many papers have one of the marks ``having`` and none of ``without``."""
        return sum(
            page.count(marks)
            for marks in range(1, 8)
            if marks & having and not marks & without
            for page in self._pages.values()
        )

    def ids(self, having: int, most: int, without: int = 0) -> list[int]:
        """Return at most ``most`` ids of papers with one of ``having`` and none of ``without``."""
        found = (
            number * _PAGE + place
            for number, page in sorted(self._pages.items())
            for place, marks in enumerate(page)
            if marks & having and not marks & without
        )
        return list(islice(found, most))


class Example(NamedTuple):
    """A problem code, how often it occurred, and where first."""

    code: str
    number: int
    where: str


class ProblemLog:
    """The problems of a run in order, each with its file; on disk above a certain size."""

    def __init__(self) -> None:
        self._file = tempfile.SpooledTemporaryFile(  # noqa: SIM115 (open as long as the log exists)
            _HELD_IN_MEMORY, "w+", encoding="utf-8"
        )
        weakref.finalize(self, self._file.close)
        self._numbers: Counter[str] = Counter()
        self._first: dict[str, str] = {}

    def add(self, file: str, problem: Problem) -> None:
        self._file.write(json.dumps([file, asdict(problem)]) + "\n")
        self._numbers[problem.code] += 1
        self._first.setdefault(problem.code, where(file, problem))

    def __len__(self) -> int:
        return self._numbers.total()

    def __iter__(self) -> Iterator[tuple[str, Problem]]:
        self._file.seek(0)
        for line in self._file:
            file, problem = json.loads(line)
            yield file, Problem(**problem)

    def commonest(self, most: int) -> list[Example]:
        common = self._numbers.most_common(most)
        return [Example(code, number, self._first[code]) for code, number in common]


@dataclass
class ImportReport:
    """Counts and problems of one run.

    ``digests`` counts digests with papers, ``records`` accepted records, including ``repeats`` of a
    paper in one digest. ``passed_over`` counts files skipped. ``papers`` counts each paper once.
    ``refused`` are the first of the refused files, each with its reason.
    """

    digests: int = 0
    digests_empty: int = 0
    records: int = 0
    repeats: int = 0
    passed_over: int = 0
    papers: PaperMarks = field(default_factory=PaperMarks)
    problem_log: ProblemLog = field(default_factory=ProblemLog)
    refused_files: int = 0
    refused: list[tuple[str, str]] = field(default_factory=list)
    seconds: float = 0.0

    def refuse(self, file: str, problem: Problem) -> None:
        """Add a file that was not imported, with the reason."""
        self.problem_log.add(file, problem)
        self.refused_files += 1
        if len(self.refused) < MAX_REFUSED:
            self.refused.append((file, problem.message))

    @property
    def problems(self) -> list[tuple[str, Problem]]:
        """All problems as a list. Loads everything; use ``problem_log`` for large runs."""
        return list(self.problem_log)

    @property
    def counts(self) -> dict[str, int]:
        return {
            "digests": self.digests,
            "digests_empty": self.digests_empty,
            "records": self.records,
            "repeats": self.repeats,
            "papers_created": self.papers.count(CREATED),
            "papers_updated": self.papers.count(UPDATED, without=CREATED),
            "papers_unchanged": self.papers.count(SEEN, without=CREATED | UPDATED),
            "passed_over": self.passed_over,
        }

    def json_lines(self) -> Iterator[str]:
        """Yield the report as JSON, one problem per line, without loading all of them."""
        yield "{\n"
        for name, number in self.counts.items():
            yield f'  "{name}": {number},\n'
        yield '  "problems": ['
        before = "\n"
        for one in self.problem_log:
            yield f"{before}    {json.dumps(_problem_as_json(*one), ensure_ascii=False)}"
            before = ",\n"
        yield "" if before == "\n" else "\n  "
        yield f'],\n  "seconds": {round(self.seconds, 2)}\n}}\n'

    def as_text(self) -> str:
        """Return a summary for people, with the ten most common problems and an example of each."""
        counts = self.counts
        lines = [
            f"{counts['digests']:,} digests with papers, {counts['digests_empty']:,} empty, "
            f"{counts['passed_over']:,} files skipped, in {self.seconds:.1f} s",
            f"{counts['records']:,} records ({counts['repeats']:,} repeats) "
            f"of {self.papers.count(SEEN):,} papers: {counts['papers_created']:,} new, "
            f"{counts['papers_updated']:,} updated, {counts['papers_unchanged']:,} unchanged",
        ]
        if self.problem_log:
            common = self.problem_log.commonest(10)
            lines.append(f"Problems: {len(self.problem_log):,}, most common first")
            lines += [f"{number:>9,} {code:<14} such as {first}" for code, number, first in common]
        return "\n".join(lines)


def where(file: str, problem: Problem) -> str:
    """Return the place of a problem as compilers write it: ``file:line``, or the file alone."""
    return f"{file}:{problem.line}" if problem.line else file


def _problem_as_json(file: str, problem: Problem) -> dict:
    return {
        "file": file,
        "line": problem.line,
        "arxiv_id": problem.arxiv_id or None,
        "code": problem.code,
        "message": problem.message,
    }
