"""Papers taken from readers, and given back."""

import datetime
from collections.abc import Iterable

from papers.curation.decision import Curator, decision
from papers.lists.counts import recount_authors, recount_topics
from papers.models import USUAL_PLACE, Act, Authorship, Paper, PaperTopic


def hide(papers: Iterable[Paper], reason: str, by: Curator, batch: str = "") -> None:
    """Takes papers from every list, page and feed at once; the reason is for curators."""
    with decision(papers, Act.HIDE, by, batch) as ids:
        set_hidden(ids, True, reason)


def unhide(papers: Iterable[Paper], by: Curator, batch: str = "") -> None:
    with decision(papers, Act.UNHIDE, by, batch) as ids:
        set_hidden(ids, False, "")


def set_hidden(ids: list[int], hidden: bool, reason: str) -> None:
    """Writes it; the counts of authors and topics follow. Settling is the caller's."""
    Paper.objects.filter(pk__in=ids).update(hidden=hidden, hidden_reason=reason)
    authors = Authorship.objects.filter(paper__in=ids)
    recount_authors(set(authors.values_list("author_id", flat=True)))
    topics = PaperTopic.objects.filter(paper__in=ids)
    recount_topics(set(topics.values_list("topic_id", flat=True)))


def annotate(
    papers: Iterable[Paper], note_en: str, note_zh: str, by: Curator, batch: str = ""
) -> None:
    """Sets the note that readers see, in both languages; empty ones take it away."""
    with decision(papers, Act.ANNOTATE, by, batch) as ids:
        Paper.objects.filter(pk__in=ids).update(note_en=note_en, note_zh=note_zh)


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
