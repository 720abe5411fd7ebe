"""Decisions about topics: add or remove a topic of papers, and merge topics."""

from collections.abc import Iterable
from typing import Any

from django.db import transaction
from django.db.models import QuerySet

from papers.curation.decision import (
    ADDED,
    INTERACTIVE_LIMIT,
    REMOVED,
    Curator,
    TooMany,
    decision,
    put_back,
)
from papers.db import data_version
from papers.importing.reconcile import reconcile
from papers.lists.counts import recount_topics
from papers.models import Act, Appearance, Paper, PaperTopic, Topic, TopicRemoval


def add_topic(papers: Iterable[Paper], topic: Topic, by: Curator, batch: str = "") -> None:
    """Add a topic to papers, independent of their digests."""
    _decide(papers, topic, ADDED, Act.ADD_TOPIC, by, batch)


def remove_topic(papers: Iterable[Paper], topic: Topic, by: Curator, batch: str = "") -> None:
    """Remove a topic from papers, independent of their digests."""
    _decide(papers, topic, REMOVED, Act.REMOVE_TOPIC, by, batch)


def forget_topic(papers: Iterable[Paper], topic: Topic, by: Curator, batch: str = "") -> None:
    """Remove the decision: the digests determine again whether the papers have the topic."""
    _decide(papers, topic, "", Act.FORGET_TOPIC, by, batch)


def _decide(papers, topic: Topic, word: str, act: Act, by: Curator, batch: str) -> None:
    with decision(papers, act, by, batch) as ids:
        set_topic(ids, topic, word)
        recount_topics([topic.pk])


def set_topic(ids: list[int], topic: Topic, word: str) -> None:
    """Store the decision ``added`` or ``removed``, or delete it if ``word`` is empty.

    The caller reconciles and recounts. Links are not deleted here: reconciling deletes them, and
    knows which lists lose a paper.
    """
    origin = PaperTopic.Origin.CURATOR if word == ADDED else PaperTopic.Origin.DIGEST
    PaperTopic.objects.filter(paper__in=ids, topic=topic).update(origin=origin)
    TopicRemoval.objects.filter(paper__in=ids, topic=topic).delete()
    if word == ADDED:
        PaperTopic.objects.bulk_create(
            (PaperTopic(paper_id=pk, topic=topic, origin=origin) for pk in ids),
            ignore_conflicts=True,
        )
    elif word == REMOVED:
        TopicRemoval.objects.bulk_create(TopicRemoval(paper_id=pk, topic=topic) for pk in ids)


@transaction.atomic
def merge_topic(topic: Topic, into: Topic, most: int | None = INTERACTIVE_LIMIT) -> None:
    """Show the papers of a topic, including later ones, under another topic.

    The digests keep their own pages. Raise TooMany if the topic has more than ``most`` papers (None
    means no limit), and ValueError if the two cannot be merged.
    """
    if topic == into or topic.merged_into_id or into.merged_into_id:
        raise ValueError("One of the two topics is already merged.")
    papers = _papers_of(topic)
    if most is not None and len(papers) > most:
        raise TooMany
    Topic.objects.filter(merged_into=topic).update(merged_into=into)
    topic.merged_into = into
    topic.save(update_fields=["merged_into"])
    _move_decisions(PaperTopic.objects.filter(origin=PaperTopic.Origin.CURATOR), ADDED, topic, into)
    _move_decisions(TopicRemoval.objects.all(), REMOVED, topic, into)
    reconcile(papers)
    recount_topics([topic.pk, into.pk])
    data_version.mark_data_changed()


def _move_decisions(decisions: QuerySet, word: str, topic: Topic, into: Topic) -> None:
    """Move curators' decisions about a topic to the topic it is merged into."""
    ids = list(decisions.filter(topic=topic).values_list("paper_id", flat=True))
    set_topic(ids, topic, "")
    set_topic(ids, into, word)


@transaction.atomic
def unmerge_topic(topic: Topic) -> None:
    """Undo the merge of a topic. Papers that a curator added stay in the other topic."""
    into = topic.merged_into_id
    topic.merged_into = None
    topic.save(update_fields=["merged_into"])
    reconcile(_papers_of(topic))
    recount_topics([topic.pk, *([into] if into else [])])
    data_version.mark_data_changed()


@transaction.atomic
def revert_topic(record: Any, by: Curator, most: int | None = INTERACTIVE_LIMIT) -> None:
    """Restore a topic from a version: its edited fields, and the topic it is merged into.

    Raise TooMany and ValueError as ``merge_topic`` does.
    """
    topic = Topic.objects.select_for_update().get(pk=record.id)
    put_back(topic, record, by)
    if topic.merged_into_id == record.merged_into_id:
        return
    if topic.merged_into_id:
        unmerge_topic(topic)
    if record.merged_into_id:
        into = Topic.objects.filter(pk=record.merged_into_id).first()
        if into is None:
            raise ValueError("The topic that it was merged into no longer exists.")
        merge_topic(topic, into, most)


def _papers_of(topic: Topic) -> set[int]:
    of_digests = Appearance.objects.filter(digest__topic=topic).values_list("paper_id", flat=True)
    linked = PaperTopic.objects.filter(topic=topic).values_list("paper_id", flat=True)
    return {*of_digests, *linked}
