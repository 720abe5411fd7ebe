"""Texts on the workbench: as readers see them, and as each source printed them."""

from collections.abc import Mapping
from copy import copy
from dataclasses import dataclass
from typing import Any

from django.db.models import Max
from django.forms import BoundField

from papers.admin.decision_forms import TextsForm
from papers.importing.card_data import rendered
from papers.importing.evidence import triage
from papers.importing.reconcile import CHINESE
from papers.models import Doubt, FieldLock, Judgement, Paper, Translation
from papers.presentation.fault_labels import FAULTS
from papers.text import markup
from papers.text.bilingual import DEFAULT, EN, HTML_LANG, ZH, Reading, Shown
from papers.text.text_diff import Piece, difference, marked

GROUPS = {"title": ("title_en", "title_zh"), "abstract": ("abstract_en", "abstract_zh")}
MAX_CANDIDATES = 9  # as many as there are number keys


@dataclass(frozen=True)
class CandidateText:
    """A translation from one source.

    It holds its faults, its differences from the text shown to readers, and whether it is used.
    """

    translation: Translation
    newest: Any
    faults: list[str]
    given: list[Piece]
    beside_shown: list[Piece]
    is_shown: bool


@dataclass(frozen=True)
class TextField:
    """One text of the paper with its form field, its lock and, for Chinese, its candidates."""

    name: str
    editor: BoundField
    seen: str
    lock: FieldLock | None
    candidates: list[CandidateText]

    @property
    def html_lang(self) -> str:
        return HTML_LANG[ZH if self.name in CHINESE else EN]


@dataclass(frozen=True)
class TextGroup:
    """The title or the abstract in both languages; folded if it is not what is in doubt."""

    kind: str
    label: str
    fields: list[TextField]
    is_open: bool

    @property
    def shown(self) -> str:
        return self.fields[-1].seen or self.fields[0].seen


def groups_of(paper: Paper, texts: TextsForm, doubts: list[Doubt]) -> list[TextGroup]:
    """Return title and abstract, the one in doubt first; all open where neither is."""
    locks = {lock.field: lock for lock in paper.locks.select_related("by", "translation__source")}
    given = _candidates(paper)
    doubtful = {doubt.field for doubt in doubts} & GROUPS.keys() or GROUPS.keys()
    groups = []
    for kind, names in GROUPS.items():
        fields = [
            TextField(
                name,
                texts[name],
                texts.data.get(f"seen_{name}", getattr(paper, name)),
                locks.get(name),
                given.get(CHINESE.get(name, ""), []),
            )
            for name in names
        ]
        is_open = kind in doubtful or bool({*names} & {*texts.errors, *texts.unsaved})
        groups.append(TextGroup(kind, str(Doubt.Field(kind).label), fields, is_open))
    return sorted(groups, key=lambda one: one.kind not in doubtful)


def doubts_of(paper: Paper) -> list[Doubt]:
    return list(paper.doubts.select_related("source").order_by("-field", "fault"))


def judgements_of(paper: Paper) -> list[Judgement]:
    return list(paper.judgements.select_related("by").order_by("-field", "fault"))


def _candidates(paper: Paper) -> dict[str, list[CandidateText]]:
    """Return the candidates by field: those shown to readers first, then the newest."""
    rows = paper.translations.select_related("source").annotate(newest=Max("digests__date"))
    found: dict[str, list[CandidateText]] = {}
    for row in sorted(rows, key=lambda one: (not one.chosen, -_day(one), one.pk)):
        of_field = found.setdefault(row.field, [])
        if len(of_field) < MAX_CANDIDATES:
            of_field.append(_candidate(paper, row))
    return found


def _day(row: Any) -> int:
    return row.newest.toordinal() if row.newest else 0


def _candidate(paper: Paper, row: Any) -> CandidateText:
    name = next(name for name, kind in CHINESE.items() if kind == row.field)
    cleaned = triage(row.field, row.text, paper.title_en, paper.abstract_en).text
    english = paper.title_en if row.field == Translation.Field.TITLE else paper.abstract_en
    shown = getattr(paper, name)
    return CandidateText(
        translation=row,
        newest=row.newest,
        faults=[str(FAULTS.get(fault, fault)) for fault in row.faults],
        given=marked(row.text, cleaned, english),
        beside_shown=[] if cleaned == shown else difference(shown, cleaned),
        is_shown=bool(shown) and cleaned == shown,
    )


@dataclass(frozen=True)
class Preview:
    """The paper in both languages, as its page shows it."""

    paper: Paper
    abstracts: list[Shown]
    reading: Reading = DEFAULT

    @property
    def pairs(self) -> list:
        """Return the paragraphs side by side; empty unless both languages exist."""
        if len(self.abstracts) != 2:
            return []
        return markup.pairs(*(shown.paragraphs for shown in self.abstracts))


def preview_of(paper: Paper, texts: Mapping[str, str] | None = None) -> Preview:
    """Return the preview of the paper, using ``texts`` instead of its own. Write nothing."""
    shown = copy(paper)
    for name, text in (texts or {}).items():
        setattr(shown, name, text)
    shown.card = {**paper.card, **rendered(shown)}
    return Preview(shown, DEFAULT.abstracts(shown.abstract))
