"""What a digest says of one paper, before any database."""

from dataclasses import dataclass

from papers.digests.errors import Problem


@dataclass(frozen=True)
class Record:
    """One paper as one digest gives it. Chinese texts are as given, empty where there is none.

    ``arxiv_id`` is without version; ``authors`` are the names as printed, in order; ``line`` is
    where the record begins, counted from 1.
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
    """The records of one file in their order, and what was wrong with others."""

    records: tuple[Record, ...]
    problems: tuple[Problem, ...]

    @property
    def distinct(self) -> list[Record]:
        """The first record of each paper."""
        first: dict[str, Record] = {}
        for record in self.records:
            first.setdefault(record.arxiv_id, record)
        return list(first.values())
