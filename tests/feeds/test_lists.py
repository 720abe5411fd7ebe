"""Every list as a feed, with exactly the papers of its page."""

import datetime
from pathlib import Path

import pytest
from lxml import etree, html

from papers import curation
from papers.feeds.window import ENTRIES, MAX_ENTRIES, USUAL
from papers.models import Author, Paper
from tests.cast import ANCHOR, BUOY, EXPLAINED, KITE, LAMP, WITHOUT_CHINESE
from tests.feeds.conftest import ids
from tests.hostile import hostile_papers


@pytest.mark.parametrize(
    ("page", "query"),
    [
        ("/papers/", {}),
        ("/papers/", {"q": "lamps"}),
        ("/papers/", {"q": "风筝"}),
        ("/papers/", {"zh": "missing"}),
        ("/papers/", {"topic": ["ro", "rag"]}),
        ("/papers/", {"from": "2025-01-28", "to": "2025-01-28"}),
        ("/papers/", {"id": [LAMP, KITE]}),
        ("/papers/", {"q": "lamps", "sort": "oldest", "page": "1", "per": "50"}),
        ("/topics/rag/", {}),
        ("/topics/cs-ro/", {"zh": "ok"}),
    ],
)
def test_a_feed_holds_the_papers_of_its_page(small_site, client, feed, page, query):
    shown = html.fromstring(client.get(page, query | {"per": "100"}).content)
    links = [one.get("href") for one in shown.cssselect(".card-title a")]
    wanted = sorted(f"http://127.0.0.1:8000{link}" for link in links)
    assert wanted
    for form in ("atom", "rss"):
        assert sorted(entry.link for entry in feed(f"{page}feed.{form}", **query).entries) == wanted
    items = client.get(f"{page}feed.json", query).json()["items"]
    assert sorted(item["url"] for item in items) == wanted


def test_an_author_a_day_and_a_digest_have_feeds(small_site, feed):
    author = Author.objects.get(name="Eva Invented")
    parsed = feed(f"/authors/{author.key}/feed.atom")
    assert ids(parsed) == [BUOY, ANCHOR]
    assert "Eva Invented" in parsed.feed.title
    assert LAMP in ids(feed("/days/2025-01-29/feed.rss"))
    assert set(ids(feed("/days/2025-01-28/cs-ro/feed.atom"))) == {ANCHOR, BUOY}
    assert ids(feed("/days/2025-01-29/rag/feed.atom")) == []  # a quiet day
    of_source = feed("/days/2025-01-28/ro/feed.atom", source="harbour-robots")
    assert ANCHOR in ids(of_source)


@pytest.mark.parametrize(
    "path",
    [
        "/topics/no-such/feed.atom",
        "/authors/nobody-000000/feed.rss",
        "/days/2031-01-01/feed.json",
        "/days/2025-01-28/ro/feed.atom?source=nobody",
        "/papers/feed.txt",
    ],
)
def test_a_list_that_is_not_there_has_no_feed(small_site, client, path):
    assert client.get(path).status_code == 404


def test_the_days_are_a_feed_of_one_entry_a_day(small_site, feed, admin_user):
    parsed = feed("/days/feed.atom")
    assert ids(parsed) == ["days/2025-01-29", "days/2025-01-28", "days/2025-01-27"]
    newest = parsed.entries[0]
    assert newest.title.startswith("Wednesday, 29 January 2025: 6 papers / 2025年1月29日")
    assert newest.summary.count(f"/papers/{BUOY}/") == 1
    curation.hide(Paper.objects.filter(arxiv_id=BUOY), "a double", by=admin_user)
    assert f"/papers/{BUOY}/" not in feed("/days/feed.atom").entries[0].summary


def test_an_entry_has_all_authors_a_date_with_a_zone_topics_and_links(small_site, feed):
    (entry,) = feed("/papers/feed.atom", id=KITE).entries
    assert [one.name for one in entry.authors] == [
        "Bo Muster",
        "Chi Ling-Ling",
        "Dr. D. Dummy, Jr.",
    ]
    assert entry.published == "2025-01-27T00:00:00+08:00"
    assert [(tag.term, tag.label) for tag in entry.tags] == [
        ("cs-ai", "Artificial Intelligence / 人工智能"),
        ("rag", "Retrieval-Augmented Generation / 检索增强生成"),
    ]
    assert {link.href for link in entry.links} == {
        f"http://127.0.0.1:8000/papers/{KITE}/",
        f"https://arxiv.org/abs/{KITE}",
        f"https://arxiv.org/pdf/{KITE}",
    }
    assert entry.summary.count("<p") == 5  # two paragraphs in each language, and the links


def test_a_paper_has_one_id_in_every_feed(small_site, feed, client):
    paths = ["/papers/feed.atom", "/topics/rag/feed.rss", "/days/2025-01-27/feed.atom"]
    found = {entry.id for path in paths for entry in feed(path).entries if KITE in entry.link}
    in_json = client.get("/papers/feed.json", {"id": KITE}).json()["items"][0]["id"]
    assert found == {in_json} == {f"tag:127.0.0.1,2026:{KITE}"}


def test_the_language_is_in_the_address_and_both_by_default(small_site, client, feed):
    client.cookies["lang"] = "en"

    def title(**query):
        return feed("/papers/feed.atom", id=EXPLAINED, **query).entries[0].title

    assert title() == "Teapots as World Models / 作为世界模型的茶壶"
    assert title(lang="zh") == "作为世界模型的茶壶"
    assert title(lang="en-zh") == "Teapots as World Models"
    in_pair = feed("/papers/feed.atom", id=EXPLAINED, lang="en-zh").entries[0].summary
    assert "我们点灯" in in_pair
    assert "We light lamps" not in in_pair


def test_what_a_language_lacks_is_shown_in_the_other_and_says_so(small_site, feed):
    (entry,) = feed("/papers/feed.atom", id=WITHOUT_CHINESE, lang="zh").entries
    assert entry.title == "Counting Clouds by Ear"
    assert "We light lamps" in entry.summary
    assert "暂无中文" in entry.summary


@pytest.mark.parametrize(
    "query",
    [
        *({"topic": "no-such"}, {"lang": "xx"}, {"from": "soon"}, {"sort": "size"}, {"zh": "?"}),
        *({"before": "soon"}, {"before": "2025-13-01"}, {"id": "no-id"}, {"q": "a\x00b"}),
    ],
)
def test_a_wrong_value_is_refused_because_a_wider_feed_would_flood(small_site, client, query):
    answer = client.get("/papers/feed.atom", query)
    (name,) = query
    assert answer.status_code == 400
    assert f"not valid. {name}=" in answer.content.decode()


@pytest.mark.parametrize("order", ["oldest", "newest"])
def test_a_feed_is_newest_first_whatever_the_order_of_the_page(small_site, feed, order):
    newest_first = Paper.objects.newest_first().values_list("arxiv_id", flat=True)
    assert ids(feed("/papers/feed.atom", sort=order)) == list(newest_first)


@pytest.mark.parametrize("form", ["atom", "rss"])
def test_a_chinese_search_says_what_else_it_was_searched_as(small_site, feed, form):
    said = feed(f"/papers/feed.{form}", q="检索增强生成").feed.subtitle
    assert "Also searched for: retrieval-augmented generation" in said
    assert "也搜索了：retrieval-augmented generation" in said
    frozen = feed(f"/papers/feed.{form}", q="检索增强生成", bridge="off").feed.subtitle
    assert "retrieval" not in frozen


def test_hidden_papers_are_in_no_feed(small_site, feed):
    Paper.objects.filter(arxiv_id=KITE).update(hidden=True)
    for path in ("/papers/feed.rss", "/topics/rag/feed.atom", "/days/2025-01-27/feed.atom"):
        assert KITE not in ids(feed(path))


def papers_on(day: datetime.date, number: int, first: int) -> list[Paper]:
    papers = hostile_papers(number)
    for count, paper in enumerate(papers):
        paper.arxiv_id, paper.first_seen = f"2501.{first + count:05}", day
    return papers


@pytest.mark.django_db
@pytest.mark.parametrize("papers", [80, USUAL - 1, USUAL, USUAL + 1, MAX_ENTRIES])
def test_the_newest_day_is_never_cut_in_two(feed, papers):
    newest, before = datetime.date(2025, 1, 29), datetime.date(2025, 1, 28)
    Paper.objects.bulk_create([*papers_on(newest, papers, 0), *papers_on(before, 10, 2000)])
    first = feed("/papers/feed.atom")
    assert len(first.entries) == papers > ENTRIES
    (following,) = [link.href for link in first.feed.links if link.rel == "next"]
    second = feed(following.removeprefix("http://127.0.0.1:8000"))
    assert len(second.entries) == 10
    assert not [link for link in second.feed.links if link.rel == "next"]


@pytest.mark.django_db
def test_a_day_longer_than_any_feed_goes_on_on_the_next_page(client):
    Paper.objects.bulk_create(papers_on(datetime.date(2025, 1, 29), MAX_ENTRIES + 30, 0))
    address, pages = "/papers/feed.json", []
    while address:
        page = client.get(address).json()
        pages.append([item["id"] for item in page["items"]])
        address = page.get("next_url", "").removeprefix("http://127.0.0.1:8000")
    assert [len(page) for page in pages] == [MAX_ENTRIES, 30]
    assert len({one for page in pages for one in page}) == MAX_ENTRIES + 30


def test_a_feed_that_holds_its_whole_list_says_so(small_site, client):
    complete = b"<fh:complete/>"
    assert complete in client.get("/papers/feed.atom", {"id": [LAMP, KITE]}).content
    assert complete not in client.get("/papers/feed.atom", {"before": "2025-01-29"}).content


def test_a_list_tells_browsers_and_people_of_exactly_its_feed(small_site, client, feed):
    query = "?page=1&topic=rag&zh=ok&sort=oldest&nonsense=1&from=soon&lang=en"
    page = html.fromstring(client.get(f"/papers/{query}").content)
    (link,) = page.cssselect('link[type="application/atom+xml"]')
    assert link.get("href") == "/papers/feed.atom?lang=en&topic=rag&zh=ok"
    assert ids(feed(link.get("href"))) == [KITE]
    assert link.get("href") in [one.get("href") for one in page.cssselect(".feeds a")]


def test_every_page_names_a_feed(small_site, client):
    lists = ["/papers/", "/topics/rag/", "/days/", "/days/2025-01-28/", "/days/2025-01-28/ro/"]
    for path in [*lists, "/", "/topics/", "/authors/", "/about/", f"/papers/{KITE}/"]:
        page = html.fromstring(client.get(path).content)
        for kind in ("atom+xml", "rss+xml", "feed+json"):
            (link,) = page.cssselect(f'link[rel="alternate"][type="application/{kind}"]')
            assert client.get(link.get("href")).status_code == 200
            assert link.get("href").startswith(path if path in lists else "/papers/feed.")


def test_a_page_explains_each_feed_and_gives_its_addresses(small_site, client):
    answer = client.get("/topics/rag/feed/", {"zh": "ok", "lang": "en"})
    page = answer.content.decode()
    for form in ("atom", "rss", "json"):
        assert f"http://127.0.0.1:8000/topics/rag/feed.{form}?lang=en&amp;zh=ok" in page
    assert "Kites over Shallow Networks" in page
    assert client.get("/days/feed/").status_code == 200
    wrong = client.get("/papers/feed/", {"zh": "perhaps"})
    assert (wrong.status_code, "zh=perhaps" in wrong.content.decode()) == (200, True)


def test_a_browser_shows_a_feed_as_a_page_styled_from_this_site_only(small_site, client, settings):
    plain = client.get("/papers/feed.atom")
    opened = client.get("/papers/feed.atom", headers={"Sec-Fetch-Dest": "document"})
    assert plain.headers["Content-Type"] == "application/atom+xml; charset=utf-8"
    assert opened.headers["Content-Type"] == "application/xml; charset=utf-8"
    assert opened.content == plain.content
    head = opened.content.decode().splitlines()[1]
    assert head == '<?xml-stylesheet type="text/css" href="/static/css/feed.css"?>'
    assert (Path(settings.BASE_DIR) / "static/css/feed.css").is_file()


def test_opml_lists_the_feeds_of_all_topics(small_site, client):
    answer = client.get("/feeds.opml", {"lang": "zh"})
    outlines = etree.fromstring(answer.content).findall(".//outline")
    addresses = {one.get("xmlUrl") for one in outlines}
    assert "http://127.0.0.1:8000/topics/rag/feed.atom?lang=zh" in addresses
    assert "http://127.0.0.1:8000/papers/feed.atom?lang=zh" in addresses
    assert len(addresses) == len(outlines) == 7
    for address in addresses:
        assert client.get(address.removeprefix("http://127.0.0.1:8000")).status_code == 200
