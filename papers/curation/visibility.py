"""Papers taken from readers, and given back."""

from collections.abc import Iterable

from papers.counts import recount_authors, recount_topics
from papers.curation.decision import Curator, decision
from papers.models import Act, Authorship, Paper, PaperTopic


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
