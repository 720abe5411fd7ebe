"""Evidence: the content of digests stored unchanged, as digests, appearances and translations.

This module does not decide what readers see; ``papers.importing.reconcile`` does. Several digests
are written at once, because one statement per digest would cost more time than the rows. The result
is the same as when they are written one after the other.
"""

import datetime
import hashlib
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from functools import lru_cache
from operator import attrgetter
from typing import NamedTuple

from django.db.models import QuerySet
from django.utils import timezone

from papers.db.bulk import insert_rows, new_ids, select_rows, update_rows
from papers.digests.location import DigestKey, TopicName
from papers.digests.records import ParsedDigest, Record
from papers.glossary import shipped_glossary
from papers.glossary.strayed import strayed
from papers.importing.sources import create_source
from papers.models import Appearance, Digest, Paper, Source, Topic, Translation
from papers.text.precomputed import precomputed
from papers.text.topic_names import names_of
from papers.text.triage import Fault, Triaged, triage_abstract, triage_title

ENGLISH = ("title_en", "abstract_en", "authors_text")
TEXTS = (("title_zh", Translation.Field.TITLE), ("abstract_zh", Translation.Field.ABSTRACT))
_EXPLAIN_LOST_TERMS = {Fault.MISSING, Fault.TOO_SHORT, Fault.NOT_CHINESE, Fault.IDENTICAL}
# What identifies a digest: source name, date, topic slug. Spellings of a topic share one slug.
Name = tuple[str, datetime.date, str]


@dataclass(frozen=True)
class ParsedInput:
    """A parsed digest, with its key, its file and the hash of its content."""

    key: DigestKey
    parsed: ParsedDigest
    file: str
    content_hash: str


@dataclass(frozen=True)
class Recorded:
    """What was written: the digests' rows in the order of the input, and ids of papers.

    ``seen`` are the papers in these digests, ``created`` those that are new, by id, with all that
    was written of them. ``touched`` are all papers whose evidence changed, including papers that a
    digest no longer contains.
    """

    digests: list[Digest]
    seen: set[int]
    created: "dict[int, NewPaper]"
    touched: set[int]


class Identity(NamedTuple):
    """The unique key of a translation."""

    paper_id: int
    field: str
    text_hash: str
    source_id: int


@dataclass(frozen=True)
class KnownPaper:
    """A paper's id and its present English text."""

    pk: int
    title_en: str
    abstract_en: str
    authors_text: str


class NewPlace(NamedTuple):
    """An appearance of a new paper, with the English texts that differ from the paper's."""

    pk: int
    digest: Digest
    title_given: str | None
    abstract_given: str | None
    authors_given: str | None

    @property
    def differs(self) -> bool:
        return (self.title_given, self.abstract_given, self.authors_given) != (None, None, None)


class NewText(NamedTuple):
    """A translation of a new paper, and the digests that give it."""

    pk: int
    field: str
    text: str
    faults: tuple[str, ...]
    digests: list[Digest]


@dataclass
class NewPaper:
    """A paper that was not stored before, and all that is known about it.

    Its row is inserted when it is reconciled, once and with its final values. Only a paper about
    whose English its digests differ has a row before that: judging digests reads it.
    """

    paper: Paper
    places: list[NewPlace] = field(default_factory=list)
    texts: list[NewText] = field(default_factory=list)

    @property
    def is_disputed(self) -> bool:
        return any(place.differs for place in self.places)


@dataclass
class Writing:
    """Digests that are being written; ``reissued`` are the ids of those stored before."""

    digests: list[Digest]
    records: list[tuple[Record, ...]]  # of each digest, repeats included
    reissued: set[int]
    papers: dict[str, KnownPaper] = field(default_factory=dict)  # by arXiv id
    created: dict[int, NewPaper] = field(default_factory=dict)

    def places(self) -> Iterator[tuple[Digest, int, Record]]:
        """Yield the first record of each paper in each digest, with its position there."""
        for digest, records in zip(self.digests, self.records, strict=True):
            first: dict[str, Record] = {}
            for record in records:
                first.setdefault(record.arxiv_id, record)
            for position, record in enumerate(first.values(), start=1):
                yield digest, position, record


def record(inputs: list[ParsedInput], accept_changes: bool = False) -> Recorded:
    """Write these digests, which must all be different ones.

    A stored digest of the same source, date and topic is replaced. ``accept_changes`` lets the
    digests change the English text of papers that come from another source.
    """
    writing = _write_digests(inputs, accept_changes)
    _find_papers(writing)
    withdrawn = _write_appearances(writing)
    insert_papers([new.paper for new in writing.created.values() if new.is_disputed])
    replaced = _write_translations(writing)
    seen = {paper.pk for paper in writing.papers.values()}
    return Recorded(writing.digests, seen, writing.created, seen | withdrawn | replaced)


@precomputed
@lru_cache(maxsize=2048)  # called when a text is stored, and again when it is chosen
def triage(field: str, text: str, english_title: str, english_abstract: str) -> Triaged:
    """Return the cleaned Chinese title or abstract, and its faults."""
    if field == Translation.Field.TITLE:
        return triage_title(text, english_title, english_abstract)
    triaged = triage_abstract(text, english_abstract)
    if _EXPLAIN_LOST_TERMS.isdisjoint(triaged.faults) and strayed(
        english_abstract, triaged.text, shipped_glossary()
    ):
        return replace(triaged, faults=(*triaged.faults, Fault.STRAYED))
    return triaged


# --- Digests


def name_of(key: DigestKey) -> Name:
    return key.source, key.date, key.topic.slug


def stored_digests(names: Iterable[Name]) -> dict[Name, Digest]:
    """Return the stored digests among these, by name."""
    wanted = set(names)
    rows = Digest.objects.filter(
        source__name__in={source for source, _, _ in wanted},
        date__in={date for _, date, _ in wanted},
    )
    by_name = {
        (one.source.name, one.date, one.topic.slug): one
        for one in rows.select_related("source", "topic")
    }
    return {name: by_name[name] for name in wanted & by_name.keys()}


def _write_digests(inputs: list[ParsedInput], accept_changes: bool) -> Writing:
    sources, topics = _sources(inputs), _topics(inputs)
    stored = stored_digests(name_of(one.key) for one in inputs)
    digests = []
    for one in inputs:
        source, date, slug = name_of(one.key)
        digest = stored.get((source, date, slug)) or Digest(
            source=sources[source], date=date, topic=topics[slug]
        )
        is_same = _content(digest.content_hash) == _content(one.content_hash)
        digest.changes_accepted = accept_changes or (is_same and digest.changes_accepted)
        digest.file = one.file
        digest.content_hash = one.content_hash
        digest.record_count = len(one.parsed.records)
        digest.repeat_count = len(one.parsed.records) - len(one.parsed.distinct)
        digest.problem_count = len(one.parsed.problems)
        digests.append(digest)
    for digest in stored.values():
        digest.save()
    reissued = {digest.pk for digest in stored.values()}
    Digest.objects.bulk_create(digest for digest in digests if digest.pk is None)
    return Writing(digests, [one.parsed.records for one in inputs], reissued)


def _content(content_hash: str) -> str:
    """Return the part of the hash that depends on the content and not on the parser."""
    return content_hash.rpartition(":")[2]


def _sources(inputs: list[ParsedInput]) -> dict[str, Source]:
    """Return the sources by name; create missing ones."""
    names = list(dict.fromkeys(one.key.source for one in inputs))
    known = {source.name: source for source in Source.objects.filter(name__in=names)}
    for name in names:
        if name not in known:
            known[name] = create_source(name)
    return known


def _topics(inputs: list[ParsedInput]) -> dict[str, Topic]:
    """Return the topics by slug; create missing ones."""
    named = {one.key.topic.slug: one.key.topic for one in inputs}
    known: dict[str, Topic] = Topic.objects.in_bulk(named, field_name="slug")
    return known | {slug: _new_topic(named[slug]) for slug in named if slug not in known}


def _new_topic(named: TopicName) -> Topic:
    name_en, name_zh = names_of(named.slug)
    return Topic.objects.create(kind=named.kind, slug=named.slug, name_en=name_en, name_zh=name_zh)


# --- Papers and their places


def _find_papers(writing: Writing) -> None:
    """Find the papers' rows, and give ids to new papers.

    A new paper gets the English text of its first digest; reconciling chooses the rest later.
    """
    first: dict[str, tuple[Digest, Record]] = {}
    for digest, records in zip(writing.digests, writing.records, strict=True):
        for record in records:
            first.setdefault(record.arxiv_id, (digest, record))
    writing.papers = _known_papers(first)
    new = [given for arxiv_id, given in first.items() if arxiv_id not in writing.papers]
    for pk, (digest, record) in zip(new_ids(Paper, len(new)), new, strict=True):
        english = _english(record)
        writing.papers[record.arxiv_id] = KnownPaper(pk, *english)
        writing.created[pk] = NewPaper(
            Paper(
                id=pk,
                arxiv_id=record.arxiv_id,
                first_seen=digest.date,
                **dict(zip(ENGLISH, english, strict=True)),
            )
        )


def insert_papers(papers: list[Paper]) -> None:
    """Insert the rows of new papers."""
    names = tuple(field.attname for field in Paper._meta.concrete_fields)
    now = timezone.now()
    for paper in papers:
        paper.modified = now
    insert_rows(Paper, names, map(attrgetter(*names), papers))


def _known_papers(arxiv_ids: Iterable[str]) -> dict[str, KnownPaper]:
    """Return the stored papers, by arXiv id."""
    rows = select_rows(Paper, ("arxiv_id", "id", *ENGLISH), where="arxiv_id", values=arxiv_ids)
    return {arxiv_id: KnownPaper(*row) for arxiv_id, *row in rows}


def _english(record: Record) -> tuple[str, str, str]:
    return record.title, record.abstract, ", ".join(record.authors)


def _write_appearances(writing: Writing) -> set[int]:
    """Write the appearances; return the papers that a re-issued digest no longer contains."""
    known = _known_appearances(writing.reissued)
    fields = ("position", "withdrawn", "title_given", "abstract_given", "authors_given")
    new, kept = [], []
    for digest, position, record in writing.places():
        paper = writing.papers[record.arxiv_id]
        place = (position, False, *_given(record, paper))
        if pk := known.pop((digest.pk, paper.pk), None):
            kept.append((*place, pk))
        else:
            new.append((digest, paper.pk, *place))
    ids = new_ids(Appearance, len(new))
    for pk, (digest, paper_id, _, _, *given) in zip(ids, new, strict=True):
        if paper_id in writing.created:
            writing.created[paper_id].places.append(NewPlace(pk, digest, *given))
    insert_rows(
        Appearance,
        ("id", "digest_id", "paper_id", *fields),
        ((pk, digest.pk, *rest) for pk, (digest, *rest) in zip(ids, new, strict=True)),
    )
    update_rows(Appearance, fields, kept)
    update_rows(Appearance, ("withdrawn",), ((True, pk) for pk in known.values()))
    return {paper for _, paper in known}


def _known_appearances(digests: set[int]) -> dict[tuple[int, int], int]:
    """Return the ids of the appearances in these digests, by digest and paper."""
    rows = Appearance.objects.filter(digest__in=digests).values_list("digest_id", "paper_id", "pk")
    return {(digest, paper): pk for digest, paper, pk in rows}


def _given(record: Record, paper: KnownPaper) -> tuple[str | None, str | None, str | None]:
    """Return the record's English texts where they differ from the paper's, else None."""
    title, abstract, authors_text = _english(record)
    return (
        None if title == paper.title_en else title,
        None if abstract == paper.abstract_en else abstract,
        None if authors_text == paper.authors_text else authors_text,
    )


# --- Translations


def _write_translations(writing: Writing) -> set[int]:
    """Write the digests' Chinese texts; return the papers that lost one by a re-issue."""
    first: dict[Identity, tuple[str, Record]] = {}
    given_by: dict[Identity, list[Digest]] = defaultdict(list)
    for digest, identity, text, record in _given_translations(writing):
        first.setdefault(identity, (text, record))
        given_by[identity].append(digest)
    known = _known_translations(writing)
    new = [identity for identity in first if identity not in known]
    known |= zip(new, new_ids(Translation, len(new)), strict=True)
    texts = {
        identity: NewText(
            known[identity],
            identity.field,
            first[identity][0],
            _faults(identity, *first[identity]),
            given_by[identity],
        )
        for identity in new
    }
    insert_rows(
        Translation,
        ("id", *Identity._fields, "text", "faults", "chosen"),
        ((one.pk, *identity, one.text, one.faults, False) for identity, one in texts.items()),
    )
    for identity, one in texts.items():
        if identity.paper_id in writing.created:
            writing.created[identity.paper_id].texts.append(one)
    wanted = {(one.pk, known[identity]) for identity, some in given_by.items() for one in some}
    return _link_translations(writing.reissued, wanted)


def _given_translations(writing: Writing) -> Iterator[tuple[Digest, Identity, str, Record]]:
    for digest, records in zip(writing.digests, writing.records, strict=True):
        for record in records:
            paper = writing.papers[record.arxiv_id].pk
            for name, kind in TEXTS:
                if text := getattr(record, name):
                    text_hash = hashlib.sha256(text.encode()).hexdigest()
                    identity = Identity(paper, str(kind), text_hash, digest.source_id)
                    yield digest, identity, text, record


def _faults(identity: Identity, text: str, record: Record) -> tuple[str, ...]:
    faults = triage(identity.field, text, record.title, record.abstract).faults
    return tuple(str(fault) for fault in faults)


def _known_translations(writing: Writing) -> dict[Identity, int]:
    """Return the ids of the papers' stored translations, from all sources."""
    older = {paper.pk for paper in writing.papers.values()} - writing.created.keys()
    rows = select_rows(Translation, (*Identity._fields, "id"), where="paper_id", values=older)
    return {Identity(*identity): pk for *identity, pk in rows}


def _link_translations(reissued: set[int], wanted: set[tuple[int, int]]) -> set[int]:
    """Store the links between digests and translations, as pairs of ids in ``wanted``.

    Return the papers of the links that a re-issued digest lost.
    """
    linked = {
        (digest, translation): paper
        for digest, translation, paper in _links()
        .filter(digest__in=reissued)
        .values_list("digest_id", "translation_id", "translation__paper_id")
    }
    insert_rows(
        Translation.digests.through,
        ("digest_id", "translation_id"),
        sorted(wanted - linked.keys()),
    )
    lost = linked.keys() - wanted
    for digest in {digest for digest, _ in lost}:
        gone = [translation for of, translation in lost if of == digest]
        _links().filter(digest=digest, translation__in=gone).delete()
    return {linked[link] for link in lost}


def _links() -> QuerySet:
    return Translation.digests.through.objects.all()
