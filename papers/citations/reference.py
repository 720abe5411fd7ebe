"""One paper as a reference: the record that every form of citation is written from."""

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

# Letters that no decomposition turns into plain ones.
_PLAIN = str.maketrans(
    {"ß": "ss", "æ": "ae", "ø": "o", "œ": "oe", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ı": "i"}
)
# They say nothing about a title when they come first.
_WORDS_WITHOUT_WEIGHT = "a an and are at by can do does for from in is of on or the to with"
_EMPTY_WORDS = frozenset(_WORDS_WITHOUT_WEIGHT.split())


@dataclass(frozen=True)
class Reference:
    """What can be cited of a paper. ``title`` and ``abstract`` are the English ones, as printed;
    ``topics`` are their English names, ``topic_slugs`` their slugs in the same order."""

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
        """``("2025", "01")``, or the year alone."""
        return (str(self.year), f"{self.month:02}") if self.month else (str(self.year),)

    @property
    def url(self) -> str:
        return f"https://arxiv.org/abs/{self.arxiv_id}"

    @property
    def pdf_url(self) -> str:
        return f"https://arxiv.org/pdf/{self.arxiv_id}"

    @property
    def doi(self) -> str:
        """What arXiv registers for each of its papers: https://info.arxiv.org/help/doi.html"""
        return f"10.48550/arXiv.{self.arxiv_id}"

    @property
    def translation_note(self) -> str:
        """The Chinese title where Zotero looks for it, in the field "Extra"; empty without one."""
        return f"titleTranslation: {one_line(self.title_zh)}" if self.title_zh else ""


def reference_of(paper: Paper, topic_names: Mapping[str, str]) -> Reference:
    """The reference of a paper; ``topic_names`` are English names by slug."""
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
    """The English names of all topics by slug."""
    return {slug: topic.name_en for slug, topic in topics_by_slug().items()}


def submitted(arxiv_id: str) -> tuple[int, int]:
    """Year and month in which arXiv took the paper, which its id says: ``2501.17161`` → 2025, 1.
    The month is 0 where the id, which may be made up, names none."""
    digits = arxiv_id.rpartition("/")[2]
    year, month = int(digits[:2]), int(digits[2:4])
    return (1900 if year > 90 else 2000) + year, month if month <= 12 else 0


def key_of(arxiv_id: str, title: str, authors: tuple[str, ...]) -> str:
    """``chu2025sft_2501.17161``: unique by the id, the rest is for people.

    The family name of the first author, the year, the first telling word of the title; a part that
    has no Latin letter is left out.
    """
    name = _plain(split_name(authors[0]).leading) if authors else ""
    words = [word for word in map(_plain, re.findall(r"[^\W_]+", title)) if word]
    word = next((word for word in words if word not in _EMPTY_WORDS), "")
    return f"{name or 'paper'}{submitted(arxiv_id)[0]}{word[:24]}_{arxiv_id}"


def _plain(text: str) -> str:
    """The text in small Latin letters and digits: ``"Müller-Łoś"`` → ``mullerlos``."""
    folded = unicodedata.normalize("NFKD", text.lower().translate(_PLAIN))
    return re.sub("[^a-z0-9]+", "", folded)[:40]


def one_line(text: str) -> str:
    return " ".join(clean(text).split())
