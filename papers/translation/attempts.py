"""Store what came of papers: accepted texts as evidence, and an attempt for each paper.

Texts go through the same door as those of digests: they are rows of ``Translation``, of a source of
their own, and ``papers.importing.reconcile`` decides what readers see. So locks, ranks, cards, the
search index, pages and feeds follow.
"""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone

from papers.db.bulk import in_values
from papers.importing import source_ranks
from papers.importing.reconcile import reconcile
from papers.models import Paper, Source, Translation, TranslationAttempt, TranslationRun
from papers.text.slug import slugify
from papers.translation.asking import Answered, Outcome
from papers.translation.prompt import ABSTRACT, TITLE
from papers.translation.translator import Translator

_ACCEPTED, _REFUSED = TranslationAttempt.State.ACCEPTED, TranslationAttempt.State.REFUSED
_COUNTED = (
    *("papers", "titles", "abstracts", "refused"),
    *("tokens_in", "tokens_out", "guessed_in", "guessed_out", "cost"),
)

FIRST, LAST = 0, 1_000
"""Ranks of a translator's source: before publishers, which have 100, or behind them."""


@dataclass(frozen=True)
class Stored:
    """What was stored: papers with an accepted text, their titles and abstracts, and the outcomes
    of refused papers."""

    papers: int
    titles: int
    abstracts: int
    refused: Sequence[Outcome]


@transaction.atomic
def store(run: TranslationRun, answered: Iterable[Answered], translator: Translator) -> Stored:
    """Store these answers in one transaction, with what they cost.

    A paper that is gone, or has another English text than was translated, is left.
    """
    answers = list(answered)
    outcomes = _still_true([one for answer in answers for one in answer.outcomes])
    attempts = _write_attempts(run, outcomes, _costs(answers, translator))
    accepted = [one for one in outcomes if one.is_accepted]
    if accepted:
        _write_texts(source_of(translator), accepted, attempts)
        reconcile(one.paper.pk for one in accepted)
    stored = Stored(
        papers=len(accepted),
        titles=sum(TITLE in one.texts for one in accepted),
        abstracts=sum(ABSTRACT in one.texts for one in accepted),
        refused=[one for one in outcomes if not one.is_accepted],
    )
    _count(run, answers, stored, translator)
    return stored


def source_of(translator: Translator) -> Source:
    """Return the source of the model's texts; create it if it is new."""
    name = f"translator:{translator.model}"
    digest = hashlib.sha256(name.encode()).hexdigest()[:6]
    source, _ = Source.objects.get_or_create(
        model=translator.model,
        defaults={
            "name": name,
            "slug": f"{slugify(name)[:100]}-{digest}",
            "rank": FIRST if translator.first else LAST,
        },
    )
    return source


@transaction.atomic
def rank_as_set(translator: Translator) -> None:
    """Give the source the rank that the settings say, unless somebody gave it one of its own."""
    source = Source.objects.filter(model=translator.model).first()
    rank = FIRST if translator.first else LAST
    if source and source.rank in {FIRST, LAST} - {rank}:
        source_ranks.rank_source(source, rank)


def _still_true(outcomes: Sequence[Outcome]) -> list[Outcome]:
    """Return the outcomes of the papers that still have the English that was translated.

    Lock the rows, so that no import changes them before they are reconciled.
    """
    pks = in_values(one.paper.pk for one in outcomes)
    papers = Paper.objects.select_for_update().filter(pk__in=pks).order_by("pk")
    english = {pk: texts for pk, *texts in papers.values_list("pk", "title_en", "abstract_en")}
    return [
        one
        for one in outcomes
        if english.get(one.paper.pk) == [one.paper.title, one.paper.abstract]
    ]


def _costs(answers: Sequence[Answered], translator: Translator) -> dict[int, float]:
    """Return what each paper cost: those of one job share its cost."""
    return {
        one.paper.pk: translator.cost(*answer.used) / len(answer.outcomes)
        for answer in answers
        for one in answer.outcomes
    }


def _write_attempts(
    run: TranslationRun, outcomes: Sequence[Outcome], costs: Mapping[int, float]
) -> dict[int, TranslationAttempt]:
    """Write an attempt for each outcome; one that a curator asked for becomes it."""
    waiting = list(
        TranslationAttempt.objects.filter(
            paper__in=in_values(one.paper.pk for one in outcomes),
            state=TranslationAttempt.State.WAITING,
        )
    )
    attempts = {attempt.paper_id: attempt for attempt in waiting}
    now = timezone.now()
    for one in outcomes:
        attempt = attempts.setdefault(one.paper.pk, TranslationAttempt(paper_id=one.paper.pk))
        attempt.run, attempt.at, attempt.tries = run, now, one.tries
        attempt.cost = costs[one.paper.pk]
        attempt.state = _ACCEPTED if one.is_accepted else _REFUSED
        attempt.fields = ",".join(sorted(one.paper.wanted, reverse=True))
        attempt.reasons, attempt.answer = list(one.reasons), one.answer
    TranslationAttempt.objects.bulk_create(one for one in attempts.values() if one.pk is None)
    for attempt in waiting:
        attempt.save()
    return attempts


def _write_texts(
    source: Source, accepted: Sequence[Outcome], attempts: Mapping[int, TranslationAttempt]
) -> None:
    """Write the texts; earlier ones of the same source and field become history.

    One that a curator picked stays, as it is shown.
    """
    by_paper = {one.paper.pk: one.texts for one in accepted}
    earlier = Translation.objects.filter(
        source=source, paper__in=in_values(by_paper), attempt__isnull=False, picks=None
    )
    replaced = [
        pk
        for pk, paper, field in earlier.values_list("pk", "paper_id", "field")
        if field in by_paper[paper]
    ]
    if replaced:
        Translation.objects.filter(pk__in=replaced).update(attempt=None)
    Translation.objects.bulk_create(
        (
            Translation(
                paper_id=paper,
                source=source,
                field=field,
                text=text,
                text_hash=hashlib.sha256(text.encode()).hexdigest(),
                attempt=attempts[paper],
            )
            for paper, texts in by_paper.items()
            for field, text in texts.items()
        ),
        update_conflicts=True,
        unique_fields=("paper", "field", "source", "text_hash"),
        update_fields=("attempt",),
    )


def _count(
    run: TranslationRun, answers: Sequence[Answered], stored: Stored, translator: Translator
) -> None:
    """Add to the counts of the run, so that they are right whenever it ends."""
    run.papers += stored.papers
    run.titles += stored.titles
    run.abstracts += stored.abstracts
    run.refused += len(stored.refused)
    for answer in answers:
        run.tokens_in += round(answer.used.sent)
        run.tokens_out += round(answer.used.received)
        run.guessed_in += round(answer.guessed.sent)
        run.guessed_out += round(answer.guessed.received)
    run.cost = translator.cost(run.tokens_in, run.tokens_out)
    run.save(update_fields=_COUNTED)
