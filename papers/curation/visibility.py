"""Decisions about what readers see: hide, annotate and feature papers."""

import datetime
from collections.abc import Iterable

from papers.curation.decision import Curator, decision
from papers.lists.counts import recount_authors, recount_topics
from papers.models import USUAL_PLACE, Act, Authorship, Paper, PaperTopic


def hide(papers: Iterable[Paper], reason: str, by: Curator, batch: str = "") -> None:
    """Hide papers from every list, page and feed. Only curators see the reason."""
    with decision(papers, Act.HIDE, by, batch) as ids:
        set_hidden(ids, True, reason)


def unhide(papers: Iterable[Paper], by: Curator, batch: str = "") -> None:
    with decision(papers, Act.UNHIDE, by, batch) as ids:
        set_hidden(ids, False, "")


def set_hidden(ids: list[int], hidden: bool, reason: str) -> None:
    """Set the fields and recount authors and topics. The caller reconciles the papers."""
    Paper.objects.filter(pk__in=ids).update(hidden=hidden, hidden_reason=reason)
    authors = Authorship.objects.filter(paper__in=ids)
    recount_authors(set(authors.values_list("author_id", flat=True)))
    topics = PaperTopic.objects.filter(paper__in=ids)
    recount_topics(set(topics.values_list("topic_id", flat=True)))


def annotate(
    papers: Iterable[Paper], note_en: str, note_zh: str, by: Curator, batch: str = ""
) -> None:
    """Set the note for readers in both languages; empty texts remove it."""
    with decision(papers, Act.ANNOTATE, by, batch) as ids:
        Paper.objects.filter(pk__in=ids).update(note_en=note_en, note_zh=note_zh)


def feature(
    papers: Iterable[Paper],
    by: Curator,
    order: int = USUAL_PLACE,
    until: datetime.date | None = None,
    batch: str = "",
) -> None:
    """Feature papers, lower ``order`` first.

    With ``until``, they are on the front page up to and including that day; without, on the days of
    their own digests.
    """
    with decision(papers, Act.FEATURE, by, batch) as ids:
        Paper.objects.filter(pk__in=ids).update(
            featured=True, featured_order=order, featured_until=until
        )


def unfeature(papers: Iterable[Paper], by: Curator, batch: str = "") -> None:
    with decision(papers, Act.UNFEATURE, by, batch) as ids:
        Paper.objects.filter(pk__in=ids).update(
            featured=False, featured_order=USUAL_PLACE, featured_until=None
        )
