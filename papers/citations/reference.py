"""References: the data of one paper that every citation format is written from."""

import datetime
import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from django.conf import settings

from papers.citations.name_parts import Name, split_name
from papers.lists.topics import topics_by_slug
from papers.models import Paper
from papers.text.author_names import split_authors
from papers.text.sanitize import clean

# Letters that Unicode does not decompose into plain ones.
_PLAIN = str.maketrans(
    {"ß": "ss", "æ": "ae", "ø": "o", "œ": "oe", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ı": "i"}
)
# Words that are skipped at the beginning of a title.
_STOP_WORD_LIST = "a an and are at by can do does for from in is of on or the to with"
_STOP_WORDS = frozenset(_STOP_WORD_LIST.split())


@dataclass(frozen=True)
class Reference:
    """The citable data of a paper.

    ``title`` and ``abstract`` are the English ones, as printed. ``topics`` are English names of
    topics, and ``topic_slugs`` their slugs in the same order. ``year`` and ``month`` are those of
    the submission to arXiv; an unknown month is 0. ``page`` is the address of the paper's page.
    """

    key: str
    arxiv_id: str
    title: str
    title_zh: str
    authors: tuple[str, ...]
    year: int
    month: int
    abstract: str
    abstract_zh: str
    topics: tuple[str, ...]
    topic_slugs: tuple[str, ...]
    zh_state: str
    first_seen: datetime.date
    modified: datetime.datetime
    page: str

    @cached_property
    def names(self) -> list[Name]:
        return [split_name(author) for author in self.authors]

    @property
    def submitted(self) -> tuple[str, ...]:
        """Year and month as ``("2025", "01")``, or the year alone."""
        return (str(self.year), f"{self.month:02}") if self.month else (str(self.year),)

    @property
    def url(self) -> str:
        return f"https://arxiv.org/abs/{self.arxiv_id}"

    @property
    def pdf_url(self) -> str:
        return f"https://arxiv.org/pdf/{self.arxiv_id}"

    @property
    def doi(self) -> str:
        """The DOI that arXiv registers for each paper: https://info.arxiv.org/help/doi.html"""
        return f"10.48550/arXiv.{self.arxiv_id}"

    @property
    def translation_note(self) -> str:
        """The Chinese title in the syntax of Zotero's field "Extra"; empty without one."""
        return f"titleTranslation: {one_line(self.title_zh)}" if self.title_zh else ""


def reference_of(paper: Paper, topic_names: Mapping[str, str]) -> Reference:
    """Return the reference of a paper. ``topic_names`` are English names by slug."""
    authors = tuple(one_line(name) for name in split_authors(paper.authors_text))
    year, month = submitted(paper.arxiv_id)
    title, slugs = one_line(paper.title_en), tuple(paper.card["topics"])
    return Reference(
        key=key_of(paper.arxiv_id, title, authors),
        arxiv_id=paper.arxiv_id,
        title=title,
        title_zh=one_line(paper.title_zh),
        authors=authors,
        year=year,
        month=month,
        abstract=clean(paper.abstract_en),
        abstract_zh=clean(paper.abstract_zh),
        topics=tuple(one_line(topic_names.get(slug, slug)) for slug in slugs),
        topic_slugs=slugs,
        zh_state=paper.zh_state,
        first_seen=paper.first_seen,
        modified=paper.modified,
        page=f"{settings.SITE_URL}{paper.get_absolute_url()}",
    )


def topic_names() -> dict[str, str]:
    """Return the English names of all topics by slug."""
    return {slug: topic.name_en for slug, topic in topics_by_slug().items()}


def submitted(arxiv_id: str) -> tuple[int, int]:
    """Return year and month of submission from the arXiv id: ``2501.17161`` → 2025, 1.

    The month is 0 if the id has no valid one. See https://info.arxiv.org/help/arxiv_identifier.html
    """
    digits = arxiv_id.rpartition("/")[2]
    year, month = int(digits[:2]), int(digits[2:4])
    return (1900 if year > 90 else 2000) + year, month if month <= 12 else 0


def key_of(arxiv_id: str, title: str, authors: tuple[str, ...]) -> str:
    """Return the citation key, such as ``chu2025sft_2501.17161``.

    It consists of the family name of the first author, the year, the first significant word of the
    title and the arXiv id, which makes it unique. A part without Latin letters is left out.
    """
    name = _plain(split_name(authors[0]).leading) if authors else ""
    words = [word for word in map(_plain, re.findall(r"[^\W_]+", title)) if word]
    word = next((word for word in words if word not in _STOP_WORDS), "")
    return f"{name or 'paper'}{submitted(arxiv_id)[0]}{word[:24]}_{arxiv_id}"


def _plain(text: str) -> str:
    """Return the text as lower-case Latin letters and digits: ``"Müller-Łoś"`` → ``mullerlos``."""
    folded = unicodedata.normalize("NFKD", text.lower().translate(_PLAIN))
    return re.sub("[^a-z0-9]+", "", folded)[:40]


def one_line(text: str) -> str:
    """Return the text without control characters, on one line."""
    return " ".join(clean(text).split())
