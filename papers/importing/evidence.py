"""What digests say, kept as they said it: digests, appearances and translations as rows.

Nothing here decides what readers see; ``papers.importing.reconcile`` does. Several digests are
written at once, for a statement for each of them would cost more than its rows do; the result is
the same as of one after the other.
"""

import datetime
import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from typing import NamedTuple

from django.db.models import QuerySet
from django.utils import timezone

from papers.db.bulk import insert_rows, new_ids, select_rows, update_rows
from papers.digests.location import DigestKey, TopicName
from papers.digests.records import ParsedDigest, Record
from papers.models import Appearance, Digest, Paper, Source, Topic, Translation
from papers.text.precomputed import precomputed
from papers.text.slug import slugify
from papers.text.topic_names import names_of
from papers.text.triage import Triaged, triage_abstract, triage_title

ENGLISH = ("title_en", "abstract_en", "authors_text")
TEXTS = (("title_zh", Translation.Field.TITLE), ("abstract_zh", Translation.Field.ABSTRACT))
# A digest by the names of its source and topic: two spellings of a topic are one.
Name = tuple[str, datetime.date, str]


@dataclass(frozen=True)
class ParsedInput:
    """A digest as it was read: which it is, what it holds, and of what file."""

    key: DigestKey
    parsed: ParsedDigest
    file: str
    content_hash: str


@dataclass(frozen=True)
class Recorded:
    """What was written: the digests' rows, in the order of what was said, and ids of papers.

    ``touched`` are all papers whose evidence changed, those too that a digest no longer holds.
    """

    digests: list[Digest]
    seen: set[int]
    created: set[int]
    touched: set[int]


class Identity(NamedTuple):
    """What makes a translation the same translation."""

    paper_id: int
    field: str
    text_hash: str
    source_id: int


@dataclass(frozen=True)
class KnownPaper:
    """A paper's row, and what it says in English at present."""

    pk: int
    title_en: str
    abstract_en: str
    authors_text: str


@dataclass
class Writing:
    """Digests on their way into the database; ``reissued`` are those that were there before."""

    digests: list[Digest]
    records: list[tuple[Record, ...]]  # of each digest, repeats included
    reissued: set[int]
    papers: dict[str, KnownPaper] = field(default_factory=dict)  # by arXiv id
    created: set[int] = field(default_factory=set)

    def places(self) -> Iterator[tuple[Digest, int, Record]]:
        """The first record of each paper in each digest, with its position there."""
        for digest, records in zip(self.digests, self.records, strict=True):
            first: dict[str, Record] = {}
            for record in records:
                first.setdefault(record.arxiv_id, record)
            for position, record in enumerate(first.values(), start=1):
                yield digest, position, record


def record(said: list[ParsedInput], accept_changes: bool = False) -> Recorded:
    """Writes these digests, no two of which are the same one. A digest of the same source, date
    and topic that is there already is replaced."""
    writing = _write_digests(said, accept_changes)
    _write_papers(writing)
    withdrawn = _write_appearances(writing)
    replaced = _write_translations(writing)
    seen = {paper.pk for paper in writing.papers.values()}
    return Recorded(writing.digests, seen, writing.created, seen | withdrawn | replaced)


@precomputed
@lru_cache(maxsize=2048)  # a text is judged when it comes, and cleaned when it is chosen
def triage(field: str, text: str, english_title: str, english_abstract: str) -> Triaged:
    """A Chinese title or abstract without what is not the translation, and its faults."""
    if field == Translation.Field.TITLE:
        return triage_title(text, english_title, english_abstract)
    return triage_abstract(text, english_abstract)


# --- Digests


def name_of(key: DigestKey) -> Name:
    return key.source, key.date, key.topic.slug


def stored_digests(names: Iterable[Name]) -> dict[Name, Digest]:
    """Those of these digests that are in the database."""
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


def _write_digests(said: list[ParsedInput], accept_changes: bool) -> Writing:
    sources, topics = _sources(said), _topics(said)
    stored = stored_digests(name_of(one.key) for one in said)
    digests = []
    for one in said:
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
    return Writing(digests, [one.parsed.records for one in said], reissued)


def _content(content_hash: str) -> str:
    """What of the hash is the content's, whatever parser read it."""
    return content_hash.rpartition(":")[2]


def _sources(said: list[ParsedInput]) -> dict[str, Source]:
    """The sources by name; makes those that are new."""
    names = list(dict.fromkeys(one.key.source for one in said))
    known = {source.name: source for source in Source.objects.filter(name__in=names)}
    for name in names:
        if name not in known:
            known[name] = Source.objects.create(name=name, slug=_source_slug(name))
    return known


def _source_slug(name: str) -> str:
    """``daily`` for itself; for ``Daily`` with six characters of a hash, as both may be there."""
    slug = slugify(name)[:100]
    return slug if slug == name else f"{slug}-{hashlib.sha256(name.encode()).hexdigest()[:6]}"


def _topics(said: list[ParsedInput]) -> dict[str, Topic]:
    """The topics by slug; makes those that are new."""
    named = {one.key.topic.slug: one.key.topic for one in said}
    known: dict[str, Topic] = Topic.objects.in_bulk(named, field_name="slug")
    return known | {slug: _new_topic(named[slug]) for slug in named if slug not in known}


def _new_topic(named: TopicName) -> Topic:
    name_en, name_zh = names_of(named.slug)
    return Topic.objects.create(kind=named.kind, slug=named.slug, name_en=name_en, name_zh=name_zh)


# --- Papers and their places


def _write_papers(writing: Writing) -> None:
    """Finds the papers' rows. New ones get the English of the digest that comes first, the rest is
    settled later."""
    first: dict[str, tuple[Digest, Record]] = {}
    for digest, records in zip(writing.digests, writing.records, strict=True):
        for record in records:
            first.setdefault(record.arxiv_id, (digest, record))
    writing.papers = _known_papers(first)
    new = [given for arxiv_id, given in first.items() if arxiv_id not in writing.papers]
    for pk, (_, record) in zip(new_ids(Paper, len(new)), new, strict=True):
        writing.papers[record.arxiv_id] = KnownPaper(pk, *_english(record))
        writing.created.add(pk)
    _insert_papers(new, writing.papers)


def _known_papers(arxiv_ids: Iterable[str]) -> dict[str, KnownPaper]:
    """The papers that have a row, by arXiv id."""
    rows = select_rows(Paper, ("arxiv_id", "id", *ENGLISH), where="arxiv_id", values=arxiv_ids)
    return {arxiv_id: KnownPaper(*row) for arxiv_id, *row in rows}


def _english(record: Record) -> tuple[str, str, str]:
    return record.title, record.abstract, ", ".join(record.authors)


def _insert_papers(new: list[tuple[Digest, Record]], papers: dict[str, KnownPaper]) -> None:
    empty = Paper(modified=timezone.now())
    values = {field.attname: getattr(empty, field.attname) for field in Paper._meta.concrete_fields}
    rows = [
        values
        | {"id": papers[record.arxiv_id].pk, "arxiv_id": record.arxiv_id, "first_seen": digest.date}
        | dict(zip(ENGLISH, _english(record), strict=True))
        for digest, record in new
    ]
    insert_rows(Paper, tuple(values), (tuple(row.values()) for row in rows))


def _write_appearances(writing: Writing) -> set[int]:
    """Writes the papers' places in the digests; returns the papers that one no longer holds."""
    known = _known_appearances(writing.reissued)
    fields = ("position", "withdrawn", "title_given", "abstract_given", "authors_given")
    new, kept = [], []
    for digest, position, record in writing.places():
        paper = writing.papers[record.arxiv_id]
        place = (position, False, *_given(record, paper))
        if pk := known.pop((digest.pk, paper.pk), None):
            kept.append((*place, pk))
        else:
            new.append((digest.pk, paper.pk, *place))
    insert_rows(Appearance, ("digest_id", "paper_id", *fields), new)
    update_rows(Appearance, fields, kept)
    update_rows(Appearance, ("withdrawn",), ((True, pk) for pk in known.values()))
    return {paper for _, paper in known}


def _known_appearances(digests: set[int]) -> dict[tuple[int, int], int]:
    """The ids of the appearances in these digests, by digest and paper."""
    rows = Appearance.objects.filter(digest__in=digests).values_list("digest_id", "paper_id", "pk")
    return {(digest, paper): pk for digest, paper, pk in rows}


def _given(record: Record, paper: KnownPaper) -> tuple[str | None, str | None, str | None]:
    """What the record says in English where the paper says something else, else null."""
    title, abstract, authors_text = _english(record)
    return (
        None if title == paper.title_en else title,
        None if abstract == paper.abstract_en else abstract,
        None if authors_text == paper.authors_text else authors_text,
    )


# --- Translations


def _write_translations(writing: Writing) -> set[int]:
    """Writes the digests' Chinese texts; returns the papers that lost one to a re-issue."""
    first: dict[Identity, tuple[str, Record]] = {}
    given_by: dict[tuple[int, Identity], None] = {}
    for digest, identity, text, record in _given_translations(writing):
        first.setdefault(identity, (text, record))
        given_by[digest.pk, identity] = None
    known = _known_translations(writing)
    new = [identity for identity in first if identity not in known]
    known |= zip(new, new_ids(Translation, len(new)), strict=True)
    insert_rows(
        Translation,
        ("id", *Identity._fields, "text", "faults", "chosen"),
        (
            (
                known[identity],
                *identity,
                first[identity][0],
                _faults(identity, *first[identity]),
                False,
            )
            for identity in new
        ),
    )
    return _link_translations(
        writing.reissued, {(digest, known[identity]) for digest, identity in given_by}
    )


def _given_translations(writing: Writing) -> Iterator[tuple[Digest, Identity, str, Record]]:
    for digest, records in zip(writing.digests, writing.records, strict=True):
        for record in records:
            paper = writing.papers[record.arxiv_id].pk
            for name, kind in TEXTS:
                if text := getattr(record, name):
                    text_hash = hashlib.sha256(text.encode()).hexdigest()
                    identity = Identity(paper, str(kind), text_hash, digest.source_id)
                    yield digest, identity, text, record


def _faults(identity: Identity, text: str, record: Record) -> list[str]:
    return list(triage(identity.field, text, record.title, record.abstract).faults)


def _known_translations(writing: Writing) -> dict[Identity, int]:
    """The texts that the papers have already, of whatever source, with their ids."""
    older = {paper.pk for paper in writing.papers.values()} - writing.created
    rows = select_rows(Translation, (*Identity._fields, "id"), where="paper_id", values=older)
    return {Identity(*identity): pk for *identity, pk in rows}


def _link_translations(reissued: set[int], wanted: set[tuple[int, int]]) -> set[int]:
    """Notes which digest (id) gives which translation (id); returns the papers of those that a
    digest gives no more."""
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
