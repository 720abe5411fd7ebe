"""Suggestions while typing (titles, authors, topics, terms), corrections after an empty search."""

import re
from dataclasses import dataclass, replace
from urllib.parse import urlencode

from papers.db.raw_sql import fetch_all
from papers.glossary import current_glossary
from papers.lists.authors import authors_named
from papers.lists.search_filter import search_papers
from papers.lists.typed_names import author_like
from papers.models import Paper, Topic
from papers.search import NEWEST, spelling
from papers.search.analyzer import simplified, words_in
from papers.search.backend import WORDS
from papers.search.dictionary import HAN
from papers.search.query_parser import Clause, Query, parse
from papers.text.bilingual import Bilingual
from papers.text.folding import fold

MAX_SUGGESTIONS = 5  # of each kind
LONGEST_TYPED = 100  # characters
_CANDIDATES = 2_000
_COMPLETIONS = 8
_HAN_RUN = re.compile(f"[{HAN}]+")
_CAPITALS = re.compile(r"(?:[^\W\d_a-z]\S*(?:\s+|$))+")
_PRINTED = re.compile(rf"[{HAN}]|[^\W_]")


@dataclass(frozen=True)
class Suggestion:
    """A suggestion in the search box; ``kind`` is title, author, topic or term."""

    kind: str
    text: str
    address: str


def suggestions(typed: str, language: str) -> list[Suggestion]:
    """Return suggestions for the typed text; topic names are in this language."""
    typed = typed[:LONGEST_TYPED].strip()
    if len(_PRINTED.findall(typed)) < (1 if re.search(f"[{HAN}]", typed) else 2):
        return []
    return [*_topics(typed, language), *_terms(typed), *_authors(typed), *_titles(typed)]


def _topics(typed: str, language: str) -> list[Suggestion]:
    wanted = fold(typed)
    found = [
        topic
        for topic in Topic.objects.filter(paper_count__gt=0)
        if any(wanted in fold(name) for name in (topic.slug, topic.name_en, topic.name_zh))
    ]
    found.sort(key=lambda topic: -topic.paper_count)
    return [_topic(topic, language) for topic in found[:MAX_SUGGESTIONS]]


def _topic(topic: Topic, language: str) -> Suggestion:
    name = Bilingual(topic.name_en, topic.name_zh).best(language)
    return Suggestion("topic", name, topic.get_absolute_url())


def _terms(typed: str) -> list[Suggestion]:
    """Return the search for the typed term in the other language, if the glossary has it."""
    glossary = current_glossary()
    has_han = _HAN_RUN.search(typed)
    other = glossary.shown_english_of(typed) if has_han else glossary.shown_chinese_of(typed)
    return [Suggestion("term", other, f"/papers/?{urlencode({'q': other})}")] if other else []


def _authors(typed: str) -> list[Suggestion]:
    best = authors_named(typed)[:MAX_SUGGESTIONS]
    return [Suggestion("author", one.name, one.get_absolute_url()) for one in best]


def _titles(typed: str) -> list[Suggestion]:
    """Return titles with these words; the last word may be incomplete."""
    words = words_in(simplified(typed))[-8:]
    if not words:
        return []
    *done, last = words
    group = tuple(Clause(one, "title") for one in _completions(last) or [last])
    query = Query(groups=(*((Clause(word, "title"),) for word in done), group))
    if query.node() is None:
        return []
    found = search_papers(query, Paper.objects.published(), NEWEST)[:MAX_SUGGESTIONS]
    in_chinese = bool(re.search(f"[{HAN}]", typed))
    return [_title(paper, in_chinese) for paper in found]


def _title(paper: Paper, in_chinese: bool) -> Suggestion:
    text = paper.title.best("zh" if in_chinese else "en")
    return Suggestion("title", text, paper.get_absolute_url())


def _completions(beginning: str) -> list[str]:
    """Return the most frequent title words with this prefix."""
    rows = _words_between(beginning, f"{beginning}\U0010ffff", 1, 40)
    return [word for word, _ in sorted(rows, key=lambda row: -row[1])[:_COMPLETIONS]]


def _words_between(first: str, last: str, shortest: int, longest: int) -> list[tuple[str, int]]:
    return fetch_all(
        f"SELECT word, papers FROM {WORDS} WHERE word >= %s AND word < %s "
        "AND length(word) BETWEEN %s AND %s LIMIT %s",
        [first, last, shortest, longest, _CANDIDATES],
    )


# --- Did you mean


def did_you_mean(query: Query) -> str:
    """Return a corrected query with results; empty if there is none.

    Misspelt words are compared with those of titles, and what looks like a name with authors: first
    if it has capitals, as in ``Yann LeCnu``.
    """
    if query.is_long:
        return ""
    ways = (_with_corrections, author_like)
    meant = (way(query) for way in (ways[::-1] if _CAPITALS.fullmatch(query.given) else ways))
    return next((one for one in meant if one and _finds_something(one)), "")


def _with_corrections(query: Query) -> str:
    """Return the query as typed with its misspelt words put right; empty if there is none."""
    corrected = spelling.corrections(fold(" ".join(query.texts())))
    changed = query.given
    for wrong, right in corrected.items():
        edges = ("", "") if _HAN_RUN.match(wrong) else (r"(?<![^\W_])", r"(?![^\W_])")
        changed = re.sub(re.escape(wrong).join(edges), right, changed, flags=re.IGNORECASE)
    return changed if changed != query.given else ""


def _finds_something(given: str) -> bool:
    query = replace(parse(given), topics=(), unwanted_topics=())
    return query.node() is not None and bool(
        search_papers(query, Paper.objects.published(), NEWEST)
    )
