"""How many papers followed lists have since a day, and the newest paper of each.

A follower's browser remembers, for each list, a day and how many papers the list had from that day
on. The papers that it has now, less those, are new. So papers that arrive later on a day already
seen count, and an import of older days does not.
"""

import datetime
import re
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from django.db.models import QuerySet
from django.http import QueryDict
from django.urls import Resolver404, resolve
from django.utils import translation

from papers import search
from papers.glossary import current_glossary
from papers.lists.author_keys import current_keys
from papers.lists.authors import by_author
from papers.lists.filters import NotUnderstood, PaperFilter
from papers.lists.paged_ids import ListRequest, asked_of, daily_counts, of_days
from papers.lists.search_filter import newest_hits
from papers.lists.term_catalogue import papers_query
from papers.lists.topics import current_slugs, on_topics
from papers.models import NEWEST_FIRST, Author, Authorship, Paper, PaperQuerySet
from papers.search.query_parser import Query
from papers.search.sort_key import day_at, paper_id_of

MAX_LISTS = 50
MAX_LENGTH = 2_000  # characters of one list's address
COUNT_LIMIT = 500  # papers counted in a list without stored counts
_ASKED = re.compile(r"([0-9]{4}-[0-9]{2}-[0-9]{2})?(/[^?#]*)(?:\?([^#]*))?")

Rows = Sequence[tuple[int, datetime.date]]  # (paper id, day), newest first


class UnknownList(Exception):
    """There is no such list; the message says what is wrong."""


@dataclass(frozen=True)
class NewPapers:
    """The papers of a list from a day on, that day included.

    ``is_more``: there are further ones. ``newest`` is the last day with papers and ``on_newest``
    their number; ``paper`` is the id of the newest paper.
    """

    number: int = 0
    is_more: bool = False
    newest: datetime.date | None = None
    on_newest: int = 0
    paper: int | None = None


@dataclass(frozen=True)
class _Followed:
    """A list that was asked for, and the first day to count; None means its newest day."""

    since: datetime.date | None
    topic: str
    author: str
    query: QueryDict
    words: Query | None = None  # of a term of the glossary


def new_papers(asked: Sequence[str]) -> list[NewPapers | UnknownList]:
    """Return the new papers of each list, given as ``2025-01-29/topics/rag/?zh=ok``.

    The day may be missing. A list costs one query.
    """
    known = _Known(asked)
    with translation.override("en"):  # of the errors, because caches share the answer
        return [_result(one, known) for one in asked]


def _result(asked: str, known: "_Known") -> NewPapers | UnknownList:
    try:
        return _new_in(_parse(asked, known), known)
    except UnknownList as error:
        return error


# ---- the address of a list


class _Known:
    """What is loaded once for all lists: the authors among them, the rules of the search index."""

    def __init__(self, asked: Iterable[str]) -> None:
        keys = {match[1] for one in asked if (match := re.search("/authors/([^/?]+)/", one))}
        self._merged = current_keys(keys) if keys else {}
        wanted = keys | set(self._merged.values())
        rows = Author.objects.filter(key__in=wanted) if wanted else Author.objects.none()
        self._keys = set(rows.values_list("key", flat=True))

    @cached_property
    def whole_terms(self) -> bool:
        """Whether the index was written with the rules of today."""
        return not search.is_stale()

    def author(self, key: str) -> str:
        """Return the key, for a merged author that of the successor. Raises UnknownList."""
        key = self._merged.get(key, key)
        if key not in self._keys:
            raise UnknownList("no such author")
        return key


def _parse(asked: str, known: _Known) -> _Followed:
    match = _ASKED.fullmatch(asked)
    if len(asked) > MAX_LENGTH or not match:
        raise UnknownList("not the address of a list")
    try:
        since = datetime.date.fromisoformat(match[1]) if match[1] else None
        found = resolve(match[2])
    except ValueError:
        raise UnknownList("not a day") from None
    except Resolver404:
        raise UnknownList("no such list") from None
    query = QueryDict(match[3] or "")
    match found.url_name:
        case "papers":
            return _Followed(since, "", "", query)
        case "topic":
            return _Followed(since, _current_topic(found.kwargs["slug"]), "", query)
        case "author":
            return _Followed(since, "", known.author(found.kwargs["key"]), query)
        case "term":
            return _Followed(since, "", "", QueryDict(), _words_of_term(found.kwargs["key"]))
    raise UnknownList("no such list")


def _words_of_term(key: str) -> Query:
    entry = current_glossary().entry(key)
    if entry is None:
        raise UnknownList("no such term")
    return papers_query(entry)


def _current_topic(slug: str) -> str:
    if known := current_slugs([slug]):
        return known[0]
    raise UnknownList("no such topic")


# ---- counting


def _new_in(followed: _Followed, known: _Known) -> NewPapers:
    filtered = PaperFilter(followed.query, queryset=_papers_of(followed))
    if wrong := filtered.not_understood:
        raise UnknownList(_said(wrong[0]))
    asked = asked_of(filtered, followed.topic, followed.author)
    if asked and not asked.author and not followed.words:
        return _from_counts(replace(asked, oldest_first=False), followed.since)
    rows = _hits(filtered, followed, known)
    if rows is None:
        rows = _rows(filtered, asked, followed.since)
    return _from_rows(rows, followed.since)


def _hits(filtered: PaperFilter, followed: _Followed, known: _Known) -> Rows | None:
    """Return the newest papers that a search finds; None if the list is not a search."""
    query = followed.words or filtered.query
    if query is None:
        return None
    most, papers = COUNT_LIMIT + 1, filtered.without_words
    places = newest_hits(query, papers, followed.since, most, known.whole_terms)
    if places is None:
        return None
    return [(paper_id_of(place), day_at(place)) for place in places]


def _papers_of(followed: _Followed) -> PaperQuerySet:
    papers = Paper.objects.published().newest_first()
    if followed.topic:
        return on_topics(papers, [followed.topic])
    return by_author(papers, followed.author) if followed.author else papers


def _said(wrong: NotUnderstood) -> str:
    return f"{wrong.name}={wrong.value}: {wrong.reason}"


def _from_counts(asked: ListRequest, since: datetime.date | None) -> NewPapers:
    """Read the stored counts; only the newest paper is looked up."""
    daily = daily_counts(asked)
    place = len(daily.days) if asked.last is None else bisect_right(daily.days, asked.last)
    newest = daily.days[place - 1] if place else None
    first = max(filter(None, (asked.first, since or newest)), default=None)
    if newest is None or first is None or (asked.first and newest < asked.first):
        return NewPapers()
    return NewPapers(
        daily.between(first, asked.last),
        not daily.is_whole and first < daily.days[0],
        newest,
        daily.between(newest, newest),
        of_days(asked)[0],
    )


def _rows(filtered: PaperFilter, asked: ListRequest | None, since: datetime.date | None) -> Rows:
    """Return the newest papers from this day on, at most one more than are counted."""
    rows: QuerySet
    if asked and not asked.topics:
        links = Authorship.objects.filter(author__key=asked.author, first_seen__isnull=False)
        rows = links.values_list("paper_id", "first_seen")
    else:
        rows = filtered.qs.values_list("pk", "first_seen")
    if since:
        rows = rows.filter(first_seen__gte=since)
    return list(rows.order_by(*NEWEST_FIRST)[: COUNT_LIMIT + 1])


def _from_rows(rows: Rows, since: datetime.date | None) -> NewPapers:
    if not rows:
        return NewPapers()
    paper, newest = rows[0]
    on_newest = sum(day == newest for _, day in rows)
    number = min(len(rows), COUNT_LIMIT) if since else on_newest
    is_more = len(rows) > COUNT_LIMIT and (since is not None or on_newest == len(rows))
    on_newest = min(on_newest, COUNT_LIMIT)
    return NewPapers(min(number, COUNT_LIMIT), is_more, newest, on_newest, paper)
