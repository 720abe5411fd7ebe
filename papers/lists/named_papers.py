"""The papers that a query names, by arXiv id or as those of an author.

They come before those that its words find.
"""

from dataclasses import dataclass

from papers.lists.typed_names import authors_meant
from papers.models import Authorship, Paper, PaperQuerySet
from papers.search.query_parser import Query
from papers.search.sort_key import sort_key

MAX_OF_AUTHORS = 500  # papers


@dataclass(frozen=True)
class NamedPapers:
    """The sort keys of the named papers, in order, and the ids that name no paper.

    The order is that of the ids in the query; or that of the authors, and of each the newest first.
    """

    places: list[int]
    absent_ids: tuple[str, ...] = ()


def papers_named(query: Query, papers: PaperQuerySet) -> NamedPapers:
    """Return those of these papers that the query names."""
    return _by_id(query, papers) if query.arxiv_ids else NamedPapers(_by_author(query, papers))


def _by_author(query: Query, papers: PaperQuerySet) -> list[int]:
    authors = [author.pk for author in authors_meant(query)]
    if not authors:
        return []
    links = Authorship.objects.filter(author__in=authors).values("paper")
    named = papers.filter(pk__in=links, authorships__author__in=authors).order_by("-first_seen")
    rows = named.values_list("authorships__author", "pk", "first_seen")[:MAX_OF_AUTHORS]
    by_author = sorted(rows, key=lambda row: authors.index(row[0]))
    return [*dict.fromkeys(sort_key(pk, day) for _, pk, day in by_author)]


def _by_id(query: Query, papers: PaperQuerySet) -> NamedPapers:
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
