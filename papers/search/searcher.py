"""Search the index: find the papers that match a query and put them in order.

The cost depends on what is shown, not on the number of matches: hits are read newest first up to a
limit, and only the newest ``POOL`` hits are ranked.
"""

import datetime
from collections import Counter
from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from operator import itemgetter
from typing import Any, TypeVar, overload

from django.db.models.expressions import RawSQL

from papers.db.bulk import in_values
from papers.db.raw_sql import fetch_all
from papers.glossary import current_glossary
from papers.models import Paper, PaperQuerySet, Topic
from papers.search.analyzer import query_node, simplified, whole
from papers.search.backend import ENTRIES, backend
from papers.search.dictionary import dictionary
from papers.search.index_version import is_stale
from papers.search.query_nodes import AllOf, Node, Term, any_of
from papers.search.query_parser import Query, parse, with_topics
from papers.search.ranking import by_relevance
from papers.search.sort_key import day_at, days_of, paper_id_of, paper_sql, sort_key
from papers.text import segmenter

MAX_HITS = 1_000  # hits that are counted exactly and can be paged
POOL = 2_000  # newest hits that are ranked
CANDIDATES = 80  # best of them by the database's score, which are scored by their texts
NAMED = 40  # newest hits whose title has all words, or that are by an author of that name
RELEVANCE, NEWEST, OLDEST = "relevance", "newest", "oldest"
K = TypeVar("K", bound=Hashable)


@dataclass(frozen=True)
class Results(Sequence[Paper]):
    """The papers that match a query, in order, at most ``MAX_HITS``; slicing loads the papers.

    ``more``: there are further matches. ``ranked_newest``: only this many of the newest matches
    were ranked (0: all). ``places``: sort keys of the hits that facets count. ``is_best_match``: no
    paper has all words, and these have most of the rare ones. ``absent_ids``: the arXiv ids in the
    query that the site does not have.
    """

    query: Query
    order: str
    paper_ids: list[int] = field(default_factory=list)
    more: bool = False
    ranked_newest: int = 0
    places: list[int] = field(default_factory=list)
    is_best_match: bool = False
    absent_ids: tuple[str, ...] = ()

    def __len__(self) -> int:
        return len(self.paper_ids)

    @overload
    def __getitem__(self, place: int) -> Paper: ...
    @overload
    def __getitem__(self, place: slice) -> list[Paper]: ...
    def __getitem__(self, place: Any) -> Any:
        if isinstance(place, int):
            return self[place : place + 1][0]
        ids = self.paper_ids[place]
        return Paper.objects.published().in_order(ids)

    @cached_property
    def days(self) -> Counter[datetime.date]:
        """The number of hits by day."""
        return days_of(self.places)

    @property
    def months(self) -> list[tuple[datetime.date, int]]:
        """The number of hits by month, newest first."""
        months = _summed((day.replace(day=1), number) for day, number in self.days.items())
        return sorted(months.items(), reverse=True)

    @property
    def zh_states(self) -> Counter[str]:
        return _summed((facets[0], number) for facets, number in self._facets)

    @property
    def topic_counts(self) -> Counter[int]:
        """The number of hits by topic id."""
        return _summed((int(one), n) for facets, n in self._facets for one in facets[1:])

    @cached_property
    def _facets(self) -> list[tuple[list[str], int]]:
        """The facet values of the hits (state of the Chinese, topic ids), each with a count."""
        counts = Counter(facets for (facets,) in _entries("facets", self.places))
        return [(facets.split(), number) for facets, number in counts.items()]


def parse_query(given: str, *, bridge: bool = True) -> Query:
    """Parse a query, replace its topic names by slugs, and carry it to the other language.

    Without ``bridge`` it is searched as typed.
    """
    query = replace(parse(given), glossary=current_glossary() if bridge else None)
    if not (query.topics or query.unwanted_topics):
        return query
    slugs: dict[str, str] = {}
    for slug, *names in Topic.objects.values_list("slug", "name_en", "name_zh"):
        slugs |= {name.lower(): slug for name in names if name} | {slug: slug}
    return with_topics(query, slugs)


def search(query: Query, papers: PaperQuerySet, order: str = RELEVANCE) -> Results:
    """Search these papers for the words of the query.

    The caller applies the other constraints first; see ``papers.lists.search_filter``. Raises
    ValueError for a query without words.
    """
    node = query.node(whole_terms=not is_stale())
    if node is None:
        raise ValueError("a query without words is a filter: use filter_by_query()")
    found = HitQuery(node, papers, query)
    if order == RELEVANCE:
        return _by_score(query, found)
    return _by_day(query, found, order)


def _by_score(query: Query, found: "HitQuery") -> Results:
    """Rank the hits by relevance; equal scores are ordered newest first."""
    newest = found.scores(POOL + 1)
    best = [place for place, _ in sorted(newest[:POOL], key=itemgetter(1))]
    named = found.named(query, [place for place, _ in newest]) if len(newest) > CANDIDATES else []
    candidates = [*dict.fromkeys([*best[:CANDIDATES], *named])]
    ranked = dict.fromkeys([*by_relevance(found.node, query, candidates), *best])
    return Results(
        query,
        RELEVANCE,
        [paper_id_of(place) for place in [*ranked][:MAX_HITS]],
        more=len(newest) > MAX_HITS,
        ranked_newest=POOL if len(newest) > POOL else 0,
        places=[place for place, _ in newest[:MAX_HITS]],
    )


def _by_day(query: Query, found: "HitQuery", order: str) -> Results:
    places = found.places(MAX_HITS + 1, oldest=order == OLDEST)
    more, places = len(places) > MAX_HITS, places[:MAX_HITS]
    return Results(query, order, by_day(places, order), more, places=places)


def by_day(places: list[int], order: str) -> list[int]:
    """Return the paper ids of these hits, newest or oldest first."""
    rows = [(day_at(place), *row) for place, *row in _entries("place, arxiv_id, paper_id", places)]
    return [pk for _, _, pk in sorted(rows, reverse=order == NEWEST)]


def warm_up() -> None:
    """Load what the first query would otherwise wait for."""
    segmenter.engine()
    dictionary()
    simplified("")


class HitQuery:
    """The hits of a query among some papers, as SQL."""

    def __init__(self, node: Node, papers: PaperQuerySet, query: Query) -> None:
        self.index = backend()
        self.node = node
        self.expression = self.index.expression(node)
        self.where, self.params = self.index.MATCHES, [self.expression]
        self.is_narrowed = papers.query.where != Paper.objects.published().query.where
        self._bound(query)
        if self.is_narrowed:
            here = RawSQL(paper_sql(self.index.PLACE), ())
            kept = papers.filter(pk=here).order_by().values("pk")
            sql, params = kept.query.sql_with_params()
            self.where += f" AND EXISTS ({sql})"
            self.params += params

    def _bound(self, query: Query) -> None:
        for days in query.days:
            if days.first:
                self._bound_by(">=", sort_key(0, days.first))
            if days.last:
                self._bound_by("<", sort_key(0, days.last + datetime.timedelta(days=1)))

    def _bound_by(self, comparison: str, place: int) -> None:
        self.where += f" AND {self.index.PLACE} {comparison} %s"
        self.params.append(place)

    def places_sql(self, oldest: bool = False) -> str:
        return (
            f"SELECT {self.index.PLACE} FROM {self.index.TABLE} WHERE {self.where} "
            f"ORDER BY {self.index.PLACE} {'ASC' if oldest else 'DESC'} LIMIT %s"
        )

    def places(self, most: int, oldest: bool = False) -> list[int]:
        """Return the sort keys of the newest or oldest hits, at most ``most``."""
        rows = fetch_all(self.places_sql(oldest), [*self.params, most])
        return [place for (place,) in rows]

    def newest_days(self, most: int) -> list[int]:
        """Return the sort keys of the ``most`` newest hits, with all further hits of the last day.

        Lists have an order of their own inside a day, so a day must be complete.
        """
        places = self.places(most)
        if len(places) < most:
            return places
        rest = f"{self.where} AND {self.index.PLACE} BETWEEN %s AND %s"
        last = [sort_key(0, day_at(places[-1])), places[-1] - 1]
        sql = f"SELECT {self.index.PLACE} FROM {self.index.TABLE} WHERE {rest}"
        return [*places, *(place for (place,) in fetch_all(sql, [*self.params, *last]))]

    def named(self, query: Query, newest: list[int]) -> list[int]:
        """Return the sort keys of hits that the query may be the name of, newest first.

        These are papers that are called so or by an author of that name; and, of the ``newest``
        hits, those with all words in the title. Frequent words have better scores in other papers.
        """
        words = [word for text in query.texts() for word in text.split()]
        names = {whole(" ".join(order)) for order in (words, words[::-1])} - {""}
        called = any_of([Term((name,), field) for name in names for field in ("title", "authors")])
        in_title = query_node(" ".join(words), "title")
        known = {*newest}
        found = self._also(called, known) if called else []
        return [*found, *self._also(in_title, known, newest[-1])] if in_title else found

    def _also(self, node: Node, known: set[int], oldest: int = 0) -> list[int]:
        """Return the sort keys of the newest hits that match this node, too.

        What matches it is often nothing, or only ``known`` hits. Then the words of the whole query
        need not be read again.
        """
        alone = self._since(oldest, node, self.index.MATCHES, [])
        if known.issuperset(alone):
            return alone
        return self._since(oldest, AllOf((node, self.node)), self.where, self.params[1:])

    def _since(self, oldest: int, node: Node, where: str, params: list) -> list[int]:
        """Return the sort keys of the newest papers since ``oldest`` that match this node."""
        sql = (
            f"SELECT {self.index.PLACE} FROM {self.index.TABLE} WHERE {where} "
            f"AND {self.index.PLACE} >= %s ORDER BY {self.index.PLACE} DESC LIMIT %s"
        )
        rows = fetch_all(sql, [self.index.expression(node), *params, oldest, NAMED])
        return [place for (place,) in rows]

    def scores(self, most: int) -> list[tuple[int, float]]:
        """Return (sort key, score) of the newest hits; a lower score is better."""
        sql, params = self.scores_sql(most)
        return fetch_all(sql, params)

    def scores_sql(self, most: int) -> tuple[str, list]:
        sql = self.index.scores_sql(self.where)
        return sql, [*[self.expression] * self.index.SCORE_TAKES_QUERY, *self.params, most]


def _summed(counts: Iterable[tuple[K, int]]) -> Counter[K]:
    summed: Counter[K] = Counter()
    for key, number in counts:
        summed[key] += number
    return summed


def _entries(columns: str, places: list[int]) -> list[tuple]:
    """Return columns of the entries of these hits, without reading the papers."""
    if not places:
        return []
    wanted = in_values(map(paper_id_of, places))
    sql = f"SELECT {columns} FROM {ENTRIES} WHERE paper_id IN ({wanted.sql})"
    return fetch_all(sql, wanted.params)
