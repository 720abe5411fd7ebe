"""The tools: search papers, read one, read a day. They show what the API shows."""

import datetime
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.http import QueryDict
from django.urls import reverse

from papers.api import serializers
from papers.http.links import absolute
from papers.lists.cursor import DAY
from papers.lists.filters import PaperFilter
from papers.lists.search_filter import search_papers
from papers.lists.sections import Section, contents_of, newest_day
from papers.lists.strict_query import InvalidQuery
from papers.models import Appearance, Paper
from papers.related.near import nearest_papers
from papers.search import MAX_LENGTH
from papers.text.arxiv_ids import ARXIV_ID, without_version

MAX_RESULTS, USUAL_RESULTS = 50, 10


class InvalidArgument(Exception):
    """An argument is missing, unknown or not valid; the message says which and why."""


@dataclass(frozen=True)
class Tool:
    """A tool. ``arguments`` are JSON schemas by name; ``call`` returns what it found."""

    name: str
    description: str
    arguments: Mapping[str, dict]
    required: tuple[str, ...]
    call: Callable[..., dict]

    def described(self) -> dict:
        """Return the description that a model reads."""
        return {
            "name": self.name,
            "description": self.description,
            "inputSchema": {
                "type": "object",
                "properties": dict(self.arguments),
                "required": list(self.required),
                "additionalProperties": False,
            },
            "annotations": {"readOnlyHint": True, "openWorldHint": False},
        }

    def use(self, arguments: Mapping[str, Any]) -> dict:
        """Return the result for these arguments. Raises InvalidArgument."""
        for name in self.required:
            if name not in arguments:
                raise InvalidArgument(f"{name}: missing")
        for name, value in arguments.items():
            if name not in self.arguments:
                raise InvalidArgument(f"{name}: no such argument of {self.name}")
            _check(name, value, self.arguments[name])
        return self.call(**{name.replace("from", "from_"): one for name, one in arguments.items()})


def _check(name: str, value: Any, schema: Mapping[str, Any]) -> None:
    """Check a value against its schema, as far as the tools here use schemas."""
    if schema["type"] == "integer":
        least, most = schema["minimum"], schema["maximum"]
        if isinstance(value, bool) or not isinstance(value, int) or not least <= value <= most:
            raise InvalidArgument(f"{name}: must be a number from {least} to {most}")
        return
    if not isinstance(value, str) or len(value) > schema.get("maxLength", 100):
        raise InvalidArgument(f"{name}: must be a text of at most {schema['maxLength']} characters")
    if "pattern" in schema and not re.fullmatch(schema["pattern"].strip("^$"), value):
        raise InvalidArgument(f"{name}: must be like {schema['examples'][0]}")


def _search(query: str, limit: int = USUAL_RESULTS, **filters: str) -> dict:
    asked = QueryDict(mutable=True)
    asked.update({"q": query} | {name.rstrip("_"): value for name, value in filters.items()})
    filtered = PaperFilter(asked, queryset=Paper.objects.published().newest_first())
    if filtered.not_understood:
        raise InvalidArgument(str(InvalidQuery(filtered.not_understood)))
    return {"papers": [serializers.paper(one) for one in _found(filtered, limit)]}


def _found(filtered: PaperFilter, limit: int) -> Iterable[Paper]:
    """Return the best matches, or the newest papers for a query without words or names."""
    newest = filtered.qs[:limit]
    if filtered.query is None:
        return newest
    try:
        results = search_papers(filtered.query, filtered.without_words)
    except ValueError:  # only filters, such as topic:rag
        return newest
    return Paper.objects.published().in_order(results.paper_ids[:limit])


def _paper(id: str) -> dict:  # noqa: A002 (the name of the argument)
    paper = Paper.objects.published().filter(arxiv_id=without_version(id)).first()
    if paper is None:
        raise InvalidArgument(f"id: no paper {id} here")
    places = Appearance.objects.filter(paper=paper).select_related(
        "digest__topic", "digest__source"
    )
    in_order = places.order_by("-digest__date", "digest__topic__slug", "digest__source__name")
    return serializers.whole_paper(paper, in_order, nearest_papers(paper))


def _day(date: str = "") -> dict:
    try:
        day = datetime.date.fromisoformat(date) if date else newest_day()
    except ValueError:
        raise InvalidArgument(f"date: there is no day {date}") from None
    sections = contents_of(day).sections if day else []
    if not day or not sections:
        raise InvalidArgument(f"date: no papers on {date or 'any day'}")
    return {
        "date": day.isoformat(),
        "page": absolute(reverse("day", args=[day])),
        "topics": [_section(one) for one in sections if one.papers],
    }


def _section(section: Section) -> dict:
    papers = Paper.objects.published().in_order(section.papers)
    return {
        "topic": section.topic.slug,
        "name": serializers.bilingual(section.topic.name),
        "papers": [
            {"id": one.arxiv_id, "title": serializers.bilingual(one.title)} for one in papers
        ],
    }


_DATE = {
    "type": "string",
    "pattern": f"^{DAY}$",
    "maxLength": 10,
    "examples": ["2025-01-29"],
}

TOOLS = {
    tool.name: tool
    for tool in (
        Tool(
            "search",
            "Search arXiv papers on AI, in English or Chinese; best match first. Returns titles and"
            " abstracts in both languages.",
            {
                "query": {
                    "type": "string",
                    "maxLength": MAX_LENGTH,
                    "description": 'words, "a phrase", -without, author:"Yi Ma", topic:rag',
                },
                "topic": {"type": "string", "maxLength": 64, "description": "slug of a topic"},
                "from": _DATE | {"description": "first seen on this day or later"},
                "to": _DATE | {"description": "first seen on this day or earlier"},
                "limit": {"type": "integer", "minimum": 1, "maximum": MAX_RESULTS},
            },
            ("query",),
            _search,
        ),
        Tool(
            "paper",
            "Return one paper by its arXiv id: titles, abstracts, authors, topics, links, and the"
            " papers nearest to it.",
            {
                "id": {
                    "type": "string",
                    "pattern": f"^{ARXIV_ID}(?:v[0-9]{{1,4}})?$",
                    "maxLength": 40,
                    "examples": ["2501.17161"],
                }
            },
            ("id",),
            _paper,
        ),
        Tool(
            "day",
            "Return the titles of all papers announced on one day, by topic; the newest day"
            " without a date.",
            {"date": _DATE},
            (),
            _day,
        ),
    )
}
