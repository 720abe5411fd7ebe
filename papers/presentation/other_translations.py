"""Other Chinese texts of a paper: sound ones that other digests gave and that are not shown."""

import datetime
from collections.abc import Collection
from dataclasses import dataclass
from typing import NamedTuple

from django.db.models import Max, Q
from django.utils import timezone

from papers.importing.reconcile import CHINESE, judged_hash
from papers.models import FieldLock, Judgement, Paper, Translation
from papers.text.bilingual import ZH, Shown
from papers.text.markup import Rendering
from papers.text.triage import triage_abstract, triage_title

MAX_OTHERS = 4  # of a title, and of an abstract


@dataclass(frozen=True)
class OtherTranslation:
    """A title or an abstract as readers may see it, its source and the newest day it was given."""

    field: str
    text: Shown
    source: str
    day: datetime.date


class _Given(NamedTuple):
    """A stored text without a fault: of a digest of this day, or of the site's own translator."""

    field: str
    text: str
    source: str
    digest_day: datetime.date | None
    translated: datetime.datetime | None

    @property
    def day(self) -> datetime.date:
        return timezone.localdate(self.translated) if self.translated else self.digest_day  # type: ignore[return-value]

    def shown_of(self, paper: Paper) -> str:
        """Return the cleaned text. That it has no fault is known, so that is not asked again."""
        if self.field == Translation.Field.TITLE:
            return triage_title(self.text, paper.title_en, paper.abstract_en).text
        return triage_abstract(self.text, paper.abstract_en).text


def other_translations(paper: Paper, fields: Collection[str]) -> list[OtherTranslation]:
    """Return the other sound translations of these fields (``title_zh``, ``abstract_zh``), titles
    first, then the newest first.

    Left out are texts with a fault, texts only of digests that are held back, those that a curator
    judged unfit, and all of a field that a curator decided.
    """
    given = _given(paper, [CHINESE[name] for name in fields])
    if not given:  # as for most papers
        return []
    decided = set(FieldLock.objects.filter(paper=paper).values_list("field", flat=True))
    unfit = Judgement.objects.filter(paper=paper, fault=Judgement.UNFIT)
    unfit_texts = set(unfit.values_list("field", "text_hash"))
    found = []
    for name, kind in CHINESE.items():
        if name not in decided:
            found += _others(paper, name, [one for one in given if one.field == kind], unfit_texts)
    return found


def _given(paper: Paper, kinds: Collection[str]) -> list[_Given]:
    """Return the texts without a fault that are not shown, the newest first."""
    newest = Max("digests__date", filter=Q(digests__held=False))
    rows = paper.translations.filter(chosen=False, field__in=kinds).annotate(newest=newest)
    rows = rows.exclude(newest=None, attempt=None)
    names = ("field", "text", "source__name", "newest", "attempt__at", "faults")
    given = [_Given(*row) for *row, faults in rows.values_list(*names) if not faults]
    return sorted(given, key=lambda one: (-one.day.toordinal(), one.source, one.text))


def _others(
    paper: Paper, name: str, given: list[_Given], unfit: Collection[tuple[str, str]]
) -> list[OtherTranslation]:
    """Return those that differ from the text shown and from each other once they are cleaned."""
    english = getattr(paper, name.replace("_zh", "_en"))
    seen = {"", getattr(paper, name)}
    others: list[OtherTranslation] = []
    for one in given:
        text = one.shown_of(paper)
        if text in seen or (one.field, judged_hash(text, english)) in unfit:
            continue
        seen.add(text)
        shown = Shown(ZH, text, rendering=Rendering(link=paper.arxiv_url))
        others.append(OtherTranslation(one.field, shown, one.source, one.day))
    return others[:MAX_OTHERS]
