"""Remedies for many papers at once: what each would do, and doing it to the chosen ones.

The texts are mended by ``papers.text.remedies``. Only the newest doubts are looked at, so a page of
proposals costs the same however many there are.
"""

from collections.abc import Collection, Iterator
from dataclasses import dataclass

from django.db.models import QuerySet

from papers.curation.decision import Curator, decision
from papers.curation.judgements import write_unfit
from papers.curation.texts import lock_text
from papers.importing.reconcile import judged_hash
from papers.models import Act, Doubt, Paper
from papers.text import remedies
from papers.text.triage import Fault

LOOKED_AT = 2_000  # doubts
PROPOSED = 100  # papers on one page
_NAMES = {"title": ("title_zh", "title_en"), "abstract": ("abstract_zh", "abstract_en")}


@dataclass(frozen=True)
class Remedy:
    """A remedy for the texts of one field with one fault; for all in doubt where they are empty.

    ``unfit`` mends nothing: readers are not shown the text any more.
    """

    name: str
    field: str = ""
    fault: str = ""

    def after(self, text: str, english: str) -> str:
        if self.name == "unfit":
            return "" if remedies.stands_for_a_title(text) else text
        return remedies.REMEDIES[self.name](text, english)

    def doubts(self) -> QuerySet[Doubt]:
        doubts = Doubt.objects.filter(source__isnull=False, paper__hidden=False)
        narrow = {"field": self.field, "fault": self.fault}
        doubts = doubts.exclude(effect=Doubt.Effect.NOTHING).filter(
            **{name: value for name, value in narrow.items() if value}
        )
        return doubts.order_by("-day", "-paper_id")


REMEDIES = {
    one.name: one
    for one in (
        Remedy("fill", "abstract", Fault.PLACEHOLDER),
        Remedy("drop", "abstract", Fault.PLACEHOLDER),
        Remedy("marks"),
        Remedy("unfit", "abstract", Fault.TOO_SHORT),
    )
}


@dataclass(frozen=True)
class Proposal:
    """What a remedy would make of one text. ``key`` names the paper, its field and the text."""

    paper: Paper
    field: str
    before: str
    after: str
    english: str

    @property
    def key(self) -> str:
        return f"{self.paper.pk}:{self.field}:{judged_hash(self.before, self.english)[:16]}"


def proposals(remedy: Remedy, most: int = PROPOSED) -> list[Proposal]:
    """Return what the remedy would change, of the newest papers."""
    found: dict[tuple[int, str], Proposal] = {}
    doubts = remedy.doubts().select_related("paper").defer("paper__card")[:LOOKED_AT]
    for doubt in doubts.iterator(chunk_size=200):
        if proposal := _proposal(remedy, doubt.paper, doubt.field):
            found.setdefault((doubt.paper_id, doubt.field), proposal)
        if len(found) == most:
            break
    return list(found.values())


def apply_remedy(remedy: Remedy, keys: Collection[str], by: Curator, batch: str) -> int:
    """Apply the remedy to the texts with these keys; return how many were as they were proposed."""
    named = (key.partition(":")[0] for key in keys)
    ids = {int(pk) for pk in named if pk.isdecimal() and len(pk) < 19}
    papers = Paper.objects.filter(pk__in=ids)
    act = Act.REJECT if remedy.name == "unfit" else Act.REMEDY
    with decision(papers.only("pk"), act, by, batch) as held:
        chosen = [one for one in _again(remedy, held) if one.key in keys]
        if remedy.name == "unfit":
            write_unfit([(one.paper, one.field) for one in chosen], by)
        else:
            for one in chosen:
                lock_text(one.paper.pk, _NAMES[one.field][0], one.after, by)
    return len(chosen)


def _again(remedy: Remedy, ids: Collection[int]) -> Iterator[Proposal]:
    fields = [remedy.field] if remedy.field else _NAMES
    for paper in Paper.objects.filter(pk__in=ids).defer("card"):
        for field in fields:
            if proposal := _proposal(remedy, paper, field):
                yield proposal


def _proposal(remedy: Remedy, paper: Paper, field: str) -> Proposal | None:
    if field not in _NAMES:
        return None
    before, english = (getattr(paper, name) for name in _NAMES[field])
    after = remedy.after(before, english)
    return None if after == before else Proposal(paper, field, before, after, english)
