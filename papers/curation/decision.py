"""Context of every decision about papers: lock, decide, reconcile, keep a version."""

import secrets
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from django.contrib.auth.models import AnonymousUser, User
from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from papers.db import data_version
from papers.importing.reconcile import reconcile
from papers.models import (
    Act,
    FieldLock,
    Judgement,
    Paper,
    PaperTopic,
    RisingTerm,
    Source,
    Term,
    Topic,
    TopicRemoval,
)

Curator = User | AnonymousUser
ADDED, REMOVED = "added", "removed"
INTERACTIVE_LIMIT = 5_000  # papers; reconciling them takes some seconds
# Set by imports, or by a merge, which is a separate decision.
_NOT_EDITED = frozenset({"id", "kind", "slug", "name", "merged_into_id"})


class TooMany(Exception):
    """The decision concerns too many papers to reconcile within a request."""


@dataclass
class State:
    """A version of a paper: tracked fields, locked fields, decided topics and judgements.

    ``locked`` maps a field to the id of the translation picked, or None; ``topics`` maps a slug to
    ``"added"`` or ``"removed"``; of each judgement ``judged`` has field, fault and text hash.
    """

    fields: dict[str, Any]
    locked: dict[str, int | None]
    topics: dict[str, str]
    judged: list[list[str]]

    @classmethod
    def of_record(cls, record: Any) -> "State":
        fields = {field.attname: getattr(record, field.attname) for field in _tracked()}
        return cls(fields, record.locked, record.topics, record.judged)


def batch_name() -> str:
    """Return a random name for one action on several papers, to undo it by."""
    return secrets.token_hex(8)


@contextmanager
def decision(
    papers: Iterable[Paper], act: Act, by: Curator, batch: str = ""
) -> Iterator[list[int]]:
    """Run the block in one transaction with these papers locked, then reconcile them.

    Wait for an import that has locked one of the papers. Yield the ids of the papers that still
    exist. Afterwards keep a version of each paper that changed, and the version before it if that
    is not stored.
    """
    with transaction.atomic():
        held = Paper.objects.select_for_update().filter(pk__in=[paper.pk for paper in papers])
        ids = list(held.order_by("pk").values_list("pk", flat=True))
        before = states(ids)
        yield ids
        reconcile(ids)
        after = states(ids)
        changed = [pk for pk in ids if after[pk] != before[pk]]
        Paper.objects.filter(pk__in=changed).update(modified=timezone.now())
        _keep_versions(changed, before, after, act, by, batch)
        if changed:
            data_version.mark_data_changed()


def states(ids: Iterable[int]) -> dict[int, State]:
    """Return the present state of the papers, by id."""
    rows = Paper.objects.filter(pk__in=ids).values(*(field.attname for field in _tracked()))
    found = {row["id"]: State(row, {}, {}, []) for row in rows}
    locks = FieldLock.objects.filter(paper__in=found).order_by("field")
    for pk, name, picked in locks.values_list("paper_id", "field", "translation_id"):
        found[pk].locked[name] = picked
    judgements = Judgement.objects.filter(paper__in=found).order_by("field", "fault", "text_hash")
    for pk, *judged in judgements.values_list("paper_id", "field", "fault", "text_hash"):
        found[pk].judged.append(judged)
    added = PaperTopic.objects.filter(paper__in=found, origin=PaperTopic.Origin.CURATOR)
    for links, word in ((added, ADDED), (TopicRemoval.objects.filter(paper__in=found), REMOVED)):
        for pk, slug in links.order_by("topic__slug").values_list("paper_id", "topic__slug"):
            found[pk].topics[slug] = word
    return found


def _tracked() -> list:
    return Paper.history.model.tracked_fields


def _keep_versions(
    ids: list[int],
    before: dict[int, State],
    after: dict[int, State],
    act: Act,
    by: Curator,
    batch: str,
) -> None:
    known = {pk: State.of_record(record) for pk, record in newest_versions(ids).items()}
    now = timezone.now()
    missing = [
        _version(before[pk], Act.BEFORE, None, "", now) for pk in ids if known.get(pk) != before[pk]
    ]
    decided = [_version(after[pk], act, by.pk, batch, now) for pk in ids]
    Paper.history.model.objects.bulk_create([*missing, *decided])


def newest_versions(ids: Iterable[int]) -> dict[int, Any]:
    """Return the newest stored version of each paper that has one, by paper id."""
    kept = Paper.history.filter(id__in=ids).order_by()
    newest = kept.values("id").annotate(newest=Max("history_id")).values("newest")
    return {record.id: record for record in Paper.history.filter(history_id__in=newest)}


def version_before(record: Any) -> Any | None:
    earlier = Paper.history.filter(id=record.id, history_id__lt=record.history_id)
    return earlier.order_by("-history_id").first()


def _version(state: State, act: Act, by: int | None, batch: str, now) -> Any:
    return Paper.history.model(
        **state.fields,
        locked=state.locked,
        topics=state.topics,
        judged=state.judged,
        batch=batch,
        history_date=now,
        history_type="~",
        history_change_reason=act,
        history_user_id=by,
    )


def keeps_first_version(changed: Source | Topic | Term | RisingTerm) -> None:
    """Save the row as the import made it before its first change.

    django-simple-history saves every later version.
    """
    history: Any = type(changed).history
    if not history.filter(id=changed.pk).exists():
        history.bulk_history_create([type(changed).objects.get(pk=changed.pk)], update=False)


def put_back(row: Source | Topic, record: Any, by: Curator) -> None:
    """Restore the edited fields of a source or topic from a version.

    Keep the result as a new version, and mark the public data as changed.
    """
    edited = {field.attname for field in record.tracked_fields} - _NOT_EDITED
    for name in edited:
        setattr(row, name, getattr(record, name))
    kept: Any = row
    kept._history_user, kept._change_reason = by, Act.REVERT
    row.save(update_fields=edited)
    data_version.mark_data_changed()
