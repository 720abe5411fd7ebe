"""Apply a search query to a list of papers: words, days, topics and states of the Chinese."""

import datetime
from dataclasses import replace

from django.db import connection
from django.db.models import BooleanField, Q
from django.db.models.expressions import RawSQL

from papers import search
from papers.db.bulk import in_values
from papers.lists.topics import not_on_topics, on_topics
from papers.models import PaperQuerySet
from papers.search.analyzer import Node
from papers.search.backend import backend
from papers.search.query_parser import Days, Query
from papers.search.searcher import HitQuery
from papers.search.sort_key import paper_id_of, paper_sql


def search_papers(
    query: Query, papers: PaperQuerySet, order: str = search.RELEVANCE
) -> search.Results:
    """Return those of these papers that match the query, in order.

    Raises ValueError for a query without words: it has nothing to rank by.
    """
    return search.search(query, apply_constraints(papers, query), order)


def filter_by_query(
    papers: PaperQuerySet, query: Query, newest: int | None = None
) -> PaperQuerySet:
    """Return those of these papers that match the query, for any number of matches.

    ``newest``: stop after at least this many of the newest matches, so that the cost does not grow
    with the number of matches.
    """
    whole_terms = not search.is_stale()
    papers = apply_constraints(papers, query)
    node = query.node(whole_terms)
    if node is None:
        unwanted = query.unwanted_node(whole_terms)
        return papers.exclude(_among_all(unwanted)) if unwanted else papers
    found = HitQuery(node, papers, query)
    places = found.newest_days(newest) if newest else found.places(search.MAX_HITS + 1)
    if newest or len(places) <= search.MAX_HITS:
        return papers.filter(pk__in=in_values(paper_id_of(place) for place in places))
    return papers.filter(_among_all(node))


def newest_hits(
    query: Query, node: Node, papers: PaperQuerySet, since: datetime.date | None, most: int
) -> list[int]:
    """Return the sort keys of the newest of these papers that match ``node``, the query's words.

    Only papers from this day on are read, at most ``most``.
    """
    query = replace(query, days=(*query.days, Days(since)))
    return HitQuery(node, apply_constraints(papers, query), query).places(most)


def apply_constraints(papers: PaperQuerySet, query: Query) -> PaperQuerySet:
    """Apply all parts of the query but its words: days, topics, state of the Chinese."""
    for days in query.days:
        if days.first:
            papers = papers.filter(first_seen__gte=days.first)
        if days.last:
            papers = papers.filter(first_seen__lte=days.last)
    for state in query.zh:
        papers = papers.filter(zh_state=state)
    for slugs in query.topics:
        papers = on_topics(papers, slugs)
    return not_on_topics(papers, query.unwanted_topics) if query.unwanted_topics else papers


def _among_all(node: Node) -> Q:
    """Return the condition that a paper matches the node.

    The plus keeps SQLite from looking up each hit: there are many hits here, and scanning the
    papers in order soon fills a page.
    """
    index = backend()
    plus = "+" if connection.vendor == "sqlite" else ""
    sql = (
        f"{plus}papers_paper.id IN "
        f"(SELECT {paper_sql(index.PLACE)} FROM {index.TABLE} WHERE {index.MATCHES})"
    )
    return Q(RawSQL(sql, [index.expression(node)], output_field=BooleanField()))
