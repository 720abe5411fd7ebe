"""A place between two papers of a list: where the next page goes on, whatever was added since."""

import datetime
import re
from dataclasses import dataclass

from django.db.models import Q

from papers.models import Paper, PaperQuerySet
from papers.text.arxiv_ids import ARXIV_ID

_WRITTEN = re.compile(rf"([12][0-9]{{3}}-[0-9]{{2}}-[0-9]{{2}})(?:_({ARXIV_ID}))?")


@dataclass(frozen=True)
class Cursor:
    """Behind this paper of this day; without a paper, behind the whole day.

    Written ``2025-01-29_2501.17161`` or ``2025-01-29``.
    """

    day: datetime.date
    arxiv_id: str = ""

    @classmethod
    def parse(cls, text: str) -> "Cursor | None":
        match = _WRITTEN.fullmatch(text)
        try:
            return cls(datetime.date.fromisoformat(match[1]), match[2] or "") if match else None
        except ValueError:  # a day that no calendar has
            return None

    @classmethod
    def behind(cls, paper: Paper) -> "Cursor":
        return cls(paper.first_seen, paper.arxiv_id)

    def __str__(self) -> str:
        return f"{self.day}_{self.arxiv_id}" if self.arxiv_id else str(self.day)

    def older(self, papers: PaperQuerySet) -> PaperQuerySet:
        """What follows this place where the newest come first."""
        return papers.filter(
            Q(first_seen__lt=self.day) | Q(arxiv_id__lt=self.arxiv_id), first_seen__lte=self.day
        )

    def newer(self, papers: PaperQuerySet) -> PaperQuerySet:
        """What follows this place where the oldest come first."""
        is_later = Q(first_seen__gt=self.day)
        if self.arxiv_id:
            is_later |= Q(arxiv_id__gt=self.arxiv_id)
        return papers.filter(is_later, first_seen__gte=self.day)
