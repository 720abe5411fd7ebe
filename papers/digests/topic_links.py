"""The topics of a paper, as rows: those that its digests give it, and what a curator added."""

from collections import Counter

from papers.digests.bulk import add_to_rows, insert_rows
from papers.models import Paper, PaperTopic, Topic


def write_topic_links(
    papers: list[Paper], given: dict[int, dict[int, str]]
) -> dict[int, list[str]]:
    """Writes the topics that digests give to these papers (slugs by topic id, by paper id).

    Returns the slugs of all topics of each paper, a curator's among them.
    """
    published = {paper.pk for paper in papers if not paper.hidden}
    slugs = {pk: dict(topics) for pk, topics in given.items()}
    wanted = {(pk, topic) for pk, topics in given.items() for topic in topics}
    known, stale = set(), []
    links = PaperTopic.objects.filter(paper__in=given)
    for link, pk, topic, slug, origin in links.values_list(
        "pk", "paper_id", "topic_id", "topic__slug", "origin"
    ):
        known.add((pk, topic))
        if origin == PaperTopic.Origin.CURATOR:
            slugs[pk][topic] = slug
        elif (pk, topic) not in wanted:
            stale.append((link, pk, topic))
    new = sorted(wanted - known)
    PaperTopic.objects.filter(pk__in=[link for link, _, _ in stale]).delete()
    insert_rows(
        PaperTopic,
        ("paper_id", "topic_id", "origin"),
        ((pk, topic, PaperTopic.Origin.DIGEST) for pk, topic in new),
    )
    change = Counter(topic for pk, topic in new if pk in published)
    change.subtract(topic for _, pk, topic in stale if pk in published)
    add_to_rows(Topic, "paper_count", change)
    return {pk: list(topics.values()) for pk, topics in slugs.items()}
