"""Records: papers as read from a digest, before they are written to the database."""

from dataclasses import dataclass

from papers.digests.errors import Problem


@dataclass(frozen=True)
class Record:
    """One paper as one digest gives it. Chinese texts are as given, or empty if missing.

    ``arxiv_id`` has no version. ``authors`` are the names as printed, in order. ``line`` is the
    line where the record begins, counted from 1.
    """

    arxiv_id: str
    title: str
    authors: tuple[str, ...]
    abstract: str
    title_zh: str
    abstract_zh: str
    line: int


@dataclass(frozen=True)
class ParsedDigest:
    """The records of one file in order, and the problems found while reading it."""

    records: tuple[Record, ...]
    problems: tuple[Problem, ...]

    @property
    def distinct(self) -> list[Record]:
        """The first record of each paper."""
        first: dict[str, Record] = {}
        for record in self.records:
            first.setdefault(record.arxiv_id, record)
        return list(first.values())
