"""What should be read: papers featured on the front page."""

import datetime
from collections.abc import Iterable

from papers.curation.decision import Curator, decision
from papers.models import USUAL_PLACE, Act, Paper


def feature(
    papers: Iterable[Paper],
    by: Curator,
    order: int = USUAL_PLACE,
    until: datetime.date | None = None,
    batch: str = "",
) -> None:
    """Features papers, lower ``order`` first. With ``until`` they stay on the front page up to and
    including that day; without, they stand there on the days of their own digests."""
    with decision(papers, Act.FEATURE, by, batch) as ids:
        Paper.objects.filter(pk__in=ids).update(
            featured=True, featured_order=order, featured_until=until
        )


def unfeature(papers: Iterable[Paper], by: Curator, batch: str = "") -> None:
    with decision(papers, Act.UNFEATURE, by, batch) as ids:
        Paper.objects.filter(pk__in=ids).update(
            featured=False, featured_order=USUAL_PLACE, featured_until=None
        )
