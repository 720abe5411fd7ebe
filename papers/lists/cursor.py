"""Cursor pagination: a position between two papers that stays valid when papers are added."""

import datetime
import re
from dataclasses import dataclass

from django.db.models import Q

from papers.models import Paper, PaperQuerySet
from papers.text.arxiv_ids import ARXIV_ID

DAY = "[12][0-9]{3}-[0-9]{2}-[0-9]{2}"
CURSOR = f"({DAY})(?:_({ARXIV_ID}))?"
"""A cursor as text, a pattern."""

_WRITTEN = re.compile(CURSOR)


@dataclass(frozen=True)
class Cursor:
    """The position after this paper of this day; without a paper, after the whole day.

    As text: ``2025-01-29_2501.17161`` or ``2025-01-29``.
    """

    day: datetime.date
    arxiv_id: str = ""

    @classmethod
    def parse(cls, text: str) -> "Cursor | None":
        """Return the cursor that a text stands for; None if it is not one."""
        match = _WRITTEN.fullmatch(text)
        try:
            return cls(datetime.date.fromisoformat(match[1]), match[2] or "") if match else None
        except ValueError:  # not a valid date
            return None

    @classmethod
    def behind(cls, paper: Paper) -> "Cursor":
        """Return the cursor after a paper."""
        return cls(paper.first_seen, paper.arxiv_id)

    def __str__(self) -> str:
        return f"{self.day}_{self.arxiv_id}" if self.arxiv_id else str(self.day)

    def older(self, papers: PaperQuerySet) -> PaperQuerySet:
        """Return the papers after this position in a list with the newest first."""
        return papers.filter(
            Q(first_seen__lt=self.day) | Q(arxiv_id__lt=self.arxiv_id), first_seen__lte=self.day
        )

    def newer(self, papers: PaperQuerySet) -> PaperQuerySet:
        """Return the papers after this position in a list with the oldest first."""
        is_later = Q(first_seen__gt=self.day)
        if self.arxiv_id:
            is_later |= Q(arxiv_id__gt=self.arxiv_id)
        return papers.filter(is_later, first_seen__gte=self.day)
