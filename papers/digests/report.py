"""What one run of the import did, for people and for programs."""

from collections import Counter
from dataclasses import dataclass, field

from papers.digests.errors import Problem


@dataclass
class ImportReport:
    """Counts and problems of one run. ``papers`` counts each paper once, however often it was met.

    ``digests`` are those with papers; ``records`` those accepted, ``repeats`` included.
    """

    digests: int = 0
    digests_empty: int = 0
    records: int = 0
    repeats: int = 0
    passed_over: int = 0
    created: set[str] = field(default_factory=set)
    updated: set[str] = field(default_factory=set)
    seen: set[str] = field(default_factory=set)
    files: dict[int, str] = field(default_factory=dict)  # of the digests read, by their rows' ids
    problems: list[tuple[str, Problem]] = field(default_factory=list)
    refused_files: int = 0
    seconds: float = 0.0

    @property
    def counts(self) -> dict[str, int]:
        updated = self.updated - self.created
        return {
            "digests": self.digests,
            "digests_empty": self.digests_empty,
            "records": self.records,
            "repeats": self.repeats,
            "papers_created": len(self.created),
            "papers_updated": len(updated),
            "papers_unchanged": len(self.seen - self.created - updated),
            "passed_over": self.passed_over,
        }

    def as_json(self) -> dict:
        problems = [
            {
                "file": file,
                "line": problem.line,
                "arxiv_id": problem.arxiv_id or None,
                "code": problem.code,
                "message": problem.message,
            }
            for file, problem in self.problems
        ]
        return {**self.counts, "problems": problems, "seconds": round(self.seconds, 2)}

    def as_text(self) -> str:
        """A summary that a person can read, problems first by how common they are."""
        counts = self.counts
        lines = [
            f"{counts['digests']:,} digests with papers, {counts['digests_empty']:,} empty, "
            f"{counts['passed_over']:,} files passed over, in {self.seconds:.1f} s",
            f"{counts['records']:,} records ({counts['repeats']:,} repeats) "
            f"of {len(self.seen):,} papers: {counts['papers_created']:,} new, "
            f"{counts['papers_updated']:,} updated, {counts['papers_unchanged']:,} unchanged",
        ]
        if self.problems:
            common = Counter(problem.code for _, problem in self.problems).most_common(10)
            listed = ", ".join(f"{code} {number:,}" for code, number in common)
            lines.append(f"{len(self.problems):,} problems: {listed}")
        return "\n".join(lines)
