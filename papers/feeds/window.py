"""Which papers of a list a feed holds: the newest, and never a part of a day."""

import datetime
from dataclasses import dataclass
from typing import NamedTuple

from papers.lists.cursor import Cursor
from papers.models import PaperQuerySet

ENTRIES = 50
"""Papers of a feed, and then the rest of the last one's day."""

MAX_ENTRIES = 1_000
"""No feed is longer, even if a day is: the page after it goes on within the day. A thousand papers
are about 3 MB, three times the busiest real day."""

USUAL = 400
"""Papers that are looked at first: a feed of more has an unusually long day in it."""


class Row(NamedTuple):
    """What is needed of a paper to know whether it belongs to the feed, and when it changed."""

    pk: int
    arxiv_id: str
    modified: datetime.datetime
    first_seen: datetime.date


@dataclass(frozen=True)
class Window:
    """The papers of one page of a feed, and where the next one begins, if there is one."""

    rows: list[Row]
    next: Cursor | None


def window_of(papers: PaperQuerySet, cursor: Cursor | None) -> Window:
    """The papers behind the cursor. ``papers`` are in order, newest first."""
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
