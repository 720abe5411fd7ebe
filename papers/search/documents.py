"""Build the index rows of papers from their texts in both languages, all translations included."""

import datetime
import hashlib
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from papers.db.bulk import in_values
from papers.models import Paper, PaperTopic, Translation
from papers.search.analyzer import LONGEST_WORD, bigrams, index_tokens, whole, words_in
from papers.search.sort_key import sort_key
from papers.text.precomputed import precomputed
from papers.text.triage import triage_abstract, triage_title


class Document(NamedTuple):
    """The index terms of one paper, by field: the words, then further spellings of them."""

    place: int
    title: str
    authors: str
    abstract: str
    title_spellings: str
    authors_spellings: str
    abstract_spellings: str


class Entry(NamedTuple):
    """What is stored of a paper beside the index.

    ``checksum`` shows whether the stored texts are still the indexed ones; ``facets`` is what
    facets count.
    """

    paper_id: int
    place: int
    arxiv_id: str
    checksum: int
    facets: str


class IndexRows(NamedTuple):
    """The rows to write for some papers; ``words`` are the title words of new papers."""

    entries: list[Entry]
    documents: list[Document]
    words: Counter[str]


@dataclass(frozen=True)
class Material:
    """The texts of one paper, as stored in the database."""

    paper_id: int
    arxiv_id: str
    first_seen: datetime.date
    title_en: str
    abstract_en: str
    authors: str
    title_zh: str
    abstract_zh: str
    zh_state: str
    topics: tuple[int, ...]
    others: tuple[tuple[str, str], ...]

    @property
    def place(self) -> int:
        """The paper's sort key in the index."""
        return sort_key(self.paper_id, self.first_seen)

    @property
    def facets(self) -> str:
        """The state of the Chinese and the topic ids, separated by spaces."""
        return f"{self.zh_state} {' '.join(map(str, sorted(self.topics)))}"

    @property
    def checksum(self) -> int:
        """A 64-bit hash of all texts; it changes when one of them changes."""
        parts = (self.title_en, self.abstract_en, self.authors, self.title_zh, self.abstract_zh)
        others = (text for pair in self.others for text in pair)
        joined = "\x00".join((*parts, *others)).encode("utf-8", "surrogatepass")
        digest = hashlib.blake2b(joined, digest_size=8).digest()
        return int.from_bytes(digest, "big", signed=True)

    @property
    def entry(self) -> Entry:
        """The entry to store beside the index."""
        return Entry(self.paper_id, self.place, self.arxiv_id, self.checksum, self.facets)

    def document(self) -> Document:
        """Return the index terms of all texts; unchosen translations are cleaned before."""
        titles, abstracts = [self.title_zh], [self.abstract_en, self.abstract_zh]
        for field, text in self.others:
            if field == Translation.Field.TITLE:
                titles.append(triage_title(text, self.title_en).text)
            else:
                abstracts.append(triage_abstract(text, self.abstract_en).text)
        # Each text is segmented by itself: English alone is many times faster than beside Chinese.
        title = [*map(index_tokens, dict.fromkeys([self.title_en, *titles]))]
        authors = [index_tokens(self.authors)]
        abstract = [*map(index_tokens, dict.fromkeys(abstracts))]
        fields = (title, authors, abstract)
        words = (" ".join(one.words for one in field) for field in fields)
        spellings = [" ".join(one.spellings for one in field) for field in fields]
        spellings[0] = f"{spellings[0]} {_parts_of_titles(self.title_en, *titles)}"
        spellings[1] = f"{spellings[1]} {_whole_names(self.authors)}"
        return Document(self.place, *words, *spellings)


@precomputed
def _parts_of_titles(english: str, *chinese: str) -> str:
    """Return each title as one word, and the bigrams of those in Chinese."""
    return " ".join(dict.fromkeys((*map(whole, (english, *chinese)), *map(bigrams, chinese))))


@precomputed
def _whole_names(authors: str) -> str:
    return " ".join(map(whole, authors.split(", ")))


@precomputed
def title_words(title_en: str, title_zh: str) -> set[str]:
    """Return the words of a paper's titles, used to correct misspelt queries."""
    found = words_in(f"{title_en} {title_zh}")
    return {word for word in found if 2 <= len(word) <= LONGEST_WORD and not word.isdigit()}


def index_rows(materials: Sequence[Material]) -> IndexRows:
    """Return all index rows of new papers. Needs no database."""
    words = Counter(word for one in materials for word in title_words(one.title_en, one.title_zh))
    return IndexRows([one.entry for one in materials], [one.document() for one in materials], words)


def materials(paper_ids: Sequence[int]) -> Iterator[Material]:
    """Yield the texts of these papers; hidden papers are left out."""
    topics: dict[int, list[int]] = defaultdict(list)
    links = PaperTopic.objects.filter(paper__in=in_values(paper_ids))
    for paper, topic in links.values_list("paper_id", "topic_id"):
        topics[paper].append(topic)
    others: dict[int, list[tuple[str, str]]] = defaultdict(list)
    rest = Translation.objects.filter(paper__in=in_values(paper_ids), chosen=False).order_by(
        "text_hash"
    )
    for paper, field, text in rest.values_list("paper_id", "field", "text"):
        others[paper].append((field, text))
    rows = Paper.objects.published().filter(pk__in=in_values(paper_ids)).order_by()
    for row in rows.values_list(
        "pk",
        "arxiv_id",
        "first_seen",
        "title_en",
        "abstract_en",
        "authors_text",
        "title_zh",
        "abstract_zh",
        "zh_state",
    ):
        values: tuple[Any, ...] = (*row, tuple(topics[row[0]]), tuple(others[row[0]]))
        yield Material(*values)
