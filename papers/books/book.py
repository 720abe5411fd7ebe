"""What a book holds: papers in both languages, in chapters by topic."""

import datetime
from collections import defaultdict
from dataclasses import dataclass

from django.urls import reverse

from papers.db.bulk import in_values
from papers.http.links import absolute, query_string
from papers.lists.scopes import ListOfPapers
from papers.lists.sections import contents_of
from papers.lists.topics import topics_by_slug
from papers.models import Paper, PaperQuerySet
from papers.text import dates
from papers.text.bilingual import Bilingual

MAX_PAPERS = 500
"""Number of papers in the book of a list: the newest. A day is always whole."""

_OTHERS = Bilingual("Other topics", "其他主题")


@dataclass(frozen=True)
class Chapter:
    """The papers on one topic, by primary key in their order."""

    name: Bilingual
    papers: list[int]

    def read(self) -> list[Paper]:
        """Return the published papers of this chapter."""
        return Paper.objects.published().in_order(self.papers)


@dataclass(frozen=True)
class Book:
    """A book. ``page`` is the address of the page with the same papers; ``day`` its newest day."""

    name: Bilingual
    page: str
    day: datetime.date
    chapters: list[Chapter]
    modified: datetime.datetime

    @property
    def number(self) -> int:
        return sum(len(chapter.papers) for chapter in self.chapters)


def book_of_day(day: datetime.date) -> Book | None:
    """Return the papers of a day in the order of its page; None if the day has none."""
    sections = [one for one in contents_of(day).sections if one.papers]
    chapters = [Chapter(one.topic.name, one.papers) for one in sections]
    name = Bilingual(dates.short_day(day, chinese=False), dates.short_day(day, chinese=True))
    return _book(name, reverse("day", args=[day]), day, chapters)


def book_of_list(
    the_list: ListOfPapers, papers: PaperQuerySet, filters: dict[str, object]
) -> Book | None:
    """Return the newest of these papers, each under its first topic; None if there are none.

    ``papers`` are those of the list that pass the ``filters``, newest first.
    """
    rows = list(papers.values_list("pk", "card", "first_seen")[:MAX_PAPERS])
    if not rows:
        return None
    by_topic = defaultdict(list)
    for pk, card, _ in rows:
        by_topic[next(iter(card["topics"]), "")].append(pk)
    topics = topics_by_slug()
    chapters = [Chapter(topics[slug].name, by_topic[slug]) for slug in topics if slug in by_topic]
    others = [pk for slug, found in by_topic.items() if slug not in topics for pk in found]
    if others:
        chapters.append(Chapter(_OTHERS, others))
    path = f"{the_list.path}{query_string(dict(the_list.query) | filters)}"
    return _book(the_list.name, path, rows[0][2], chapters)


def _book(name: Bilingual, path: str, day: datetime.date, chapters: list[Chapter]) -> Book | None:
    ids = [pk for chapter in chapters for pk in chapter.papers]
    changed = Paper.objects.filter(pk__in=in_values(ids)).order_by("-modified")
    modified = changed.values_list("modified", flat=True).first()
    return Book(name, absolute(path), day, chapters, modified) if modified else None
