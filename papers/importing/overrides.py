"""Curators' decisions about topics and authors, applied when papers are reconciled.

Each function takes the data of many papers from their digests, and returns it with the decisions
applied.
"""

from collections.abc import Iterable, Mapping

from papers.db.bulk import in_values
from papers.lists.author_keys import current_keys
from papers.models import AuthorChoice, Topic, TopicRemoval

Topics = dict[int, dict[int, str]]  # slugs by the topics' ids, by paper id


def decided_topics(given: Topics) -> Topics:
    """Return the digests' topics, with merged topics replaced and removed topics left out."""
    merged = {
        pk: (into, slug)
        for pk, into, slug in Topic.objects.exclude(merged_into=None).values_list(
            "pk", "merged_into_id", "merged_into__slug"
        )
    }
    if merged:
        given = {
            pk: dict(merged.get(topic, (topic, slug)) for topic, slug in topics.items())
            for pk, topics in given.items()
        }
    for pk, topic in TopicRemoval.objects.filter(paper__in=in_values(given)).values_list(
        "paper_id", "topic_id"
    ):
        given[pk].pop(topic, None)
    return given


def decided_keys(
    names_of: Mapping[int, Iterable[str]], own: Mapping[str, str]
) -> dict[tuple[int, str], str]:
    """Return the author's key for each paper id and printed name.

    ``own`` are the keys that the names give by themselves.
    """
    keys = {(pk, name): own[name] for pk, names in names_of.items() for name in names}
    chosen = {
        (pk, key): to_key
        for pk, key, to_key in AuthorChoice.objects.filter(
            paper__in=in_values(names_of)
        ).values_list("paper_id", "key", "to_key")
    }
    if chosen:
        keys = {(pk, name): chosen.get((pk, key), key) for (pk, name), key in keys.items()}
    current = current_keys(set(keys.values()))
    return {place: current.get(key, key) for place, key in keys.items()}
