"""Evidence whether two authors are one person: their co-authors, titles, topics and years."""

import datetime
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from django.db.models import F, Window
from django.db.models.functions import RowNumber

from papers.curation.duplicate_authors import parts_of
from papers.db.bulk import in_values
from papers.lists.topics import topics_by_id
from papers.models import AlikeAuthors, Author, Authorship, Paper, PaperTopic, Topic

NEWEST = 40  # papers of each author that are looked at
TITLES = 3
COAUTHORS = 8
TOPICS = 3
MAX_POSITION = 50  # of a long list of authors, those further down say nothing


@dataclass
class Evidence:
    """What tells who an author is. ``coauthors`` are names with whether the other has them too."""

    author: Author
    papers: set[int] = field(default_factory=set)
    titles: list[Paper] = field(default_factory=list)
    coauthors: list[tuple[str, bool]] = field(default_factory=list)
    topics: list[Topic] = field(default_factory=list)
    days: list[datetime.date] = field(default_factory=list)

    @property
    def years(self) -> str:
        first, last = min(self.days).year, max(self.days).year
        return str(first) if first == last else f"{first}–{last}"


@dataclass(frozen=True)
class PairEvidence:
    """Two authors, the number of co-authors that both have, and of papers that both are on."""

    row: AlikeAuthors
    one: Evidence
    other: Evidence
    shared: int
    together: int

    @property
    def is_likely(self) -> bool:
        """Return whether the two are probably one person, if their names have the same letters.

        ``Yu-An`` and ``Yuan`` are different names unless the co-authors say otherwise.
        """
        names = self.one.author.name, self.other.author.name
        return not self.together and (self.shared > 0 or parts_of(names[0]) == parts_of(names[1]))

    @property
    def sides(self) -> tuple[Evidence, Evidence]:
        return self.one, self.other


def evidence_of_pairs(rows: Iterable[AlikeAuthors]) -> list[PairEvidence]:
    """Return the pairs whose authors exist, with evidence; the number of queries is fixed."""
    pairs = list(rows)
    keys = {key for pair in pairs for key in (pair.key, pair.other_key)}
    authors = Author.objects.in_bulk(keys, field_name="key")
    reader = _Reader(authors.values())
    return [
        reader.pair(row, authors[row.key], authors[row.other_key])
        for row in pairs
        if row.key in authors and row.other_key in authors
    ]


def evidence_beside(author: Author, others: Iterable[Author]) -> list[PairEvidence]:
    """Return evidence for each of the others beside this author."""
    listed = list(others)
    reader = _Reader([author, *listed])
    return [
        reader.pair(AlikeAuthors(key=author.key, other_key=one.key), author, one) for one in listed
    ]


class _Reader:
    """The newest papers of some authors, read at once."""

    def __init__(self, authors: Iterable[Author]) -> None:
        self._of = {author.pk: Evidence(author) for author in authors}
        self._newest()
        self._titles()
        self._topics()
        self._names: dict[int, str] = {}
        self._coauthors: dict[int, Counter[int]] = defaultdict(Counter)
        self._read_coauthors()

    def pair(self, row: AlikeAuthors, one: Author, other: Author) -> PairEvidence:
        pair = {one.pk, other.pk}
        shared = (self._coauthors[one.pk].keys() & self._coauthors[other.pk].keys()) - pair
        return PairEvidence(
            row,
            self._side(one, shared, pair),
            self._side(other, shared, pair),
            len(shared),
            len(self._of[one.pk].papers & self._of[other.pk].papers),
        )

    def _side(self, author: Author, shared: set[int], pair: set[int]) -> Evidence:
        """Return the evidence with its co-authors: those of both first, then the most frequent."""
        found = self._of[author.pk]
        counted = self._coauthors[author.pk]
        order = sorted(counted.keys() - pair, key=lambda pk: (pk not in shared, -counted[pk], pk))
        named = [(self._names[pk], pk in shared) for pk in order[:COAUTHORS]]
        return replace(found, coauthors=named)

    def _newest(self) -> None:
        order = [F("first_seen").desc(), F("arxiv_id").desc()]
        places = Authorship.objects.filter(author__in=self._of, first_seen__isnull=False)
        ranked = places.annotate(
            rank=Window(RowNumber(), partition_by=F("author"), order_by=order)
        ).order_by("author", "rank")
        rows = ranked.filter(rank__lte=NEWEST)
        for author, paper, day in rows.values_list("author_id", "paper_id", "first_seen"):
            found = self._of[author]
            found.papers.add(paper)
            if day:
                found.days.append(day)
            if len(found.titles) < TITLES:
                found.titles.append(Paper(pk=paper))

    def _titles(self) -> None:
        wanted = {one.pk for found in self._of.values() for one in found.titles}
        papers = Paper.objects.only("arxiv_id", "title_en", "title_zh", "first_seen").in_bulk(
            wanted
        )
        for found in self._of.values():
            found.titles = [papers[one.pk] for one in found.titles if one.pk in papers]

    def _by_paper(self) -> dict[int, list[int]]:
        by_paper: dict[int, list[int]] = defaultdict(list)
        for author, found in self._of.items():
            for paper in found.papers:
                by_paper[paper].append(author)
        return by_paper

    def _topics(self) -> None:
        by_paper, topics = self._by_paper(), topics_by_id()
        counted: dict[int, Counter[int]] = defaultdict(Counter)
        links = PaperTopic.objects.filter(paper__in=in_values(by_paper)).order_by()
        for paper, topic in links.values_list("paper_id", "topic_id"):
            for author in by_paper[paper]:
                counted[author][topic] += 1
        for author, numbers in counted.items():
            self._of[author].topics = [topics[pk] for pk, _ in numbers.most_common(TOPICS)]

    def _read_coauthors(self) -> None:
        by_paper = self._by_paper()
        places = Authorship.objects.filter(
            paper__in=in_values(by_paper), position__lte=MAX_POSITION
        )
        for paper, coauthor, name in places.order_by().values_list("paper_id", "author_id", "name"):
            self._names.setdefault(coauthor, name)
            for author in by_paper[paper]:
                self._coauthors[author][coauthor] += 1
