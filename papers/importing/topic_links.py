"""Links between papers and topics: those from digests, and those that a curator added."""

import datetime
from collections import Counter

from papers.db.bulk import in_values, increment_rows, insert_rows, update_rows
from papers.models import Paper, PaperTopic, Topic

PLACE = ("first_seen", "arxiv_id", "zh_state")


def write_topic_links(
    papers: list[Paper], given: dict[int, dict[int, str]], days: set[datetime.date | None]
) -> dict[int, list[str]]:
    """Write the topics of these papers, and the papers' sort values in the lists of their topics.

    ``given`` are the topics from digests: by paper id, slugs by topic id. Return the slugs of all
    topics of each paper, including those added by a curator. Add to ``days`` the days whose lists
    gained or lost a paper.
    """
    places = {
        paper.pk: (None if paper.hidden else paper.first_seen, paper.arxiv_id, paper.zh_state)
        for paper in papers
    }
    published = {paper.pk for paper in papers if not paper.hidden}
    slugs = {pk: dict(topics) for pk, topics in given.items()}
    wanted = {(pk, topic) for pk, topics in given.items() for topic in topics}
    known, stale, moved = set(), [], []
    links = PaperTopic.objects.filter(paper__in=in_values(given))
    for link, pk, topic, slug, origin, *place in links.values_list(
        "pk", "paper_id", "topic_id", "topic__slug", "origin", *PLACE
    ):
        known.add((pk, topic))
        if origin == PaperTopic.Origin.CURATOR:
            slugs[pk][topic] = slug
        elif (pk, topic) not in wanted:
            stale.append((link, pk, topic))
            days.add(place[0])
            continue
        if tuple(place) != places[pk]:
            moved.append((*places[pk], link))
            days |= {place[0], places[pk][0]}
    new = sorted(wanted - known)
    PaperTopic.objects.filter(pk__in=[link for link, _, _ in stale]).delete()
    insert_rows(
        PaperTopic,
        ("paper_id", "topic_id", "origin", *PLACE),
        ((pk, topic, PaperTopic.Origin.DIGEST, *places[pk]) for pk, topic in new),
    )
    update_rows(PaperTopic, PLACE, moved)
    days |= {places[pk][0] for pk, _ in new}
    days.discard(None)
    change = Counter(topic for pk, topic in new if pk in published)
    change.subtract(topic for _, pk, topic in stale if pk in published)
    increment_rows(Topic, "paper_count", change)
    return {pk: list(topics.values()) for pk, topics in slugs.items()}
