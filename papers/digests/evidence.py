"""What a digest says, kept as it said it: digests, appearances and translations as rows.

Nothing here decides what readers see; ``papers.digests.settling`` does.
"""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass

from django.utils import timezone
from django.utils.text import slugify

from papers.categories import names_of
from papers.digests.bulk import chunks, insert_rows, update_rows
from papers.digests.location import DigestKey, TopicName
from papers.digests.records import ParsedDigest, Record
from papers.digests.triage import Triaged, triage_abstract, triage_title
from papers.models import Appearance, Digest, Paper, Source, Topic, Translation

ENGLISH = ("title_en", "abstract_en", "authors_text")
TEXTS = (("title_zh", Translation.Field.TITLE), ("abstract_zh", Translation.Field.ABSTRACT))
# What makes a translation the same translation within one source: paper, field, hash of the text.
Identity = tuple[int, str, str]


@dataclass(frozen=True)
class Recorded:
    """The digest, the arXiv ids of new papers, and the ids of all rows whose evidence changed."""

    digest: Digest
    created: set[str]
    touched: set[int]


@dataclass(frozen=True)
class KnownPaper:
    """A paper's row, and what it says in English at present."""

    pk: int
    title_en: str
    abstract_en: str
    authors_text: str


def record(key: DigestKey, parsed: ParsedDigest, file: str, content_hash: str) -> Recorded:
    """Writes one digest; a digest of the same source, date and topic is replaced by it."""
    digest = _digest(key, parsed, file, content_hash)
    records = parsed.distinct
    known = _known_papers(records)
    new = [record for record in records if record.arxiv_id not in known]
    _insert_papers(new, digest)
    papers = known | _known_papers(new)
    withdrawn = _write_appearances(digest, records, papers)
    replaced = _write_translations(digest, parsed.records, papers)
    created = {record.arxiv_id for record in new}
    return Recorded(digest, created, {paper.pk for paper in papers.values()} | withdrawn | replaced)


def triage(field: str, text: str, english_title: str, english_abstract: str) -> Triaged:
    """A Chinese title or abstract without what is not the translation, and its faults."""
    if field == Translation.Field.TITLE:
        return triage_title(text, english_title)
    return triage_abstract(text, english_abstract)


def _digest(key: DigestKey, parsed: ParsedDigest, file: str, content_hash: str) -> Digest:
    source, topic = _source(key.source), _topic(key.topic)
    same = Digest.objects.filter(source=source, date=key.date, topic=topic)
    digest = same.first() or Digest(source=source, date=key.date, topic=topic)
    digest.file = file
    digest.content_hash = content_hash
    digest.record_count = len(parsed.records)
    digest.repeat_count = len(parsed.records) - len(parsed.distinct)
    digest.problem_count = len(parsed.problems)
    digest.save()
    return digest


def _source(name: str) -> Source:
    if source := Source.objects.filter(name=name).first():
        return source
    return Source.objects.create(name=name, slug=_source_slug(name))


def _source_slug(name: str) -> str:
    """``daily`` for itself; for ``Daily`` with six characters of a hash, as both may be there."""
    slug = slugify(name, allow_unicode=True)[:100]
    return slug if slug == name else f"{slug}-{hashlib.sha256(name.encode()).hexdigest()[:6]}"


def _topic(named: TopicName) -> Topic:
    if topic := Topic.objects.filter(slug=named.slug).first():
        return topic
    name_en, name_zh = names_of(named.slug)
    return Topic.objects.create(kind=named.kind, slug=named.slug, name_en=name_en, name_zh=name_zh)


def _known_papers(records: Iterable[Record]) -> dict[str, KnownPaper]:
    """The papers of these records that have a row, by arXiv id."""
    known: dict[str, KnownPaper] = {}
    for ids in chunks(record.arxiv_id for record in records):
        rows = Paper.objects.filter(arxiv_id__in=ids).values_list("arxiv_id", "pk", *ENGLISH)
        known |= {arxiv_id: KnownPaper(*row) for arxiv_id, *row in rows}
    return known


def _insert_papers(records: list[Record], digest: Digest) -> None:
    """Rows for new papers, with the English of this digest; the rest is settled later."""
    empty = Paper(first_seen=digest.date, modified=timezone.now())
    values = {field.attname: getattr(empty, field.attname) for field in Paper._meta.concrete_fields}
    del values["id"]
    rows = [
        values
        | {
            "arxiv_id": record.arxiv_id,
            "title_en": record.title,
            "abstract_en": record.abstract,
            "authors_text": ", ".join(record.authors),
        }
        for record in records
    ]
    insert_rows(Paper, tuple(values), (tuple(row.values()) for row in rows))


def _write_appearances(
    digest: Digest, records: list[Record], papers: dict[str, KnownPaper]
) -> set[int]:
    """Writes the papers' places in the digest; returns the papers that it no longer holds."""
    known = dict(digest.appearances.values_list("paper_id", "pk"))
    fields = ("position", "withdrawn", "title_given", "abstract_given", "authors_given")
    new, kept = [], []
    for position, record in enumerate(records, start=1):
        paper = papers[record.arxiv_id]
        place = (position, False, *_given(record, paper))
        if pk := known.pop(paper.pk, None):
            kept.append((*place, pk))
        else:
            new.append((digest.pk, paper.pk, *place))
    insert_rows(Appearance, ("digest_id", "paper_id", *fields), new)
    update_rows(Appearance, fields, kept)
    update_rows(Appearance, ("withdrawn",), ((True, pk) for pk in known.values()))
    return set(known)


def _given(record: Record, paper: KnownPaper) -> tuple[str | None, str | None, str | None]:
    """What the record says in English where the paper says something else, else null."""
    authors_text = ", ".join(record.authors)
    return (
        None if record.title == paper.title_en else record.title,
        None if record.abstract == paper.abstract_en else record.abstract,
        None if authors_text == paper.authors_text else authors_text,
    )


def _write_translations(
    digest: Digest, records: tuple[Record, ...], papers: dict[str, KnownPaper]
) -> set[int]:
    """Writes the digest's Chinese texts; returns the papers that lost one to a re-issue."""
    given = _given_translations(records, papers)
    known = _known_translations(digest, papers)
    new = [identity for identity in given if identity not in known]
    insert_rows(
        Translation,
        ("paper_id", "field", "text_hash", "source_id", "text", "faults", "chosen"),
        ((*identity, digest.source_id, *given[identity], False) for identity in new),
    )
    if new:
        known = _known_translations(digest, papers)
    return _link_translations(digest, {known[identity] for identity in given})


def _given_translations(
    records: tuple[Record, ...], papers: dict[str, KnownPaper]
) -> dict[Identity, tuple[str, list[str]]]:
    """The texts that the records give with their faults, by what makes them the same."""
    given: dict[Identity, tuple[str, list[str]]] = {}
    for record in records:
        for name, field in TEXTS:
            if text := getattr(record, name):
                identity = (
                    papers[record.arxiv_id].pk,
                    field,
                    hashlib.sha256(text.encode()).hexdigest(),
                )
                if identity not in given:
                    faults = triage(field, text, record.title, record.abstract).faults
                    given[identity] = text, list(faults)
    return given


def _known_translations(digest: Digest, papers: dict[str, KnownPaper]) -> dict[Identity, int]:
    known: dict[Identity, int] = {}
    for ids in chunks(paper.pk for paper in papers.values()):
        rows = Translation.objects.filter(paper__in=ids)
        for paper, field, text_hash, source, pk in rows.values_list(
            "paper_id", "field", "text_hash", "source_id", "pk"
        ):
            # Sorted out here: asked for in the query, it tempts SQLite to read a whole source.
            if source == digest.source_id:
                known[paper, field, text_hash] = pk
    return known


def _link_translations(digest: Digest, wanted: set[int]) -> set[int]:
    """Notes that this digest gives these translations; returns the papers that lost one."""
    links = Translation.digests.through
    linked = dict(
        links.objects.filter(digest=digest).values_list("translation_id", "translation__paper_id")
    )
    insert_rows(
        links,
        ("digest_id", "translation_id"),
        ((digest.pk, pk) for pk in sorted(wanted - linked.keys())),
    )
    lost = linked.keys() - wanted
    links.objects.filter(digest=digest, translation__in=lost).delete()
    return {linked[pk] for pk in lost}
