"""The history of a paper, prepared for display: what each version changed."""

import datetime
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from papers.models import Act, FieldLock, Paper
from papers.text.text_diff import Piece, difference

MAX_VERSIONS = 100
TEXTS = (*FieldLock.Field.values, "note_en", "note_zh")
OTHERS = ("hidden", "hidden_reason", "featured", "featured_order", "featured_until")


@dataclass(frozen=True)
class Change:
    """A field before and after; for a text, its differences."""

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
        Version(new, _act(new), list(_changes(old, new))) for new, old in pairwise(newest_first)
    ]
    if newest_first and len(newest_first) <= MAX_VERSIONS:
        versions.append(Version(newest_first[-1], _act(newest_first[-1]), []))
    return versions


def _act(record: Any) -> str:
    known = dict(Act.choices)
    return str(known.get(record.history_change_reason, record.history_change_reason))


def _changes(old: Any, new: Any) -> Iterator[Change]:
    for name in TEXTS:
        before, after = getattr(old, name), getattr(new, name)
        if before != after:
            yield Change(_label(name), pieces=difference(before, after))
    for name in OTHERS:
        before, after = getattr(old, name), getattr(new, name)
        if before != after:
            yield Change(_label(name), _said(before), _said(after))
    if set(old.locked) != set(new.locked):
        yield Change(gettext("decided"), _fields(old.locked), _fields(new.locked))
    if old.topics != new.topics:
        yield Change(gettext("topics"), _topics(old.topics), _topics(new.topics))


def _label(name: str) -> str:
    return str(Paper._meta.get_field(name).verbose_name)  # type: ignore[union-attr]


def _said(value: Any) -> str:
    if isinstance(value, bool):
        return str(_("yes") if value else _("no"))
    return "–" if value in (None, "") else str(value)


def _fields(locked: dict[str, Any]) -> str:
    known = dict(FieldLock.Field.choices)
    return ", ".join(str(known.get(name, name)) for name in locked) or "–"


def _topics(topics: dict[str, str]) -> str:
    return (
        ", ".join(f"{'+' if word == 'added' else '−'}{slug}" for slug, word in topics.items())
        or "–"
    )
