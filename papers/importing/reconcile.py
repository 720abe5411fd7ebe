"""Reconciling: derive what readers see from the evidence and from curators' decisions.

``reconcile`` derives everything shown of a paper (texts, first day, authors, topics, card) from its
appearances, its translations and curators' decisions. The result depends on what was imported and
decided, and not on the order. A field that a curator locked is not changed.
"""

import datetime
import hashlib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import partial
from itertools import groupby
from operator import attrgetter
from typing import NamedTuple, TypeVar

from django.db.models import Max
from django.utils import timezone

from papers.db import data_version
from papers.db.bulk import chunks, in_values, insert_rows, update_rows
from papers.glossary.term_weeks import CountedPaper, count_changes
from papers.importing.authorships import write_authorships
from papers.importing.card_data import DigestRef, Machine, stored_card
from papers.importing.evidence import insert_papers, triage
from papers.importing.overrides import decided_topics
from papers.importing.topic_links import write_topic_links
from papers.lists import counts
from papers.models import Appearance, Doubt, FieldLock, Judgement, Paper, Translation, ZhState
from papers.related.stored import compare_again
from papers.search.indexer import index_papers
from papers.text.english_side import odd_names, oddities
from papers.text.triage import Fault, words_left


class Reason(NamedTuple):
    """Why a text is in doubt; ``source_id`` is None if there is no text, or if it is English."""

    field: str
    fault: str
    source_id: int | None
    effect: str


def write_doubts(wanted: Mapping[int, set[Reason]], days: Mapping[int, datetime.date]) -> None:
    """Write the doubts about these papers, by paper id, where they changed.

    ``days`` are the papers' first days.
    """
    names = ("paper_id", *Reason._fields, "day")
    rows = Doubt.objects.filter(paper__in=in_values(wanted))
    known = {tuple(row): pk for pk, *row in rows.values_list("pk", *names)}
    given = {
        (paper, *reason, days[paper]) for paper, reasons in wanted.items() for reason in reasons
    }
    if stale := [pk for row, pk in known.items() if row not in given]:
        Doubt.objects.filter(pk__in=stale).delete()
    insert_rows(Doubt, names, sorted(given - known.keys(), key=repr))


def judged_hash(text: str, english: str = "") -> str:
    """Return what binds a judgement to a text; of a Chinese one, to its English too."""
    return hashlib.sha256(f"{english}\0{text}".encode()).hexdigest()


@dataclass(frozen=True)
class Candidate:
    """One text that a source gave for a field.

    ``day`` is the newest day on which the source gave it, ``rank`` the rank of the source: the
    lowest comes first.
    """

    text: str
    day: datetime.date
    source: str
    rank: int
    fault_count: int


T = TypeVar("T", bound=Candidate)
_merit = attrgetter("fault_count", "rank")


def choose(
    candidates: Iterable[T], cleaned: Callable[[T], str] = attrgetter("text"), english: str = ""
) -> T | None:
    """The candidate with the fewest faults, then the lowest rank of its source, then the fewest
    words of ``english`` left in its ``cleaned`` text, then the newest, then by source and text;
    one of which cleaning leaves nothing comes after all others. None of none.

    Only texts between which faults and rank do not decide are cleaned and have their words counted.
    """
    ranked = sorted(candidates, key=_merit)
    if len(ranked) < 2:
        return ranked[0] if ranked else None
    for _, equals in groupby(ranked, key=_merit):
        if shown := [(one, text) for one in equals if (text := cleaned(one))]:
            return _best_read(shown, english)
    return min(ranked, key=lambda one: (_merit(one), _order(one)))


def _best_read(shown: list[tuple[T, str]], english: str) -> T:
    if len(shown) > 1 and english:
        left = [words_left(text, english) for _, text in shown]
        fewest = min(left)
        shown = [pair for pair, number in zip(shown, left, strict=True) if number == fewest]
    return min((one for one, _ in shown), key=_order)


def _order(one: Candidate) -> tuple[int, str, str]:
    return -one.day.toordinal(), one.source, one.text


# The English fields of a paper, and the fields of an appearance with a different text.
ENGLISH = {
    "title_en": "title_given",
    "abstract_en": "abstract_given",
    "authors_text": "authors_given",
}
CHINESE = {"title_zh": Translation.Field.TITLE, "abstract_zh": Translation.Field.ABSTRACT}
DERIVED = (*ENGLISH, *CHINESE, "zh_state", "first_seen", "card")


class Seen(NamedTuple):
    """An appearance, with the values of its digest that reconciling needs."""

    pk: int
    day: datetime.date
    source: str
    rank: int
    held: bool
    topic_id: int
    topic_slug: str
    withdrawn: bool
    title_given: str | None
    abstract_given: str | None
    authors_given: str | None


@dataclass(frozen=True)
class TranslationCandidate(Candidate):
    """A translation that at least one digest still gives, or the site's own translator.

    ``model`` is the translator's model; empty for a publisher's text.
    """

    pk: int
    field: str
    source_id: int
    faults: tuple[str, ...]
    model: str


@dataclass
class Evidence:
    """Everything known about one paper, and what was chosen from it.

    ``chosen`` are the ids of the translations to show, ``marked`` those marked as chosen before.
    With ``is_new`` the paper has no row yet.
    """

    paper: Paper
    seen: list[Seen] = field(default_factory=list)
    translations: list[TranslationCandidate] = field(default_factory=list)
    locked: dict[str, int | None] = field(default_factory=dict)  # translation id, if one was picked
    judged: set[tuple[str, str, str]] = field(default_factory=set)  # field, fault, hash of the text
    doubts: set[Reason] = field(default_factory=set)
    chosen: set[int] = field(default_factory=set)
    marked: set[int] = field(default_factory=set)
    is_new: bool = False

    @property
    def standing(self) -> list[Seen]:
        """The appearances not withdrawn; all of them if every one is withdrawn."""
        return [one for one in self.seen if not one.withdrawn] or self.seen

    @property
    def trusted(self) -> list[Seen]:
        """The standing appearances of digests not held back; all of them if there are no others."""
        return [one for one in self.standing if not one.held] or self.standing

    def english_of(self, kind: str) -> str:
        """Return the English title or abstract."""
        is_title = kind == Translation.Field.TITLE
        return self.paper.title_en if is_title else self.paper.abstract_en

    def is_unfit(self, kind: str, text: str) -> bool:
        """Return whether a curator judged this cleaned text unfit to be shown."""
        if not self.judged:  # as nearly always
            return False
        return (kind, Judgement.UNFIT, judged_hash(text, self.english_of(kind))) in self.judged


def reconcile(paper_ids: Iterable[int], known: Mapping[int, Evidence] | None = None) -> set[int]:
    """Derive these papers again; return the ids of those that changed for readers.

    Call it inside the transaction that wrote the evidence or the decision. ``known`` is the
    evidence of papers that this transaction created; that of all others is read.
    """
    paper_ids = sorted(paper_ids)
    changed: set[int] = set()
    days: set[datetime.date | None] = set()
    for chunk in chunks(paper_ids):
        changed |= _reconcile_chunk(_gather(chunk, known or {}), days)
    index_papers(paper_ids)  # all papers: texts that are not shown are searched, too
    if changed or days:
        data_version.mark_data_changed()
        counts.recount(day for day in days if day)
    return changed


def _reconcile_chunk(gathered: dict[int, Evidence], days: set[datetime.date | None]) -> set[int]:
    """Reconcile one chunk; return the ids of the changed papers.

    Add to ``days`` the days whose lists gained or lost one of the papers.
    """
    before = {pk: _shown(evidence.paper) for pk, evidence in gathered.items()}
    first_days = {pk: evidence.paper.first_seen for pk, evidence in gathered.items()}
    counted = {pk: _counted(evidence.paper) for pk, evidence in gathered.items()}
    for evidence in gathered.values():
        if not _all_agree(evidence):
            _choose_english(evidence)
            _find_faults_again(evidence)
        _choose_chinese(evidence)
        evidence.paper.first_seen = min(one.day for one in evidence.seen)
    _mark_chosen(gathered)
    write_doubts(
        {pk: evidence.doubts | _english_doubts(evidence) for pk, evidence in gathered.items()},
        {pk: evidence.paper.first_seen for pk, evidence in gathered.items()},
    )
    papers = [evidence.paper for evidence in gathered.values()]
    _count_terms(counted, papers)
    _note_reworded(counted, papers)
    authors = write_authorships(papers)
    topics = write_topic_links(papers, decided_topics(_topics_of(gathered)), days)
    for pk, evidence in gathered.items():
        evidence.paper.card = stored_card(
            evidence.paper, authors[pk], topics[pk], _places(evidence), _machine(evidence)
        )
        moved = {first_days[pk], evidence.paper.first_seen}
        if len(moved) > 1 or not topics[pk]:  # write_topic_links may have missed one of them
            days |= moved
    changed = {pk for pk, evidence in gathered.items() if before[pk] != _shown(evidence.paper)}
    _write_papers([gathered[pk] for pk in sorted(changed)])
    return changed


def _write_papers(changed: list[Evidence]) -> None:
    insert_papers([evidence.paper for evidence in changed if evidence.is_new])
    now = timezone.now()
    stored = (evidence.paper for evidence in changed if not evidence.is_new)
    rows = ((*_shown(paper), now, paper.pk) for paper in stored)
    update_rows(Paper, (*DERIVED, "modified"), rows)


def _counted(paper: Paper) -> CountedPaper | None:
    """Return what the paper was counted with; None if it was not counted, because it is new."""
    if not paper.card:
        return None
    return CountedPaper(paper.first_seen, paper.title_en, paper.abstract_en)


def _count_terms(before: Mapping[int, CountedPaper | None], papers: list[Paper]) -> None:
    after = {
        paper.pk: CountedPaper(paper.first_seen, paper.title_en, paper.abstract_en)
        for paper in papers
    }
    changed = [pk for pk, counted in after.items() if counted != before[pk]]
    count_changes(filter(None, (before[pk] for pk in changed)), (after[pk] for pk in changed))


def _note_reworded(before: Mapping[int, CountedPaper | None], papers: list[Paper]) -> None:
    reworded = [
        paper.pk
        for paper in papers
        if (known := before[paper.pk])
        and (known.title, known.abstract) != (paper.title_en, paper.abstract_en)
    ]
    if reworded:
        compare_again(reworded)


_shown = attrgetter(*DERIVED)


def _gather(paper_ids: list[int], known: Mapping[int, Evidence]) -> dict[int, Evidence]:
    """Return the evidence of these papers, in the order of their ids."""
    stored = [pk for pk in paper_ids if pk not in known]
    gathered = _stored(stored) if stored else {}
    gathered |= {pk: known[pk] for pk in paper_ids if pk in known}
    return {pk: gathered[pk] for pk in sorted(gathered)}


def _stored(paper_ids: list[int]) -> dict[int, Evidence]:
    # Lock the rows so that a curator's edit cannot come between reading and writing.
    papers = Paper.objects.select_for_update().filter(pk__in=in_values(paper_ids)).order_by("pk")
    gathered = {paper.pk: Evidence(paper) for paper in papers}
    for pk, *seen in Appearance.objects.filter(paper__in=in_values(paper_ids)).values_list(
        "paper_id",
        "pk",
        "digest__date",
        "digest__source__name",
        "digest__source__rank",
        "digest__held",
        "digest__topic_id",
        "digest__topic__slug",
        "withdrawn",
        *ENGLISH.values(),
    ):
        gathered[pk].seen.append(Seen(*seen))
    _gather_translations(gathered)
    locks = FieldLock.objects.filter(paper__in=in_values(paper_ids))
    for pk, name, picked in locks.values_list("paper_id", "field", "translation_id"):
        gathered[pk].locked[name] = picked
    judgements = Judgement.objects.filter(paper__in=in_values(paper_ids))
    for pk, name, fault, key in judgements.values_list("paper_id", "field", "fault", "text_hash"):
        gathered[pk].judged.add((name, fault, key))
    return gathered


def _gather_translations(gathered: dict[int, Evidence]) -> None:
    """Add the translations that a digest still gives, each with the newest day of such a digest,
    and those of the site's own translator."""
    links = Translation.digests.through.objects.filter(translation__paper__in=in_values(gathered))
    if disputed := with_held(gathered):
        links = links.exclude(translation__paper__in=in_values(disputed), digest__held=True)
    newest = dict(links.values_list("translation_id").annotate(Max("digest__date")))
    rows = Translation.objects.filter(paper__in=in_values(gathered)).values_list(
        *("paper_id", "pk", "source_id", "source__name", "source__rank", "source__model"),
        *("field", "text", "faults", "chosen", "attempt__at"),
    )
    for paper, pk, source_id, source, rank, model, kind, text, faults, chosen, at in rows:
        if chosen:
            gathered[paper].marked.add(pk)
        if day := timezone.localdate(at) if at else newest.get(pk):
            gathered[paper].translations.append(
                TranslationCandidate(
                    text,
                    day,
                    source,
                    rank,
                    len(faults),
                    pk,
                    kind,
                    source_id,
                    tuple(faults),
                    model,
                )
            )


def with_held(gathered: Mapping[int, Evidence]) -> list[int]:
    """Return the papers that occur both in a digest held back and in another one."""
    return [
        pk
        for pk, evidence in gathered.items()
        if any(one.held for one in evidence.seen) and not all(one.held for one in evidence.trusted)
    ]


def _choose_english(evidence: Evidence) -> None:
    """Choose the English texts; store each different text with its appearance."""
    for name, given_name in ENGLISH.items():
        if name in evidence.locked or _agree(evidence, given_name):
            continue
        old = getattr(evidence.paper, name)
        given = {one.pk: _given_text(one, given_name, old) for one in evidence.seen}
        chosen = choose(
            Candidate(given[one.pk], one.day, one.source, one.rank, fault_count=0)
            for one in evidence.trusted
        )
        text = chosen.text if chosen else old
        setattr(evidence.paper, name, text)
        update_rows(
            Appearance,
            (given_name,),
            ((None if given[one.pk] == text else given[one.pk], one.pk) for one in evidence.seen),
        )


def _all_agree(evidence: Evidence) -> bool:
    """Return whether every appearance has the paper's English texts, as nearly all have."""
    return all(_agree(evidence, given_name) for given_name in ENGLISH.values())


def _agree(evidence: Evidence, given_name: str) -> bool:
    return all(getattr(one, given_name) is None for one in evidence.seen)


def _find_faults_again(evidence: Evidence) -> None:
    """Find the faults of all translations again, including old ones.

    Each was compared with the English of its own digest, and the paper may now show another English
    text.
    """
    paper = evidence.paper
    faults = {
        pk: list(triage(kind, text, paper.title_en, paper.abstract_en).faults)
        for pk, kind, text in paper.translations.values_list("pk", "field", "text")
    }
    evidence.translations = [
        replace(one, fault_count=len(faults[one.pk]), faults=tuple(faults[one.pk]))
        for one in evidence.translations
    ]
    update_rows(Translation, ("faults",), ((named, pk) for pk, named in faults.items()))


def _english_doubts(evidence: Evidence) -> set[Reason]:
    """Return the oddities of the English, for curators; they do not make the Chinese suspect."""
    paper = evidence.paper
    found = {Doubt.Field.AUTHORS: (paper.authors_text, odd_names(paper.authors_text))}
    for name, kind in (("title_en", Doubt.Field.TITLE), ("abstract_en", Doubt.Field.ABSTRACT)):
        if name not in evidence.locked:
            found[kind] = getattr(paper, name), oddities(getattr(paper, name))
    return {
        Reason(str(kind), str(oddity), None, str(Doubt.Effect.SHOWN))
        for kind, (text, odd) in found.items()
        for oddity in odd
        if (kind, oddity, judged_hash(text)) not in evidence.judged
    }


def _given_text(seen: Seen, given_name: str, current: str) -> str:
    given = getattr(seen, given_name)
    return current if given is None else given


def _choose_chinese(evidence: Evidence) -> None:
    """Choose the Chinese title and abstract separately, and set the state of the Chinese."""
    paper = evidence.paper
    rejected: set[str] = set()
    for name, kind in CHINESE.items():
        if name in evidence.locked:
            if picked := evidence.locked[name]:
                evidence.chosen.add(picked)
            continue
        candidates = [one for one in evidence.translations if one.field == kind]
        chosen = choose(candidates, partial(_readable, evidence), evidence.english_of(kind))
        text = _readable(evidence, chosen) if chosen else ""
        setattr(paper, name, text)
        if chosen and (text or not _is_rejected(evidence, chosen)):
            evidence.chosen.add(chosen.pk)
            evidence.doubts |= _chinese_doubts(evidence, chosen, text)
        elif chosen:
            rejected.add(name)
    paper.zh_state = _zh_state(paper, faulty=bool(evidence.doubts))
    if paper.zh_state == ZhState.SUSPECT:
        evidence.doubts |= {
            Reason(kind, Fault.MISSING, None, Doubt.Effect.NOTHING)
            for name, kind in CHINESE.items()
            if name not in evidence.locked.keys() | rejected and not getattr(paper, name)
        }


def _chinese_doubts(evidence: Evidence, chosen: TranslationCandidate, text: str) -> set[Reason]:
    """Return what is in doubt of this translation, of which readers see ``text``."""
    if not chosen.faults:
        return set()
    paper, kind = evidence.paper, chosen.field
    left = triage(kind, text, paper.title_en, paper.abstract_en).faults if text else ()
    judged = judged_hash(text, evidence.english_of(kind))
    return {
        Reason(kind, fault, chosen.source_id, _effect(text, fault in left))
        for fault in chosen.faults
        if (kind, fault, judged) not in evidence.judged
    }


def _effect(text: str, is_left: bool) -> Doubt.Effect:
    if not text:
        return Doubt.Effect.NOTHING
    return Doubt.Effect.SHOWN if is_left else Doubt.Effect.REPAIRED


def _readable(evidence: Evidence, translation: TranslationCandidate) -> str:
    """Return the cleaned text; empty if a curator judged it unfit to be shown."""
    text = _cleaned(evidence.paper, translation)
    return "" if evidence.is_unfit(translation.field, text) else text


def _is_rejected(evidence: Evidence, translation: TranslationCandidate) -> bool:
    return evidence.is_unfit(translation.field, _cleaned(evidence.paper, translation))


def _cleaned(paper: Paper, translation: TranslationCandidate) -> str:
    field, text = translation.field, translation.text
    return triage(field, text, paper.title_en, paper.abstract_en).text


def _zh_state(paper: Paper, faulty: bool) -> ZhState:
    if not (paper.title_zh or paper.abstract_zh):
        return ZhState.MISSING
    if faulty or not (paper.title_zh and paper.abstract_zh):
        return ZhState.SUSPECT
    return ZhState.OK


def _mark_chosen(gathered: dict[int, Evidence]) -> None:
    wanted = {pk for evidence in gathered.values() for pk in evidence.chosen}
    marked = {pk for evidence in gathered.values() for pk in evidence.marked}
    update_rows(Translation, ("chosen",), ((False, pk) for pk in marked - wanted))
    update_rows(Translation, ("chosen",), ((True, pk) for pk in wanted - marked))


def _topics_of(gathered: dict[int, Evidence]) -> dict[int, dict[int, str]]:
    """Return the topics from each paper's digests: by paper id, slugs by topic id."""
    return {
        pk: {one.topic_id: one.topic_slug for one in evidence.seen if not one.withdrawn}
        for pk, evidence in gathered.items()
    }


def _places(evidence: Evidence) -> list[DigestRef]:
    return [DigestRef(one.day, one.source, one.topic_slug) for one in evidence.standing]


def _machine(evidence: Evidence) -> Machine:
    """Return the model and the day of each shown text of the site's own translator, by field."""
    return {
        one.field: [one.model, one.day.isoformat()]
        for one in evidence.translations
        if one.model and one.pk in evidence.chosen
    }
