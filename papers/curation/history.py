"""Reverting: restore a version of one paper, or undo an action on several papers."""

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
from papers.models import Act, FieldLock, Paper, Topic, Translation

PLAIN = ("featured", "featured_order", "featured_until", "note_en", "note_zh")


@dataclass(frozen=True)
class Undone:
    """Number of papers restored, and of papers left alone because of a later decision."""

    papers: int
    left: int


def revert(record: Any, by: Curator) -> None:
    """Restore a paper to a stored version.

    A field that was locked in that version is locked again with its text. Any other field shows the
    present text of the digests.
    """
    with decision([Paper(pk=record.id)], Act.REVERT, by):
        _put_back({record.id: State.of_record(record)}, by)


def undo(batch: str, by: Curator) -> Undone:
    """Undo an action on several papers. Leave papers with a later decision as they are."""
    records = list(Paper.history.filter(batch=batch))
    newest = newest_versions(one.id for one in records)
    alone = [one for one in records if newest[one.id].pk == one.pk]
    before = {one.id: version_before(one) for one in alone}
    wanted = {pk: State.of_record(one) for pk, one in before.items() if one}
    there = Paper.objects.filter(pk__in=wanted).only("pk")
    with decision(there, Act.UNDO, by):
        _put_back({paper.pk: wanted[paper.pk] for paper in there}, by)
    return Undone(len(there), len(records) - len(there))


def _put_back(wanted: dict[int, State], by: Curator) -> None:
    """Write what differs from the present state. The caller reconciles the papers."""
    now = states(wanted)
    topics: set[str] = set()
    for pk, state in wanted.items():
        if pk in now:
            _put_back_texts(pk, state, now[pk], by)
            _put_back_plain(pk, state, now[pk])
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
    hiding = ("hidden", "hidden_reason")
    if [state.fields[name] for name in hiding] != [now.fields[name] for name in hiding]:
        set_hidden([pk], *(state.fields[name] for name in hiding))


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
