"""Serializers: papers and topics as JSON. Texts have both languages; a missing one is null."""

import datetime
from collections.abc import Iterable, Mapping

from django.urls import reverse

from papers.citations.reference import key_of, one_line
from papers.glossary import Entry
from papers.http.links import absolute
from papers.models import Appearance, Paper, Related, Topic
from papers.related.index import FULL_SCORE
from papers.text.author_names import split_authors
from papers.text.bilingual import Bilingual


def paper(one: Paper) -> dict:
    """Return a paper as in lists."""
    authors = split_authors(one.authors_text)
    return {
        "id": one.arxiv_id,
        "page": absolute(one.get_absolute_url()),
        "title": bilingual(one.title),
        "abstract": bilingual(one.abstract),
        "sentences": sentences(one),
        "authors": list(authors),
        "first_seen": one.first_seen.isoformat(),
        "modified": moment(one.modified),
        "topics": one.card["topics"],
        "zh": str(one.zh_state),
        "featured": one.featured,
        "note": bilingual(one.note),
        "arxiv_url": one.arxiv_url,
        "pdf_url": one.pdf_url,
        "citation_key": key_of(one.arxiv_id, one_line(one.title_en), authors),
    }


def whole_paper(one: Paper, appearances: Iterable[Appearance], related: Iterable[Related]) -> dict:
    """Return a paper with the digests that it appeared in, and the papers nearest to it."""
    return paper(one) | {
        "related": [
            {
                "id": near.other.arxiv_id,
                "page": absolute(near.other.get_absolute_url()),
                "title": bilingual(near.other.title),
                "score": near.score / FULL_SCORE,
            }
            for near in related
        ],
        "appearances": [
            {
                "date": place.digest.date.isoformat(),
                "topic": place.digest.topic.slug,
                "source": place.digest.source.name,
                "withdrawn": place.withdrawn,
            }
            for place in appearances
        ],
    }


def topic(one: Topic) -> dict:
    return {
        "slug": one.slug,
        "kind": str(one.kind),
        "name": bilingual(one.name),
        "papers": one.paper_count,
        "page": absolute(one.get_absolute_url()),
    }


def term(one: Entry) -> dict:
    """Return a term of the glossary; ``name`` has the usual words of both languages."""
    return {
        "key": one.key,
        "page": absolute(reverse("term", args=[one.key])),
        "name": {"en": one.english, "zh": one.chinese},
        "other_en": list(one.other_english),
        "other_zh": list(one.other_chinese),
        "abbreviations": list(one.abbreviations),
        "origin": one.origin,
    }


def whole_term(one: Entry, weeks: Mapping[datetime.date, tuple[int, int]]) -> dict:
    """Return a term with the number of papers that use it, by week."""
    return term(one) | {
        "weeks": [
            {"week": week.isoformat(), "papers": papers, "titles": titles}
            for week, (papers, titles) in sorted(weeks.items())
        ]
    }


def bilingual(text: Bilingual) -> dict[str, str | None]:
    return {"en": text.en or None, "zh": text.zh or None}


def sentences(one: Paper) -> list[dict[str, list[int] | None]] | None:
    """Start and end of what says the same in the abstracts; null where that is not sure, and for a
    language that says nothing of it."""
    rows = [{"en": _span(pair.english), "zh": _span(pair.chinese)} for pair in one.sentence_pairs]
    return rows or None


def _span(span: tuple[int, int]) -> list[int] | None:
    return list(span) if span[0] < span[1] else None


def moment(when: datetime.datetime) -> str:
    """Return the time in UTC, to the second (RFC 3339): ``2025-01-29T04:00:00Z``."""
    return when.astimezone(datetime.UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
