"""Parse the text of the search box. Needs no database; every input is a valid query.

    query       = item*
    item        = clause ("OR" clause)*          all items must match
    clause      = ["-"] [field ":"] (word | '"' words '"')
    field       = title | abs | author | topic | date | zh

``NOT x`` means ``-x``, and ``AND`` between clauses nothing. Full-width characters (``：“”－｜``)
mean the same. What cannot be parsed is searched as words and listed in ``Query.notes``.

arXiv ids in any spelling are taken out first and name papers. Of the pasted entry of a reference
manager the title is searched, and of a question the words that tell something.
"""

import calendar
import datetime
import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from enum import StrEnum
from functools import cached_property
from itertools import islice

from papers.glossary import Glossary
from papers.search.analyzer import phrase, query_node, simplified
from papers.search.bridge import Piece, pieces
from papers.search.pasted_text import PastedEntries, pasted_entries
from papers.search.query_nodes import Node, Without, all_of, any_of, some_of
from papers.search.stop_words import STOP_WORDS, is_question, telling_words
from papers.text.arxiv_ids import typed_arxiv_ids

# Characters. As many Chinese characters in an address fit into the line that gunicorn reads.
MAX_LENGTH = 800
MAX_CLAUSES = 32  # of a query that papers must match as a whole
MAX_READ = 120  # clauses; a query with more than MAX_CLAUSES is a pasted text

TEXT_FIELDS = {"title": "title", "abs": "abstract", "abstract": "abstract", "author": "authors"}
OTHER_FIELDS = ("topic", "date", "zh")
ZH_STATES = ("ok", "missing", "suspect")
NOT = "NOT "  # begins what was typed of a clause that is unwanted for this word

_PLAIN: dict[int, int | str] = {
    **{code + 0xFEE0: code for code in range(0x21, 0x7F)},  # full width
    **dict.fromkeys(map(ord, "“”„‟«»「」『』〝〞"), '"'),
    **dict.fromkeys(map(ord, "−–—"), "-"),
    0x3000: " ",
}
_CLAUSE = re.compile(
    r"""(?P<minus>-?)
        (?:(?P<field>title|abs|abstract|author|topic|date|zh):\s*)?
        (?:"(?P<phrase>[^"]*)(?P<closed>"?)|(?P<word>[^\s"]+))""",
    re.IGNORECASE | re.VERBOSE,
)
_FIELD_ALONE = re.compile("(?:title|abs|abstract|author|topic|date|zh):", re.IGNORECASE)
_OR = re.compile(r"OR|\|\|?|或")
_WORD = re.compile(r"\w")
_DATE = re.compile(r"([12][0-9]{3})(?:-([0-9]{1,2})(?:-([0-9]{1,2}))?)?")


class Note(StrEnum):
    """Why a part of the query was searched as words, or what it was taken for."""

    QUOTE = "quote"  # an unmatched quotation mark
    DATE = "date"
    ZH = "zh"
    TOPIC = "topic"  # no such topic
    OR = "or"  # OR with nothing beside it, or between clauses that cannot be alternatives
    EMPTY = "empty"  # a field or a minus with nothing after it
    LONG = "long"  # more than MAX_READ clauses
    NOT = "not"  # not searched as words, but read as a minus


@dataclass(frozen=True)
class Clause:
    """One word or phrase, its field, and the text as typed."""

    text: str
    field: str = ""
    quoted: bool = False
    given: str = ""


Groups = tuple[tuple[Clause, ...], ...]


@dataclass(frozen=True)
class Days:
    """A range of days, both ends included; None leaves an end open."""

    first: datetime.date | None = None
    last: datetime.date | None = None


@dataclass(frozen=True)
class Query:
    """A parsed query.

    ``groups`` must all match, each by at least one of its clauses. ``topics`` works in the same
    way, with names or slugs of topics. ``arxiv_ids`` name papers that come first;
    ``is_one_paper`` says that the query is nothing but the name of one paper. With a ``glossary``
    Chinese words without quotation marks also find the English of their terms.
    """

    given: str = ""
    groups: Groups = ()
    unwanted: tuple[Clause, ...] = ()
    topics: tuple[tuple[str, ...], ...] = ()
    unwanted_topics: tuple[str, ...] = ()
    days: tuple[Days, ...] = ()
    zh: tuple[str, ...] = ()
    notes: tuple[tuple[Note, str], ...] = ()
    arxiv_ids: tuple[str, ...] = ()
    is_one_paper: bool = False
    is_question: bool = False
    glossary: Glossary | None = field(default=None, repr=False, compare=False)

    @property
    def arxiv_id(self) -> str:
        """The id if the query is nothing but the name of one paper, else an empty string."""
        return self.arxiv_ids[0] if self.is_one_paper else ""

    @property
    def is_long(self) -> bool:
        """Whether it has too many words to ask for all of them, as a pasted text has."""
        return sum(map(len, self.groups)) + len(self.unwanted) > MAX_CLAUSES

    def node(self, whole_terms: bool = True) -> Node | None:
        """Return the node that a paper's text must match; None if the query has no words."""
        wanted_text = self._wanted(whole_terms)
        if wanted_text is None:
            return None
        unwanted = self.unwanted_node(whole_terms)
        return Without(wanted_text, unwanted) if unwanted else wanted_text

    def unwanted_node(self, whole_terms: bool = True) -> Node | None:
        """Return the node that a paper's text must not match; None if nothing is excluded."""
        nodes = [_node(clause, whole_terms, None) for clause in self.unwanted]
        return any_of([node for node in nodes if node])

    def _wanted(self, whole_terms: bool) -> Node | None:
        """Return the node of all groups; join neighbouring plain words (``fine tuning``)."""
        nodes: list[Node | None] = []
        for clauses in _runs(self.groups):
            alternatives = [_node(clause, whole_terms, self.glossary) for clause in clauses]
            nodes.append(some_of([node for node in alternatives if node]))
        return all_of([node for node in nodes if node])

    def texts(self) -> list[str]:
        """Return the searched words as typed, to mark them in results."""
        return [clause.text for group in self.groups for clause in group]

    @cached_property
    def bridged(self) -> tuple[Piece, ...]:
        """The Chinese terms that are also searched in other words, with these."""
        if not self.glossary:
            return ()
        clauses = [clause for group in self.groups for clause in group]
        texts = [one.text for one in clauses if not one.quoted and one.field != "authors"]
        found = (piece for text in texts for piece in pieces(simplified(text), self.glossary))
        return tuple(dict.fromkeys(piece for piece in found if piece.is_bridged))

    @property
    def also_searched(self) -> list[str]:
        """What the Chinese of the query is searched as, too, to tell readers."""
        return list(dict.fromkeys(word for piece in self.bridged for word in piece.other_words))

    @property
    def has_bridged_terms(self) -> bool:
        """Whether there are several terms, one of them also searched in other words."""
        return bool(self.bridged) and len(self.bridged) + len(self.groups) > 2


def _runs(groups: Groups) -> Iterator[tuple[Clause, ...]]:
    """Yield the groups, with neighbouring plain words of one field joined into one clause."""
    joined: Clause | None = None
    for group in groups:
        (first, *others) = group
        if others or first.quoted:
            if joined:
                yield (joined,)
            joined = None
            yield group
        elif joined and joined.field == first.field:
            joined = replace(joined, text=f"{joined.text} {first.text}")
        else:
            if joined:
                yield (joined,)
            joined = first
    if joined:
        yield (joined,)


def _node(clause: Clause, whole_terms: bool, glossary: Glossary | None) -> Node | None:
    if clause.quoted:
        return phrase(clause.text, clause.field)
    return query_node(clause.text, clause.field, whole_terms, glossary)


@dataclass
class _Reading:
    """State of the parser."""

    groups: list[list[Clause]] = field(default_factory=list)
    unwanted: list[Clause] = field(default_factory=list)
    topics: list[list[str]] = field(default_factory=list)
    unwanted_topics: list[str] = field(default_factory=list)
    days: list[Days] = field(default_factory=list)
    zh: list[str] = field(default_factory=list)
    notes: list[tuple[Note, str]] = field(default_factory=list)
    or_waits: bool = False
    not_waits: bool = False
    last: list | None = None  # the group that the clause after OR is added to

    def as_words(self, why: Note, given: str) -> None:
        self.notes.append((why, given))
        if text := re.sub(r'[-:"|]+', " ", given).strip():
            self.add(self.groups, Clause(text, given=given))

    def add(self, groups: list, item: Clause | str) -> None:
        """Add a new group, or after OR an alternative to the last group of the same kind."""
        if self.or_waits and self.last is not None and any(self.last is one for one in groups):
            self.last.append(item)
        else:
            if self.or_waits:
                self.notes.append((Note.OR, "OR"))
            groups.append([item])
            self.last = groups[-1]
        self.or_waits = False


def parse(given: str) -> Query:
    """Parse a query. Never fails: what cannot be parsed is searched as words."""
    given = given[:MAX_LENGTH].strip()
    plain = given.translate(_PLAIN)
    if entries := pasted_entries(plain):
        return _of_entries(given, entries)
    arxiv_ids, text = typed_arxiv_ids(plain)
    if len(arxiv_ids) == 1 and not _WORD.search(text):
        groups = ((Clause(arxiv_ids[0], given=given),),)
        return Query(given, groups, arxiv_ids=arxiv_ids, is_one_paper=True)
    return replace(_of_text(text), given=given, arxiv_ids=arxiv_ids)


def _of_entries(given: str, entries: PastedEntries) -> Query:
    """Return the query for pasted entries: their papers, and papers with one of their titles."""
    titles = tuple(Clause(title, given=title) for title in entries.titles)
    return Query(
        given,
        (titles,) if titles else (),
        arxiv_ids=entries.arxiv_ids,
        is_one_paper=len(entries.arxiv_ids) == 1 and len(titles) < 2,
    )


def _of_text(text: str) -> Query:
    reading = _Reading()
    clauses = [*islice(_CLAUSE.finditer(text), MAX_READ + 1)]
    if len(clauses) > MAX_READ:
        reading.notes.append((Note.LONG, text[clauses.pop().start() :]))
    for before, match, after in zip([None, *clauses], clauses, [*clauses[1:], None], strict=False):
        _read(match, reading, before, after)
    if reading.or_waits:
        reading.last, reading.or_waits = None, False
        reading.as_words(Note.OR, "OR")
    groups = tuple(map(tuple, reading.groups))
    asks = is_question(text)
    return Query(
        groups=_telling(groups) if asks else groups,
        unwanted=tuple(reading.unwanted),
        topics=tuple(map(tuple, reading.topics)),
        unwanted_topics=tuple(reading.unwanted_topics),
        days=tuple(reading.days),
        zh=tuple(reading.zh),
        notes=tuple(reading.notes),
        is_question=asks,
    )


def _telling(groups: Groups) -> Groups:
    """Return the groups of a question without the words that only ask."""
    kept: list[tuple[Clause, ...]] = []
    for group in groups:
        (first, *others) = group
        if others or first.quoted or first.field:
            kept.append(group)
        elif words := telling_words(first.text):
            kept.append((replace(first, text=" ".join(words)),))
    return tuple(kept) or groups


def _read(
    match: re.Match[str],
    reading: _Reading,
    before: re.Match[str] | None,
    after: re.Match[str] | None,
) -> None:
    given = match[0]
    name, unwanted = (match["field"] or "").lower(), bool(match["minus"])
    quoted = match["word"] is None
    text = match["phrase"] if quoted else match["word"]
    is_plain = not quoted and not name and not unwanted
    if quoted and not match["closed"]:
        reading.as_words(Note.QUOTE, given)
    elif is_plain and _OR.fullmatch(text):
        _read_or(text, reading)
    elif is_plain and text == "AND" and after and reading.last is not None:
        pass  # all words must match anyway
    elif is_plain and text == "NOT" and _is_operator(before, after):
        reading.not_waits = True
    elif name in OTHER_FIELDS:
        _read_constraint(name, text, unwanted, given, reading)
    elif not _WORD.search(text):
        if name:
            reading.as_words(Note.EMPTY, given)
    elif _FIELD_ALONE.fullmatch(text):
        reading.as_words(Note.EMPTY, given)
    else:
        _read_words(Clause(text, TEXT_FIELDS.get(name, ""), quoted, given), unwanted, reading)


def _is_operator(before: re.Match[str] | None, after: re.Match[str] | None) -> bool:
    """Return whether NOT between these clauses excludes, not a word as in ``Do NOT Think``."""
    if after is None or after["minus"] or (after["field"] or "").lower() in OTHER_FIELDS:
        return False
    if after["word"] is None and not after["closed"]:
        return False
    if before and before[0] != "AND" and before[0].lower() in STOP_WORDS:
        return False
    text = after["word"] or after["phrase"] or ""
    return bool(_WORD.search(text)) and text.lower() not in STOP_WORDS


def _read_words(clause: Clause, unwanted: bool, reading: _Reading) -> None:
    if reading.not_waits:
        reading.notes.append((Note.NOT, f"-{clause.given}"))
        clause = replace(clause, given=f"{NOT}{clause.given}")
    if unwanted or reading.not_waits:
        reading.unwanted.append(clause)
        reading.last, reading.or_waits, reading.not_waits = None, False, False
    else:
        reading.add(reading.groups, clause)


def _read_or(given: str, reading: _Reading) -> None:
    if reading.last is None or reading.or_waits:
        reading.as_words(Note.OR, given)
    else:
        reading.or_waits = True


def _read_constraint(name: str, text: str, unwanted: bool, given: str, reading: _Reading) -> None:
    if name == "topic":
        if not _WORD.search(text):
            reading.as_words(Note.EMPTY, given)
        elif unwanted:
            reading.unwanted_topics.append(text)
        else:
            reading.add(reading.topics, text)
        return
    days = days_of(text) if name == "date" else None
    if unwanted or reading.or_waits:
        reading.as_words(Note.DATE if name == "date" else Note.ZH, given)
    elif days:
        reading.days.append(days)
    elif name == "zh" and text.lower() in ZH_STATES:
        reading.zh.append(text.lower())
    else:
        reading.as_words(Note.DATE if name == "date" else Note.ZH, given)


def days_of(text: str) -> Days | None:
    """Parse ``2025``, ``2025-03``, ``2025-03-14`` or a range ``first..last``.

    Either end of a range may be missing. Returns None for anything else.
    """
    first, dots, last = text.partition("..")
    begins = _span(first)
    if not dots:
        return begins
    ends = _span(last)
    if (first and not begins) or (last and not ends) or not (begins or ends):
        return None
    return Days(begins.first if begins else None, ends.last if ends else None)


def _span(text: str) -> Days | None:
    match = _DATE.fullmatch(text)
    if not match:
        return None
    year, month, day = (int(part) if part else 0 for part in match.groups())
    try:
        first = datetime.date(year, month or 1, day or 1)
    except ValueError:
        return None
    if day:
        return Days(first, first)
    last_month = month or 12
    last_day = calendar.monthrange(year, last_month)[1]
    return Days(first, datetime.date(year, last_month, last_day))


def with_topics(query: Query, slugs: dict[str, str]) -> Query:
    """Return the query with its topics as slugs; unknown topics become words.

    ``slugs`` maps lower-case names and slugs to slugs.
    """
    groups, topics, notes = list(query.groups), [], list(query.notes)
    for names in query.topics:
        known = tuple(slugs[name.lower()] for name in names if name.lower() in slugs)
        if known:
            topics.append(known)
        for name in names:
            if name.lower() not in slugs:
                notes.append((Note.TOPIC, f"topic:{name}"))
                if not known:
                    groups.append((Clause(name, given=f"topic:{name}"),))
    unwanted, unwanted_topics = list(query.unwanted), []
    for name in query.unwanted_topics:
        if name.lower() in slugs:
            unwanted_topics.append(slugs[name.lower()])
        else:
            notes.append((Note.TOPIC, f"-topic:{name}"))
            unwanted.append(Clause(name, given=f"-topic:{name}"))
    return replace(
        query,
        groups=tuple(groups),
        topics=tuple(topics),
        unwanted=tuple(unwanted),
        unwanted_topics=tuple(unwanted_topics),
        notes=tuple(notes),
    )
