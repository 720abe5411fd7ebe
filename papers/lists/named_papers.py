"""The papers that a query names, by arXiv id. They come before those that its words find."""

from dataclasses import dataclass

from papers.models import Paper, PaperQuerySet
from papers.search.query_parser import Query
from papers.search.sort_key import sort_key


@dataclass(frozen=True)
class NamedPapers:
    """The sort keys of the named papers, in the order of the query, and the ids of no paper."""

    places: list[int]
    absent_ids: tuple[str, ...] = ()


def papers_named(query: Query, papers: PaperQuerySet) -> NamedPapers:
    """Return those of these papers that the query names."""
    if not query.arxiv_ids:
        return NamedPapers([])
    named = papers.filter(arxiv_id__in=query.arxiv_ids)
    rows = named.order_by().values_list("arxiv_id", "pk", "first_seen")
    found = {arxiv_id: sort_key(pk, day) for arxiv_id, pk, day in rows}
    rest = [one for one in query.arxiv_ids if one not in found]
    published = Paper.objects.published().filter(arxiv_id__in=rest)
    here = set(published.values_list("arxiv_id", flat=True)) if rest else set()
    return NamedPapers(
        [found[one] for one in query.arxiv_ids if one in found],
        tuple(one for one in rest if one not in here),
    )
