"""Feeds of lists, read by a feed reader's own parser."""

import feedparser
import pytest

from papers.models import Author, Paper
from tests.pages.conftest import EXPLAINED, WITHOUT_CHINESE

pytestmark = pytest.mark.usefixtures("sample")


@pytest.fixture
def feed(client):
    def feed(path: str, **query):
        answer = client.get(path, query)
        assert answer.status_code == 200
        parsed = feedparser.parse(answer.content)
        assert parsed.bozo == 0
        return parsed

    return feed


def ids(parsed) -> list[str]:
    return [entry.link.rstrip("/").rpartition("/")[2] for entry in parsed.entries]


@pytest.mark.parametrize("format", ["atom", "rss"])
def test_it_holds_the_papers_of_the_list_with_the_same_filters(feed, format):
    everything = Paper.objects.newest_first().values_list("arxiv_id", flat=True)
    assert ids(feed(f"/papers/feed.{format}")) == list(everything)
    assert ids(feed(f"/papers/feed.{format}", zh="missing")) == [WITHOUT_CHINESE]
    rag = ids(feed(f"/papers/feed.{format}", topic="rag"))
    assert rag == ids(feed(f"/topics/rag/feed.{format}"))
    papers = Paper.objects.on_topics(["rag"]).newest_first()
    assert rag == list(papers.values_list("arxiv_id", flat=True))


def test_an_author_has_a_feed(feed):
    author = Author.objects.order_by("-paper_count").first()
    parsed = feed(f"/authors/{author.key}/feed.atom")
    assert author.name in parsed.feed.title
    assert len(parsed.entries) == 2


def test_an_entry_has_all_authors_a_date_with_a_zone_and_a_permanent_id(feed):
    (entry,) = feed("/papers/feed.atom", id=EXPLAINED).entries
    paper = Paper.objects.get(arxiv_id=EXPLAINED)
    assert entry.author == paper.authors_text
    assert entry.published == "2025-01-28T00:00:00+08:00"
    assert entry.id == f"tag:127.0.0.1,2026:{EXPLAINED}"
    assert entry.link == f"http://127.0.0.1:8000/papers/{EXPLAINED}/"
    (in_rss,) = feed("/topics/rag/feed.rss", id=EXPLAINED).entries
    assert in_rss.id == entry.id


def test_the_language_is_in_the_address_and_both_by_default(client, feed):
    paper = Paper.objects.get(arxiv_id=EXPLAINED)
    client.cookies["lang"] = "en"

    def title(**query):
        return feed("/papers/feed.atom", id=EXPLAINED, **query).entries[0].title

    assert title() == f"{paper.title_en} / {paper.title_zh}"
    assert title(lang="zh") == paper.title_zh
    assert title(lang="en-zh") == paper.title_en
    assert feed("/papers/feed.atom", id=EXPLAINED, lang="en-zh").entries[0].summary == (
        paper.abstract_zh
    )


@pytest.mark.parametrize(
    "query", [{"topic": "no-such"}, {"lang": "xx"}, {"from": "soon"}, {"sort": "size"}]
)
def test_a_wrong_value_is_refused_because_a_wider_feed_would_flood(client, query):
    answer = client.get("/papers/feed.atom", query)
    assert answer.status_code == 400
    assert "not understood" in answer.content.decode()


def test_hidden_papers_are_in_no_feed(feed):
    Paper.objects.filter(arxiv_id=EXPLAINED).update(hidden=True)
    assert EXPLAINED not in ids(feed("/papers/feed.rss"))


def test_a_list_tells_browsers_where_its_feed_is(read, feed):
    link = read("/topics/rag/", zh="ok").attributes('link[type="application/atom+xml"]', "href")[0]
    assert link == "/topics/rag/feed.atom?zh=ok"
    assert ids(feed(link))


def test_harmful_characters_of_a_curator_do_not_break_a_feed(feed):
    Paper.objects.filter(arxiv_id=EXPLAINED).update(title_en="A \x0b title\ufffe & <b>")
    assert len(feed("/papers/feed.atom").entries) == 32


def test_a_feed_depends_on_nobody(client):
    assert "Cookie" not in client.get("/papers/feed.atom").headers.get("Vary", "")
