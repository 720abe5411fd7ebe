"""The window of a feed: the newest papers of a list, in whole days."""

import datetime
from dataclasses import dataclass
from typing import NamedTuple

from papers.lists.cursor import Cursor
from papers.models import PaperQuerySet

ENTRIES = 50
"""Number of papers in a feed; the rest of the last paper's day is added."""

MAX_ENTRIES = 1_000
"""Maximum number of papers in a feed. If a day is longer, the next page continues within the day.
1,000 papers are about 3 MB, three times the busiest real day."""

USUAL = 400
"""Number of papers that are read first. A feed with more contains an unusually long day."""


class Row(NamedTuple):
    """The values of a paper that decide whether it is in the feed and when it changed."""

    pk: int
    arxiv_id: str
    modified: datetime.datetime
    first_seen: datetime.date


@dataclass(frozen=True)
class Window:
    """The papers of one page of a feed, and the cursor of the next page or None."""

    rows: list[Row]
    next: Cursor | None


def window_of(papers: PaperQuerySet, cursor: Cursor | None) -> Window:
    """Return the window after the cursor. ``papers`` must be sorted newest first."""
    rest = cursor.older(papers) if cursor else papers
    rows = _newest(rest, USUAL)
    if len(rows) == USUAL and rows[-1].first_seen == rows[ENTRIES - 1].first_seen:
        rows = _newest(rest, MAX_ENTRIES + 1)
    if len(rows) <= ENTRIES:
        return Window(rows, None)
    last_day = rows[ENTRIES - 1].first_seen
    shown = [row for row in rows[:MAX_ENTRIES] if row.first_seen >= last_day]
    if len(shown) == len(rows):
        return Window(shown, None)
    cuts_a_day = rows[len(shown)].first_seen == last_day
    return Window(shown, Cursor(last_day, shown[-1].arxiv_id if cuts_a_day else ""))


def _newest(papers: PaperQuerySet, most: int) -> list[Row]:
    return [Row(*row) for row in papers.values_list(*Row._fields)[:most]]
