"""Apply a search query to a list of papers: words, days, topics and states of the Chinese."""

import datetime
from dataclasses import replace

from django.db import connection
from django.db.models import BooleanField, Q
from django.db.models.expressions import RawSQL

from papers import search
from papers.db.bulk import in_values
from papers.lists.named_papers import NamedPapers, papers_named
from papers.lists.topics import not_on_topics, on_topics
from papers.models import PaperQuerySet
from papers.search.backend import backend
from papers.search.best_match import best_match
from papers.search.query_nodes import Node
from papers.search.query_parser import Days, Query
from papers.search.searcher import HitQuery, by_day
from papers.search.sort_key import paper_id_of, paper_sql

ENOUGH = 10  # papers with all words of a question, or of a query that is carried over


def search_papers(
    query: Query, papers: PaperQuerySet, order: str = search.RELEVANCE
) -> search.Results:
    """Return those of these papers that match the query, in order.

    Papers that the query names come first. If it names none and no paper has all of its words (of a
    question: few have), the papers with most of its rare words are returned. Raises ValueError for
    a query with neither words nor names: it has nothing to rank by.
    """
    papers = apply_constraints(papers, query)
    named = papers_named(query, papers)
    found = search.Results(query, order)
    if not query.is_long and (query.node() is not None or not query.arxiv_ids):
        found = search.search(query, papers, order)
    if _is_too_little(query, len(found)) and not named.places:
        found = _widened(found, best_match(query, papers, order))
    return _with_named(found, named) if named.places or named.absent_ids else found


def _is_too_little(query: Query, number: int) -> bool:
    """Return whether papers with most of the rare words are to be found, too.

    A question has words of its own, and of several Chinese terms not every one is known in English:
    few papers that happen to have all of them are no answer.
    """
    return number < (ENOUGH if query.is_question or query.has_bridged_terms else 1)


def _widened(found: search.Results, wider: search.Results) -> search.Results:
    """Return both results, the papers with all words first."""
    ids = [*dict.fromkeys([*found.paper_ids, *wider.paper_ids])][: search.MAX_HITS]
    places = [*dict.fromkeys([*found.places, *wider.places])][: search.MAX_HITS]
    if found.order != search.RELEVANCE:
        ids = by_day(places, found.order)
    return replace(wider, paper_ids=ids, places=places)


def _with_named(found: search.Results, named: NamedPapers) -> search.Results:
    """Return the results with the named papers first; those of authors keep the order of time."""
    first = [paper_id_of(place) for place in named.places]
    ids = [*dict.fromkeys([*first, *found.paper_ids])][: search.MAX_HITS]
    places = [*dict.fromkeys([*named.places, *found.places])][: search.MAX_HITS]
    if found.order != search.RELEVANCE and not found.query.arxiv_ids:
        ids = by_day(places, found.order)
    return replace(found, paper_ids=ids, places=places, absent_ids=named.absent_ids)


def filter_by_query(
    papers: PaperQuerySet, query: Query, newest: int | None = None, *, widened: bool = True
) -> PaperQuerySet:
    """Return those of these papers that match the query, for any number of matches.

    ``newest``: stop after at least this many of the newest matches, so that the cost does not grow
    with the number of matches. Without ``widened`` only papers that match the whole query.
    """
    whole_terms = not search.is_stale()
    papers = apply_constraints(papers, query)
    named = papers_named(query, papers).places
    node = query.node(whole_terms)
    if node is None and not query.arxiv_ids:
        unwanted = query.unwanted_node(whole_terms)
        return papers.exclude(_among_all(unwanted)) if unwanted else papers
    places: list[int] = []
    if node is not None and not query.is_long:
        found = HitQuery(node, papers, query)
        places = found.newest_days(newest) if newest else found.places(search.MAX_HITS + 1)
        if not newest and len(places) > search.MAX_HITS:
            return papers.filter(_among_all(node) | Q(pk__in=[*map(paper_id_of, named)]))
    if widened and _is_too_little(query, len(places)) and not named:
        places += best_match(query, papers).places
    return papers.filter(pk__in=in_values(paper_id_of(place) for place in [*named, *places]))


def newest_hits(
    query: Query, papers: PaperQuerySet, since: datetime.date | None, most: int, whole_terms: bool
) -> list[int] | None:
    """Return the sort keys of the newest of these papers that match the query or that it names.

    Only papers from this day on are read, at most ``most`` that match. ``whole_terms``: see
    ``Query.node``. Returns None for a query with neither words nor names, which is a filter.
    """
    node = query.node(whole_terms)
    if node is None and not query.arxiv_ids:
        return None
    query = replace(query, days=(*query.days, Days(since)))
    papers = apply_constraints(papers, query)
    places = set(papers_named(query, papers).places)
    if node is not None and not query.is_long:
        places |= set(HitQuery(node, papers, query).places(most))
    return sorted(places, reverse=True)


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
