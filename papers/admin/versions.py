"""The history of a paper, prepared for display: what each version changed."""

import datetime
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from papers.curation.history import PARTS
from papers.models import Act, Doubt, FieldLock, Paper
from papers.presentation.fault_labels import FAULTS
from papers.text.text_diff import Piece, difference

MAX_VERSIONS = 100
TEXTS = (*FieldLock.Field.values, "note_en", "note_zh")
_OPEN = "open"  # a field without a lock; a lock without a translation is None


@dataclass(frozen=True)
class Change:
    """A field before and after; for a text, its differences.

    ``part`` is what can be restored by itself (``papers.curation.history.PARTS``).
    """

    part: str
    label: str
    before: str = ""
    after: str = ""
    pieces: list[Piece] = field(default_factory=list)


@dataclass(frozen=True)
class Version:
    """A saved version of the paper, with its changes from the version before."""

    record: Any
    act: str
    changes: list[Change]

    @property
    def at(self) -> datetime.datetime:
        return self.record.history_date


def versions_of(paper: Paper) -> list[Version]:
    """Return the latest hundred versions, newest first."""
    records = paper.history.select_related("history_user").order_by("-history_id")
    newest_first = [*records[: MAX_VERSIONS + 1]]
    versions = [
        Version(new, _act(new), list(changes(old, new))) for new, old in pairwise(newest_first)
    ]
    if newest_first and len(newest_first) <= MAX_VERSIONS:
        versions.append(Version(newest_first[-1], _act(newest_first[-1]), []))
    return versions


def _act(record: Any) -> str:
    known = dict(Act.choices)
    return str(known.get(record.history_change_reason, record.history_change_reason))


def changes(old: Any, new: Any) -> Iterator[Change]:
    """Yield what differs between two versions of a paper, or a version and its present state."""
    for name in TEXTS:
        before, after = getattr(old, name), getattr(new, name)
        if before != after:
            yield Change(name, _label(name), pieces=difference(before, after))
        elif old.locked.get(name, _OPEN) != new.locked.get(name, _OPEN):
            yield Change(name, _label(name), _lock(old, name), _lock(new, name))
    for part in ("hidden", "featured"):
        for name in PARTS[part]:
            before, after = getattr(old, name), getattr(new, name)
            if before != after:
                yield Change(part, _label(name), _said(before), _said(after))
    if old.topics != new.topics:
        yield Change("topics", gettext("topics"), _topics(old.topics), _topics(new.topics))
    if old.judged != new.judged:
        yield Change("judged", gettext("judgements"), _judged(old.judged), _judged(new.judged))


def _label(name: str) -> str:
    return str(Paper._meta.get_field(name).verbose_name)  # type: ignore[union-attr]


def _said(value: Any) -> str:
    if isinstance(value, bool):
        return str(_("yes") if value else _("no"))
    return "–" if value in (None, "") else str(value)


def _lock(record: Any, name: str) -> str:
    if name not in record.locked:
        return gettext("as in the digests")
    return gettext("decided") if record.locked[name] is None else gettext("chosen")


def _judged(judged: list[list[str]]) -> str:
    return ", ".join(_judgement(field, fault) for field, fault, _ in judged) or "–"


def _judgement(field: str, fault: str) -> str:
    named = FAULTS.get(fault, fault) if fault else gettext("unfit to be shown")
    return f"{Doubt.Field(field).label}: {named}"


def _topics(topics: dict[str, str]) -> str:
    return (
        ", ".join(f"{'+' if word == 'added' else '−'}{slug}" for slug, word in topics.items())
        or "–"
    )
