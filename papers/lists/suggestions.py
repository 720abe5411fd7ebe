"""Suggestions while typing (titles, authors, topics) and corrections after an empty search."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice

from papers.db.raw_sql import fetch_all
from papers.lists.authors import authors_named
from papers.lists.search_filter import search_papers
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
_MAX_CORRECTED = 6  # words; each costs a few queries
_HAN_RUN = re.compile(f"[{HAN}]+")
_PRINTED = re.compile(rf"[{HAN}]|[^\W_]")


@dataclass(frozen=True)
class Suggestion:
    """A suggestion in the search box; ``kind`` is title, author or topic."""

    kind: str
    text: str
    address: str


def suggestions(typed: str, language: str) -> list[Suggestion]:
    """Return suggestions for the typed text; topic names are in this language."""
    typed = typed[:LONGEST_TYPED].strip()
    if len(_PRINTED.findall(typed)) < (1 if re.search(f"[{HAN}]", typed) else 2):
        return []
    return [*_topics(typed, language), *_authors(typed), *_titles(typed)]


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

    Words are replaced by similar, much more frequent words of titles.
    """
    given = query.given
    changed = given
    words = (word for text in query.texts() for word in _doubtful(fold(text)))
    for word in islice(words, _MAX_CORRECTED):
        if nearest := _correction(word):
            changed = re.sub(re.escape(word), nearest, changed, flags=re.IGNORECASE)
    return changed if changed != given and _finds_something(changed) else ""


def _doubtful(text: str) -> Iterator[str]:
    """Yield the runs of Han of a text, then its other words."""
    yield from _HAN_RUN.findall(text)
    yield from words_in(_HAN_RUN.sub(" ", text))


def _correction(word: str) -> str:
    """Return a similar, more frequent title word for a word or a run of Han; empty if none."""
    if _HAN_RUN.fullmatch(word):
        return spelling.corrected(word)
    return _nearest(word, 10 * _papers_with(word))


def _finds_something(given: str) -> bool:
    query = replace(parse(given), topics=(), unwanted_topics=())
    return query.node() is not None and bool(
        search_papers(query, Paper.objects.published(), NEWEST)
    )


def _papers_with(word: str) -> int:
    """Return how many titles have the word."""
    return sum(papers for _, papers in _words_between(word, f"{word}\x01", 1, 40))


def _nearest(word: str, fewest: int) -> str:
    """Return the title word with the fewest changes from this one, at most two; empty if none.

    Only words in more than ``fewest`` titles count.
    """
    most = 1 if len(word) < 5 else 2
    candidates: dict[str, int] = {}
    for beginning in {word[:2], word[1:2] + word[:1]}:
        span = len(word) - most, len(word) + most
        candidates |= dict(_words_between(beginning, f"{beginning}\U0010ffff", *span))
    for other in _one_change(word):
        candidates |= dict(_words_between(other, f"{other}\x01", 1, 40))
    near = [
        (distance, -papers, other)
        for other, papers in candidates.items()
        if other != word and papers > fewest and (distance := changes(word, other, most)) <= most
    ]
    return min(near)[2] if near else ""


def _one_change(word: str) -> Iterable[str]:
    """Return the word without its first or second letter, which the prefix search misses."""
    if len(word) < 4 or not word.isascii():
        return ()
    return {word[:at] + word[at + 1 :] for at in range(2)}


def changes(one: str, other: str, most: int) -> int:
    """Return the edit distance of two words, or a number over ``most`` if it is larger.

    Insertions, deletions, replacements and swaps of neighbours each count one (optimal string
    alignment distance, https://en.wikipedia.org/wiki/Damerau–Levenshtein_distance).
    """
    if abs(len(one) - len(other)) > most:
        return most + 1
    before: Sequence[int] = []
    row: list[int] = list(range(len(other) + 1))
    for i, letter in enumerate(one, start=1):
        older, before, row = before, row, [i]
        for j, wanted in enumerate(other, start=1):
            cost = min(before[j] + 1, row[-1] + 1, before[j - 1] + (letter != wanted))
            if i > 1 and j > 1 and letter == other[j - 2] and one[i - 2] == wanted:
                cost = min(cost, older[j - 2] + 1)
            row.append(cost)
        if min(row) > most:
            return most + 1
    return row[-1]
