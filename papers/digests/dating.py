"""Check that the day of a digest is possible, for the digest and for each paper in it.

A wrong day does harm: readers do not find the papers on the day on which they look for them.
"""

import datetime

from papers.digests.errors import DigestRefused, Problem
from papers.digests.records import ParsedDigest, Record
from papers.text.arxiv_ids import month_of

ARXIV_BEGAN = datetime.date(1991, 1, 1)
SLACK = datetime.timedelta(days=1)  # a publisher may live in another time zone than this site


def require_possible(day: datetime.date, today: datetime.date) -> None:
    """Raise DigestRefused for a day before arXiv began, or after tomorrow."""
    if day < ARXIV_BEGAN:
        raise DigestRefused(
            "past", f"The date {day} is before arXiv began; correct it or give --date."
        )
    if day > today + SLACK:
        raise DigestRefused(
            "future", f"The date {day} is after tomorrow; correct it or give --date."
        )


def without_papers_to_come(parsed: ParsedDigest, day: datetime.date) -> ParsedDigest:
    """Return the digest without papers whose arXiv id is of a later month; each is a problem.

    Raise DigestRefused if no record remains, because an empty digest would withdraw all papers of
    an earlier issue of the same digest.
    """
    last = day + SLACK
    to_come = [record for record in parsed.records if month_of(record.arxiv_id) > last]
    if not to_come:
        return parsed
    problems = [_too_early(record, day) for record in to_come]
    if len(to_come) == len(parsed.records):
        raise DigestRefused("too-early", f"{problems[0].message} Correct the date or give --date.")
    kept = tuple(record for record in parsed.records if month_of(record.arxiv_id) <= last)
    return ParsedDigest(kept, (*parsed.problems, *problems))


def _too_early(record: Record, day: datetime.date) -> Problem:
    month = f"{month_of(record.arxiv_id):%B %Y}"
    message = f"Paper {record.arxiv_id} is of {month}, after this digest of {day}; left out."
    return Problem("too-early", message, record.line, record.arxiv_id)
