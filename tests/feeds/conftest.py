"""Fixtures for feeds: parsed feeds, and a database of hostile papers."""

import feedparser
import pytest
from django.core.cache import cache

from papers.models import Paper, PaperTopic, Topic
from tests.hostile import hostile_papers
from tests.kept import Kept


@pytest.fixture(autouse=True)
def nothing_kept() -> None:
    """Clear the page cache: rows made by hand do not change the data version."""
    cache.clear()


@pytest.fixture(scope="session")
def hostile_kept(keep) -> Kept:
    return keep(_make_hostile_papers)


@pytest.fixture
def hostile_site(hostile_kept: Kept, db) -> None:
    """Make 500 hostile papers on twelve days, some of them on the topic ``rag``."""
    hostile_kept.put_back()


def _make_hostile_papers() -> None:
    papers = hostile_papers(500)
    Paper.objects.bulk_create(papers)
    topic = Topic.objects.create(
        kind="theme", slug="rag", name_en="R & <A> \x0b]]>G", name_zh="检索"
    )
    on_topic = [paper for paper in papers if "rag" in paper.card["topics"]]
    PaperTopic.objects.bulk_create(PaperTopic(paper=paper, topic=topic) for paper in on_topic)


@pytest.fixture
def feed(client):
    """Return a function that reads a feed: ``feed("/papers/feed.atom", zh="ok")``."""

    def feed(path: str, **query):
        answer = client.get(path, query)
        assert answer.status_code == 200, answer.content
        parsed = feedparser.parse(answer.content)
        assert parsed.bozo == 0
        return parsed

    return feed


def ids(parsed) -> list[str]:
    """Return the arXiv ids of a feed's entries."""
    return [entry.id.partition(":")[2].partition(":")[2] for entry in parsed.entries]
