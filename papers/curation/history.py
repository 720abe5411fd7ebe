"""Reverting: restore a version of one paper, or undo an action on several papers."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from papers.curation.decision import (
    Curator,
    State,
    decision,
    newest_versions,
    states,
    version_before,
)
from papers.curation.texts import lock_text
from papers.curation.topics import set_topic
from papers.curation.visibility import set_hidden
from papers.lists.counts import recount_topics
from papers.models import Act, FieldLock, Judgement, Paper, Topic, Translation

PLAIN = ("featured", "featured_order", "featured_until", "note_en", "note_zh")
HIDING = ("hidden", "hidden_reason")
# What of a version can be restored by itself, with its fields.
PARTS: dict[str, tuple[str, ...]] = {
    **{name: (name,) for name in FieldLock.Field.values},
    "note_en": ("note_en",),
    "note_zh": ("note_zh",),
    "featured": ("featured", "featured_order", "featured_until"),
    "hidden": HIDING,
    "topics": (),
    "judged": (),
}
MAX_LATEST = 20


@dataclass(frozen=True)
class Undone:
    """Number of papers restored, and of papers left alone because of a later decision."""

    papers: int
    left: int


def revert(
    record: Any, by: Curator, parts: Collection[str] = PARTS.keys(), batch: str = ""
) -> None:
    """Restore these parts of a paper to a stored version.

    A field that was locked in that version is locked again with its text. Any other field shows the
    present text of the digests.
    """
    with decision([Paper(pk=record.id)], Act.REVERT, by, batch) as ids:
        for pk, now in states(ids).items():
            _put_back({pk: _merged(State.of_record(record), now, parts)}, by)


def _merged(then: State, now: State, parts: Collection[str]) -> State:
    """Return the present state with these parts as they were then."""
    names = {name for part in parts for name in PARTS[part]}
    fields = {name: (then if name in names else now).fields[name] for name in now.fields}
    locked = {name: picked for name, picked in now.locked.items() if name not in names}
    locked |= {name: picked for name, picked in then.locked.items() if name in names}
    return State(
        fields,
        locked,
        then.topics if "topics" in parts else now.topics,
        then.judged if "judged" in parts else now.judged,
    )


def undo(batch: str, by: Curator) -> Undone:
    """Undo an action on one paper or several. Leave papers with a later decision as they are."""
    first: dict[int, Any] = {}
    for record in Paper.history.filter(batch=batch).order_by("history_id"):
        first.setdefault(record.id, record)
    newest = newest_versions(first)
    alone = [one for one in first.values() if newest[one.id].batch == batch]
    before = {one.id: version_before(one) for one in alone}
    wanted = {pk: State.of_record(one) for pk, one in before.items() if one}
    there = Paper.objects.filter(pk__in=wanted).only("pk")
    with decision(there, Act.UNDO, by):
        _put_back({paper.pk: wanted[paper.pk] for paper in there}, by)
    return Undone(len(there), len(first) - len(there))


def latest_to_undo(by: Curator) -> Any | None:
    """Return a version of the newest action of this curator that can still be undone."""
    mine = Paper.history.filter(history_user_id=by.pk).exclude(batch="").order_by("-history_id")
    latest = list(mine[:MAX_LATEST])
    newest = newest_versions({one.id for one in latest})
    return next((one for one in latest if newest[one.id].pk == one.pk), None)


def _put_back(wanted: dict[int, State], by: Curator) -> None:
    """Write what differs from the present state. The caller reconciles the papers."""
    now = states(wanted)
    topics: set[str] = set()
    for pk, state in wanted.items():
        if pk in now:
            _put_back_texts(pk, state, now[pk], by)
            _put_back_plain(pk, state, now[pk])
            _put_back_judgements(pk, state, now[pk], by)
            topics |= _put_back_topics(pk, state, now[pk])
    recount_topics(Topic.objects.filter(slug__in=topics).values_list("pk", flat=True))


def _put_back_texts(pk: int, state: State, now: State, by: Curator) -> None:
    released = now.locked.keys() - state.locked.keys()
    FieldLock.objects.filter(paper=pk, field__in=released).delete()
    for name, picked in state.locked.items():
        if (name, picked) in now.locked.items() and state.fields[name] == now.fields[name]:
            continue
        still_there = picked and Translation.objects.filter(pk=picked).exists()
        lock_text(pk, name, state.fields[name], by, picked if still_there else None)


def _put_back_plain(pk: int, state: State, now: State) -> None:
    values = {name: state.fields[name] for name in PLAIN if state.fields[name] != now.fields[name]}
    if values:
        Paper.objects.filter(pk=pk).update(**values)
    if [state.fields[name] for name in HIDING] != [now.fields[name] for name in HIDING]:
        set_hidden([pk], *(state.fields[name] for name in HIDING))


def _put_back_judgements(pk: int, state: State, now: State, by: Curator) -> None:
    for field, fault, text_hash in (one for one in now.judged if one not in state.judged):
        Judgement.objects.filter(paper=pk, field=field, fault=fault, text_hash=text_hash).delete()
    Judgement.objects.bulk_create(
        Judgement(paper_id=pk, field=field, fault=fault, text_hash=text_hash, by_id=by.pk)
        for field, fault, text_hash in state.judged
        if [field, fault, text_hash] not in now.judged
    )


def _put_back_topics(pk: int, state: State, now: State) -> set[str]:
    """Restore the decided topics; return the slugs of those that changed."""
    changed = {
        slug
        for slug in state.topics.keys() | now.topics.keys()
        if state.topics.get(slug) != now.topics.get(slug)
    }
    for topic in Topic.objects.filter(slug__in=changed):
        set_topic([pk], topic, state.topics.get(topic.slug, ""))
    return changed
