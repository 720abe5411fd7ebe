"""Judgements of texts: what triage found is no fault, or a text is not fit to be shown.

A judgement is bound to the text and its English. It locks nothing: another text of the digests
takes the place of the one that was judged, and is in doubt by its own faults.
"""

from collections.abc import Iterable

from django.db.models import QuerySet

from papers.curation.decision import Curator, decision
from papers.importing.reconcile import judged_hash
from papers.models import Act, Doubt, Judgement, Paper

_ENGLISH = {
    Doubt.Field.TITLE: "title_en",
    Doubt.Field.ABSTRACT: "abstract_en",
    Doubt.Field.AUTHORS: "authors_text",
}
_CHINESE = {Doubt.Field.TITLE: "title_zh", Doubt.Field.ABSTRACT: "abstract_zh"}


class NothingToJudge(Exception):
    """None of these papers has a text that readers see and that is in doubt."""


def doubts_to_judge(papers: Iterable[int], field: str = "", fault: str = "") -> QuerySet[Doubt]:
    """Return the doubts about texts that are shown, of this field and fault if they are named."""
    narrow = {"field": field, "fault": fault}
    doubts = Doubt.objects.filter(paper__in=papers).exclude(effect=Doubt.Effect.NOTHING)
    return doubts.filter(**{name: value for name, value in narrow.items() if value})


def judge_fine(
    papers: Iterable[Paper], by: Curator, batch: str = "", field: str = "", fault: str = ""
) -> None:
    """Judge that the texts in doubt are fine; only those of ``field`` and ``fault`` if named.

    Raise NothingToJudge if none of them is shown to readers.
    """
    with decision(papers, Act.JUDGE, by, batch) as ids:
        doubts = list(doubts_to_judge(ids, field, fault).select_related("paper"))
        if not doubts:
            raise NothingToJudge
        _write(((one.paper, one.field, one.fault, _hash_of(one)) for one in doubts), by)


def reject_text(papers: Iterable[Paper], field: str, by: Curator, batch: str = "") -> None:
    """Judge the Chinese text that is shown of this field unfit; another one may take its place.

    It stays hidden while it and its English are the same, and the translator may replace it.
    """
    with decision(papers, Act.REJECT, by, batch) as ids:
        shown = Paper.objects.filter(pk__in=ids).exclude(**{_CHINESE[Doubt.Field(field)]: ""})
        write_unfit([(one, field) for one in shown], by)


def write_unfit(texts: Iterable[tuple[Paper, str]], by: Curator) -> None:
    """Write that these papers' Chinese title or abstract is unfit. The caller reconciles."""
    _write(((one, field, Judgement.UNFIT, _chinese_hash(one, field)) for one, field in texts), by)


def ask_again(
    papers: Iterable[Paper], by: Curator, batch: str = "", field: str = "", fault: str | None = None
) -> None:
    """Take judgements back, all of them or those of ``field`` and ``fault``."""
    with decision(papers, Act.ASK_AGAIN, by, batch) as ids:
        judgements = Judgement.objects.filter(paper__in=ids)
        if field:
            judgements = judgements.filter(field=field)
        if fault is not None:
            judgements = judgements.filter(fault=fault)
        judgements.delete()


def _hash_of(doubt: Doubt) -> str:
    if doubt.source_id is None:
        return judged_hash(getattr(doubt.paper, _ENGLISH[Doubt.Field(doubt.field)]))
    return _chinese_hash(doubt.paper, doubt.field)


def _chinese_hash(paper: Paper, field: str) -> str:
    names = _CHINESE[Doubt.Field(field)], _ENGLISH[Doubt.Field(field)]
    return judged_hash(*(getattr(paper, name) for name in names))


def _write(judged: Iterable[tuple[Paper, str, str, str]], by: Curator) -> None:
    rows = (
        Judgement(paper=paper, field=field, fault=fault, text_hash=text_hash, by_id=by.pk)
        for paper, field, fault, text_hash in judged
    )
    Judgement.objects.bulk_create(rows, ignore_conflicts=True)
