"""Feeds of a database in which every text is hostile."""

import datetime
import json
from pathlib import Path

import feedparser
import pytest
from lxml import etree, html

from papers.models import Paper

pytestmark = [pytest.mark.usefixtures("hostile_site"), pytest.mark.alike]

GRAMMAR = Path(__file__).parent.parent / "data/feeds/atom.rng"
LISTS = [
    ("/papers/", {}),
    ("/topics/rag/", {"lang": "zh"}),
    ("/papers/", {"lang": "en-zh", "q": "&"}),
    ("/topics/rag/", {"q": "<script>", "zh": "missing"}),
]


def all_pages(client, path: str, query: dict, link_to_next) -> list[bytes]:
    """The feed from its newest page to its oldest."""
    pages = [client.get(path, query)]
    while following := link_to_next(pages[-1].content):
        pages.append(client.get(following.removeprefix("http://127.0.0.1:8000")))
    assert {page.status_code for page in pages} == {200}
    return [page.content for page in pages]


def next_in_xml(content: bytes) -> str:
    links = etree.fromstring(content).findall(".//{http://www.w3.org/2005/Atom}link[@rel='next']")
    return links[0].get("href") if links else ""


def next_in_json(content: bytes) -> str:
    return json.loads(content).get("next_url", "")


def all_feeds(client, form: str, link_to_next) -> list[bytes]:
    """Every page of these lists' feeds in this form."""
    return [
        page
        for path, query in LISTS
        for page in all_pages(client, f"{path}feed.{form}", query, link_to_next)
    ]


def test_atom_keeps_to_its_schema(client):
    grammar = etree.RelaxNG(etree.parse(GRAMMAR))
    for content in all_feeds(client, "atom", next_in_xml):
        assert feedparser.parse(content).bozo == 0
        grammar.assertValid(etree.fromstring(content))


def test_rss_is_well_formed_and_read_without_complaint(client):
    for content in all_feeds(client, "rss", next_in_xml):
        parsed = feedparser.parse(content)
        assert (parsed.bozo, parsed.version) == (0, "rss20")
        channel = etree.fromstring(content).find("channel")
        assert all(channel.findtext(name) for name in ("title", "link", "description"))
        assert all(item.findtext("guid") for item in channel.findall("item"))


def test_json_feed_keeps_to_its_rules(client):
    for content in all_feeds(client, "json", next_in_json):
        assert_json_feed(json.loads(content))


def assert_json_feed(feed: dict) -> None:
    """The rules of https://www.jsonfeed.org/version/1.1/ for what we write."""
    assert feed["version"] == "https://jsonfeed.org/version/1.1"
    assert feed["title"]
    assert all(feed[name].startswith("http") for name in ("home_page_url", "feed_url"))
    assert all(set(author) == {"name"} for author in feed["authors"])
    for item in feed["items"]:
        assert isinstance(item["id"], str)
        assert item["id"]
        assert item["content_html"]
        assert item["url"].startswith("http")
        assert all(author["name"] for author in item.get("authors", []))
        assert all(isinstance(one, str) for one in item.get("tags", []))
        for name in ("date_published", "date_modified"):
            assert datetime.datetime.fromisoformat(item[name]).tzinfo
        for attachment in item["attachments"]:
            assert attachment["mime_type"] == "application/pdf"
    assert len({item["id"] for item in feed["items"]}) == len(feed["items"])


def test_no_paper_is_left_out_and_none_comes_twice(client):
    pages = all_pages(client, "/papers/feed.atom", {}, next_in_xml)
    ids = [entry.id for page in pages for entry in feedparser.parse(page).entries]
    assert len(pages) > 1
    assert len(ids) == len(set(ids)) == Paper.objects.count() == 500


def test_no_text_becomes_markup_of_ours(client):
    """A reader's own parser finds the paragraphs and links that we made, and nothing else."""
    for content in all_pages(client, "/papers/feed.atom", {}, next_in_xml):
        feed = etree.fromstring(content)
        for entry in feed.findall("{http://www.w3.org/2005/Atom}entry"):
            made = html.fromstring(f"<div>{entry.findtext('{*}content')}</div>")
            assert {one.tag for one in made.iter() if isinstance(one.tag, str)} <= {"div", "p", "a"}
            assert not made.xpath("//comment() | //processing-instruction()")


@pytest.mark.parametrize("harm", ["\x01", "\x1b", "\ufffe", "\uffff", "\ufdd0", "\u202e", "\u2028"])
@pytest.mark.parametrize(
    "path",
    [
        *("/papers/feed.atom", "/papers/feed.rss", "/topics/rag/feed.atom", "/feeds.opml"),
        *("/opensearch.xml", "/papers/feed/", "/papers/"),
    ],
)
def test_no_answer_repeats_a_harmful_character_of_its_address(client, path, harm):
    answer = client.get(path, {"q": f"lamps{harm} and", f"x{harm}": harm})
    assert answer.status_code == 200
    assert harm not in answer.content.decode()
    assert f"%{harm.encode().hex('%').upper()}" not in answer.content.decode()
    if not answer.headers["Content-Type"].startswith("text/html"):
        etree.fromstring(answer.content)


def test_a_harmful_character_makes_no_other_question(client):
    clean, harmful = (client.get("/papers/feed.json", {"q": q}) for q in ("lamps", "la\x01mps"))
    assert clean.content == harmful.content
