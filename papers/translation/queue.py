"""The queue: which papers to translate, in which order, and what of each is wanted.

First come papers that curators asked for, then featured ones, then the newest. What readers follow
is kept in their browsers, so the server cannot put it first. Of a paper those fields are wanted
that no curator decided, and whose Chinese is missing or has a fault.
"""

import datetime
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from django.contrib.auth.base_user import AbstractBaseUser
from django.db.models import Count, Exists, OuterRef, QuerySet
from django.utils import timezone

from papers.db.bulk import chunks, in_values
from papers.models import Doubt, FieldLock, Paper, PaperQuerySet, TranslationAttempt, ZhState
from papers.translation import prompt
from papers.translation.prompt import ABSTRACT, TITLE, TITLES_A_REQUEST, Asked
from papers.translation.translator import Translator

MOST_REFUSALS = 3
"""Runs that may ask for a paper in vain, for one model and version of the prompt. Then it is asked
again only if a curator or ``--ids`` says so."""

_LOADED = 200  # papers at a time, so that the memory does not grow with the queue
_WAITING = TranslationAttempt.State.WAITING


@dataclass(frozen=True)
class Selection:
    """Which papers may be translated; the empty one means all."""

    newest: int | None = None
    since: datetime.date | None = None
    until: datetime.date | None = None
    topic: str = ""
    ids: Sequence[str] = ()
    only_waiting: bool = False
    titles_only: bool = False


def ask_again(papers: Iterable[int], by: AbstractBaseUser | None, cost: float = 0.0) -> int:
    """Put papers first in the next run, by primary key; return how many of them were not there.

    All their fields are asked for that no curator decided, also those with sound Chinese. Papers
    that are hidden or decided as a whole are left out. ``cost`` is the estimate for each paper. The
    requests of one call have the same time, by which they can be taken back together.
    """
    added, now = 0, timezone.now()
    for some in chunks(papers):
        there = TranslationAttempt.objects.filter(paper=OuterRef("pk"), state=_WAITING)
        new = (
            Paper.objects.published()
            .filter(pk__in=in_values(some))
            .exclude(Exists(there))
            .exclude(*map(_is_decided, (FieldLock.Field.TITLE_ZH, FieldLock.Field.ABSTRACT_ZH)))
        )
        rows = [
            TranslationAttempt(paper=paper, by_id=by.pk if by else None, cost=cost, at=now)
            for paper in new.only("pk")
        ]
        TranslationAttempt.objects.bulk_create(rows, ignore_conflicts=True)
        added += len(rows)
    return added


def queue(selection: Selection, translator: Translator) -> list[int]:
    """Return the primary keys of the papers that may want something, in order."""
    waiting = list(_waiting(selection).values_list("paper_id", flat=True))
    if selection.only_waiting:
        return waiting
    papers = _selected(selection)
    if not selection.ids:
        papers = papers.exclude(Exists(_given_up(translator)))
    newest = list(papers.newest_first().values_list("pk", flat=True)[: selection.newest])
    featured = set(Paper.objects.published().featured().values_list("pk", flat=True))
    first = [pk for pk in newest if pk in featured]
    return list(dict.fromkeys([*waiting, *first, *newest]))


def wanted(pks: Iterable[int], titles_only: bool = False, again: bool = False) -> Iterator[Asked]:
    """Yield those of these papers that want something now, in order, with what they want.

    With ``again`` they want what they have, too, as if a curator had asked for it.
    """
    for some in chunks(pks, _LOADED):
        yield from _wanted(some, titles_only, again)


def jobs(papers: Iterable[Asked], most: int | None = None) -> Iterator[list[Asked]]:
    """Yield the papers as requests: each paper with its abstract, or some titles together.

    ``most`` is the greatest number of papers.
    """
    titles: list[Asked] = []
    for number, paper in enumerate(papers, start=1):
        if paper.with_abstract:
            yield [paper]
        else:
            titles.append(paper)
        if len(titles) == TITLES_A_REQUEST:
            yield titles
            titles = []
        if number == most:
            break
    if titles:
        yield titles


def _is_decided(field: str) -> Exists:
    return Exists(FieldLock.objects.filter(paper=OuterRef("pk"), field=field))


def _waiting(selection: Selection) -> QuerySet[TranslationAttempt]:
    attempts = TranslationAttempt.objects.filter(state=_WAITING, paper__hidden=False)
    if selection.ids:
        attempts = attempts.filter(paper__arxiv_id__in=selection.ids)
    return attempts.order_by("at", "pk")


def _selected(selection: Selection) -> PaperQuerySet:
    papers = Paper.objects.published().filter(zh_state__in=(ZhState.MISSING, ZhState.SUSPECT))
    if selection.since:
        papers = papers.filter(first_seen__gte=selection.since)
    if selection.until:
        papers = papers.filter(first_seen__lte=selection.until)
    if selection.topic:
        papers = papers.filter(topic_links__topic__slug=selection.topic)
    if selection.ids:
        papers = papers.filter(arxiv_id__in=selection.ids)
    return papers


def _given_up(translator: Translator) -> QuerySet:
    """Return a row if the model has failed on the paper often enough."""
    refused = TranslationAttempt.objects.filter(
        paper=OuterRef("pk"),
        state=TranslationAttempt.State.REFUSED,
        run__model=translator.model,
        run__prompt=prompt.VERSION,
    )
    number = refused.order_by().values("paper").annotate(number=Count("pk"))
    return number.filter(number__gte=MOST_REFUSALS).values("paper")


def _wanted(pks: list[int], titles_only: bool, again: bool) -> Iterator[Asked]:
    texts = {pk: given for pk, *given in _texts(pks)}
    of_these = {"paper__in": in_values(pks)}
    waiting = TranslationAttempt.objects.filter(**of_these, state=_WAITING)
    asked_for = set(pks if again else waiting.values_list("paper_id", flat=True))
    locked = set(FieldLock.objects.filter(**of_these).values_list("paper_id", "field"))
    # (Doubts about the English have no source.)
    doubts = Doubt.objects.filter(**of_these, source__isnull=False)
    faulty = set(doubts.values_list("paper_id", "field"))
    for pk in filter(texts.__contains__, pks):
        arxiv_id, title, abstract, title_zh, abstract_zh = texts[pk]
        is_asked_for = pk in asked_for
        fields = {
            field
            for field, english, chinese in (
                (TITLE, title, title_zh),
                (ABSTRACT, abstract, abstract_zh),
            )
            if english
            and (pk, f"{field}_zh") not in locked
            and (not chinese or (pk, field) in faulty or is_asked_for)
            and (field == TITLE or not titles_only or is_asked_for)
        }
        if fields:
            yield Asked(pk, arxiv_id, title, abstract, frozenset(fields))


def _texts(pks: list[int]) -> Iterable[tuple]:
    papers = Paper.objects.published().filter(pk__in=in_values(pks))
    return papers.values_list(
        "pk", "arxiv_id", "title_en", "abstract_en", "title_zh", "abstract_zh"
    )
