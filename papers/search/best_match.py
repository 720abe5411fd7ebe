"""Find the papers with most of the rare words of a query, where no paper has all of its words.

A pasted citation has words that its paper lacks (a year, a publisher), and a question has words of
its own. The weight of a word grows with its rarity. What the query asks for by field, by a phrase
or by a minus stays required; only if no paper meets that are phrases taken as their words.
"""

import math
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, replace

from papers.models import PaperQuerySet
from papers.search.analyzer import number_of_parts, query_node, simplified
from papers.search.bridge import pieces
from papers.search.frequency import MAX_COUNTED, frequencies
from papers.search.index_version import is_stale
from papers.search.query_nodes import AllOf, Node, Without, all_of, any_of, some_of
from papers.search.query_parser import MAX_CLAUSES, NOT, Clause, Query
from papers.search.ranking import by_relevance
from papers.search.searcher import (
    CANDIDATES,
    MAX_HITS,
    POOL,
    RELEVANCE,
    HitQuery,
    Results,
    by_day,
)
from papers.search.sort_key import paper_id_of
from papers.search.stop_words import rare_words

MAX_WORDS = 12  # of the words, the rarest
LEAST_SHARE = 0.4  # of the best paper's weight


@dataclass(frozen=True)
class _Word:
    """A word or a term of several words, and what a paper must match to have it."""

    node: Node
    parts: int = 1


@dataclass(frozen=True)
class _Weighed:
    """A word, and the number of papers that have it, counted up to ``POOL`` + 1."""

    node: Node
    parts: int
    number: int

    @property
    def is_rare(self) -> bool:
        return self.number <= POOL

    @property
    def weight(self) -> float:
        """The rarity, for each word of a term: 检索增强生成 says more than 评测."""
        return self.parts * math.log(2 * (POOL + 1) / self.number)


def best_match(query: Query, papers: PaperQuerySet, order: str = RELEVANCE) -> Results:
    """Return the papers with most of the rare words, best first; perhaps none."""
    empty = Results(query, order)
    for takes_phrases in (False, True):
        found = _Search(query, papers, takes_phrases).results(order)
        if found or not any(clause.quoted for group in query.groups for clause in group):
            return found or empty
    return empty


class _Search:
    """The optional and the required parts of a query, asked of some papers."""

    def __init__(self, query: Query, papers: PaperQuerySet, takes_phrases: bool) -> None:
        self.query, self.papers = query, papers
        self.whole_terms = not is_stale()
        optional: list[_Word] = []
        required: list[Node | None] = []
        for group in query.groups:
            if any(one.field or (one.quoted and not takes_phrases) for one in group):
                required.append(any_of([node for one in group if (node := self._node(one))]))
            else:
                optional += [word for one in group for word in self._words(one.text)]
        self.unwanted: list[Node] = []
        for clause in query.unwanted[:MAX_CLAUSES]:
            if clause.given.startswith(NOT):  # it may be a word of a title
                optional += self._words(clause.text)
            elif node := self._node(clause):
                self.unwanted.append(node)
        self.optional = [*dict.fromkeys(optional)][:MAX_COUNTED]
        self.required = [node for node in required if node][:MAX_CLAUSES]

    def _node(self, clause: Clause) -> Node | None:
        return replace(self.query, groups=((clause,),), unwanted=()).node(self.whole_terms)

    def _words(self, text: str) -> Iterator[_Word]:
        for word in self._rare(text):
            if node := query_node(word, whole_terms=self.whole_terms, glossary=self.query.glossary):
                yield _Word(node, number_of_parts(word))

    def _rare(self, text: str) -> Iterator[str]:
        """Yield the rare words of the text, and its terms that the glossary knows as a whole."""
        if not self.query.glossary:
            yield from rare_words(text)
            return
        for piece in pieces(simplified(text), self.query.glossary):
            yield from [piece.text] if piece.is_bridged else rare_words(piece.text)

    def results(self, order: str) -> Results | None:
        """Return the papers in order; None if no paper has any of the words."""
        words = self._rarest()
        weights = self._weights(words)
        if not weights:
            return None
        least = LEAST_SHARE * max(weights.values())
        places = [place for place, weight in weights.items() if weight >= least]
        places = self._ranked(places, weights, words)[:MAX_HITS]
        ids = [paper_id_of(place) for place in places]
        if order != RELEVANCE:
            ids = by_day(places, order)
        return Results(self.query, order, ids, places=places, is_best_match=True)

    def _rarest(self) -> list[_Weighed]:
        numbers = frequencies([word.node for word in self.optional], POOL + 1)
        counted = [
            _Weighed(word.node, word.parts, number)
            for word, number in zip(self.optional, numbers, strict=True)
            if number
        ]
        return sorted(counted, key=lambda one: one.number)[:MAX_WORDS]

    def _weights(self, words: list[_Weighed]) -> dict[int, float]:
        """Return the summed weight of the words of each paper, by sort key.

        Papers that have frequent words alone only count if all words are frequent.
        """
        rare = any_of([one.node for one in words if one.is_rare])
        weights: dict[int, float] = defaultdict(float)
        for one in words:
            node = AllOf((one.node, rare)) if rare and not one.is_rare else one.node
            for place in self._hits(node).places(POOL):
                weights[place] += one.weight
        return weights

    def _ranked(
        self, places: list[int], weights: dict[int, float], words: list[_Weighed]
    ) -> list[int]:
        """Sort the heaviest papers by the score of their texts, the others by weight."""
        heaviest = sorted(places, key=lambda one: (-weights[one], -one))
        node = some_of([one.node for one in words])
        if node is None:
            return heaviest
        best = by_relevance(node, self.query, heaviest[:CANDIDATES])
        return [*best, *heaviest[CANDIDATES:]]

    def _hits(self, node: Node) -> HitQuery:
        wanted = all_of([node, *self.required]) or node
        unwanted = any_of(self.unwanted)
        return HitQuery(Without(wanted, unwanted) if unwanted else wanted, self.papers, self.query)
