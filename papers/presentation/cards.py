"""The card of a paper in a list, read from stored data so that a list costs one query."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass, replace

from papers.importing.card_data import DigestRef
from papers.lists.topics import topics_by_slug
from papers.models import Paper, Topic
from papers.search.highlighter import Highlighted
from papers.text.bilingual import BOTH, EN, HTML_LANG, Bilingual, Reading, Shown
from papers.text.sentence_pairs import SentencePair

MAX_AUTHORS = 3  # names on a card


@dataclass(frozen=True, slots=True)
class MarkedText:
    """A plain text with the words of a query marked, or not marked yet."""

    language: str
    text: Highlighted
    missing: str = ""

    @property
    def html_lang(self) -> str:
        return HTML_LANG[self.language]


@dataclass(frozen=True, slots=True)
class Passages:
    """The texts of a paper in which a search marks words.

    The titles are shown as they are. Of ``others`` the text with most of the words is shown too; of
    equals the first.
    """

    titles: list[MarkedText]
    others: list[MarkedText]


@dataclass(frozen=True)
class Match:
    """Why a search found a paper: its titles and the best passage of its other texts."""

    titles: list[MarkedText]
    snippet: MarkedText | None

    @property
    def is_seen(self) -> bool:
        """Whether any word is marked."""
        return self.snippet is not None or any(one.text.spans for one in self.titles)


@dataclass(frozen=True)
class Card:
    """A paper as a list shows it, in the reader's languages."""

    paper: Paper
    titles: list[Shown]
    abstracts: list[Shown]
    topics: list[Topic]
    match: Match | None = None

    @property
    def arxiv_id(self) -> str:
        return self.paper.arxiv_id

    @property
    def lead(self) -> Shown | None:
        """The abstract that the closed card starts with."""
        return self.abstracts[0] if self.abstracts else None

    @property
    def sentence_pairs(self) -> list[SentencePair]:
        """The abstract sentence by sentence, where both languages are read and it is sure."""
        return self.paper.sentence_pairs if len(self.abstracts) == 2 else []

    @property
    def passages(self) -> Passages:
        """The titles and other texts in which a search marks words, those in the reader's
        languages first.
        """
        others = [
            *reversed(self.abstracts),
            *_others(self.paper.title, self.titles),
            *_others(self.paper.abstract, self.abstracts),
            Shown(EN, self.paper.authors_text),
        ]
        return Passages(list(map(_unmarked, self.titles)), list(map(_unmarked, others)))

    def marked(self, match: Match) -> "Card":
        """Return the card with the query's words marked."""
        return replace(self, match=match)

    @property
    def authors(self) -> list[list[str]]:
        """Name and key of the first few authors."""
        return self.paper.card["authors"][:MAX_AUTHORS]

    @property
    def more_authors(self) -> int:
        return self.paper.card["author_count"] - len(self.authors)

    @property
    def latest_place(self) -> DigestRef:
        day, source, topic_slug = self.paper.card["places"][0]
        return DigestRef(datetime.date.fromisoformat(day), source, topic_slug)


def authors_of(paper: Paper) -> Iterable[tuple[str, str]]:
    """Return name and key of all authors; mostly the stored card already has all of them."""
    card = paper.card
    if card["author_count"] == len(card["authors"]):
        return card["authors"]
    return paper.authorships.order_by("position").values_list("name", "author__key")


def _others(text: Bilingual, seen: list[Shown]) -> list[Shown]:
    """Return the languages of a text that this reader does not see."""
    languages = {one.language for one in seen}
    return [one for one in text.shown(BOTH) if one.language not in languages]


def _unmarked(shown: Shown) -> MarkedText:
    return MarkedText(shown.language, Highlighted(shown.plain), shown.missing)


def cards_for(papers: Iterable[Paper], reading: Reading) -> list[Card]:
    """Return the cards of these papers."""
    topics = topics_by_slug()
    return [
        Card(
            paper=paper,
            titles=reading.titles(paper.title),
            abstracts=reading.abstracts(paper.abstract),
            topics=[topics[slug] for slug in paper.card["topics"] if slug in topics],
        )
        for paper in papers
    ]
