"""What search engines, browsers and reference managers find."""

import datetime
import json
import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from lxml import etree

from papers.feeds import sitemap
from papers.models import Paper
from tests.views.conftest import EXPLAINED, FOURTEEN_AUTHORS, WITHOUT_CHINESE

pytestmark = pytest.mark.usefixtures("sample")

SITE = "http://127.0.0.1:8000"


def locations(client, path: str) -> dict[str, str | None]:
    """The addresses of a file of the sitemap, each with the moment of its last change."""
    root = etree.fromstring(client.get(path.removeprefix(SITE)).getvalue())
    return {one.findtext("{*}loc"): one.findtext("{*}lastmod") for one in root}


def test_the_sitemap_leads_to_every_published_paper_with_its_true_last_change(client):
    Paper.objects.filter(arxiv_id=EXPLAINED).update(modified="2025-03-01T12:00:00Z")
    Paper.objects.filter(arxiv_id=WITHOUT_CHINESE).update(hidden=True)
    files = locations(client, "/sitemap.xml")
    found = {}
    for file in files:
        found |= locations(client, file)
    for paper in Paper.objects.all():
        address = f"{SITE}{paper.get_absolute_url()}"
        assert (address in found) == (not paper.hidden)
    assert found[f"{SITE}/papers/{EXPLAINED}/"] == "2025-03-01T12:00:00+00:00"
    assert {f"{SITE}/", f"{SITE}/topics/rag/", f"{SITE}/days/2025-01-29/"} <= found.keys()
    newest = max(Paper.objects.published().values_list("modified", flat=True))
    in_index = [files[file] for file in files if "papers" in file]
    assert max(map(datetime.datetime.fromisoformat, in_index)) == newest.replace(microsecond=0)


def test_no_file_of_the_sitemap_holds_more_than_it_may(client, monkeypatch):
    monkeypatch.setattr(sitemap, "IN_A_FILE", 10)
    files = [file for file in locations(client, "/sitemap.xml") if "papers" in file]
    assert len(files) >= 4
    sizes = [len(locations(client, file)) for file in files]
    assert max(sizes) <= 10
    assert sum(sizes) == Paper.objects.count()
    assert client.get("/sitemap-papers-99999.xml").status_code == 404


@pytest.mark.skipif(connection.vendor != "sqlite", reason="PostgreSQL looks at its own statistics")
def test_the_sitemap_says_what_changed_last_without_reading_the_papers(client):
    with CaptureQueriesContext(connection) as asked:
        assert client.get("/sitemap.xml").getvalue()
    (statement,) = [
        one["sql"] for one in asked.captured_queries if 'MAX("papers_paper"."m' in one["sql"]
    ]
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN QUERY PLAN {statement}")
        assert "COVERING INDEX paper_changed" in cursor.fetchone()[3]


def test_crawlers_are_kept_off_filters_and_searches(client):
    text = client.get("/robots.txt").content.decode()
    assert f"Sitemap: {SITE}/sitemap.xml" in text
    rules = re.findall(r"^(Allow|Disallow): (\S+)$", text, re.MULTILINE)

    def may(path: str) -> bool:
        """The longest rule that fits decides, RFC 9309."""
        fitting = [
            (len(rule), kind == "Allow")
            for kind, rule in rules
            if re.match(re.escape(rule).replace(r"\*", ".*").replace(r"\$", "$"), path)
        ]
        return max(fitting, default=(0, True))[1]

    for path in ("/", "/papers/", f"/papers/{EXPLAINED}/", f"/papers/{EXPLAINED}/?lang=zh"):
        assert may(path), path
    for path in ("/days/2025-01-29/", "/topics/rag/", "/papers/cs/0112017/", "/papers/feed.atom"):
        assert may(path), path
    for path in ("/papers/?q=lamp", "/papers/?topic=rag&lang=zh", "/topics/rag/?page=2"):
        assert not may(path), path
    for path in ("/papers.bib", f"/papers/{EXPLAINED}.bib", "/admin/", "/api/v1/papers"):
        assert not may(path), path


def test_a_browser_can_search_here(client, read):
    (link,) = read("/").attributes('link[rel="search"]', "href")
    described = etree.fromstring(client.get(link).content)
    templates = [url.get("template") for url in described.findall("{*}Url")]
    found = templates[0].removeprefix(SITE).replace("{searchTerms}", "gossip")
    assert "Gossip" in client.get(found).content.decode()
    assert len(described.findtext("{*}ShortName")) <= 16


def test_security_txt_names_whom_to_tell_and_until_when(client, settings):
    assert client.get("/.well-known/security.txt").status_code == 404
    settings.CONTACT = "desk@example.org"
    fields = dict(
        line.split(": ", 1)
        for line in client.get("/.well-known/security.txt").content.decode().splitlines()
    )
    assert fields["Contact"] == "mailto:desk@example.org"
    expires = datetime.datetime.fromisoformat(fields["Expires"])
    now = datetime.datetime.now(datetime.UTC)
    assert datetime.timedelta(30) < expires - now < datetime.timedelta(365)


def test_a_paper_has_the_tags_that_scholar_and_zotero_read(read):
    page = read(f"/papers/{FOURTEEN_AUTHORS}/", lang="zh")
    paper = Paper.objects.get(arxiv_id=FOURTEEN_AUTHORS)

    def tags(name: str) -> list[str]:
        return page.attributes(f'meta[name="citation_{name}"]', "content")

    assert tags("title") == [paper.title_en]
    assert len(tags("author")) == 14
    assert tags("author")[0].split(", ")[0] == paper.authors_text.split(",")[0].split()[-1]
    assert tags("arxiv_id") == [FOURTEEN_AUTHORS]
    assert tags("date") == ["2025/01"]
    assert tags("pdf_url") == [paper.pdf_url]


def test_a_paper_describes_itself_as_a_scholarly_article(read):
    attack = "</script><script>alert(1)</script><!--"
    Paper.objects.filter(arxiv_id=EXPLAINED).update(title_en=attack)
    page = read(f"/papers/{EXPLAINED}/")
    (block,) = page.all('script[type="application/ld+json"]')
    described = json.loads(block)
    assert (described["@type"], described["headline"]) == ("ScholarlyArticle", attack)
    assert "<script>alert" not in page.source


@pytest.mark.parametrize(
    ("query", "address"),
    [
        ({}, f"/papers/{EXPLAINED}/"),
        ({"lang": "zh"}, f"/papers/{EXPLAINED}/?lang=zh"),
        ({"lang": "en-zh"}, f"/papers/{EXPLAINED}/"),
    ],
)
def test_a_page_says_its_one_address_and_those_of_its_languages(read, query, address):
    page = read(f"/papers/{EXPLAINED}/", **query)
    assert page.attributes('link[rel="canonical"]', "href") == [f"{SITE}{address}"]
    languages = page.attributes('link[rel="alternate"][hreflang]', "hreflang")
    assert languages == ["en", "zh-Hans", "x-default"]


def test_a_list_with_filters_has_no_canonical_address(read):
    assert read("/papers/").attributes('link[rel="canonical"]', "href") == [f"{SITE}/papers/"]
    assert read("/papers/", zh="ok").attributes('link[rel="canonical"]', "href") == []


def test_a_list_says_what_it_lists_in_json_ld(read):
    page = read("/papers/", per="25", zh="ok")
    (block,) = page.all('script[type="application/ld+json"]')
    said = json.loads(block)
    assert (said["@type"], said["url"]) == ("CollectionPage", f"{SITE}/papers/?zh=ok")
    listed = [item["url"] for item in said["mainEntity"]["itemListElement"]]
    assert listed == [f"{SITE}/papers/{one}/" for one in page.attributes(".card", "data-paper")]
    assert [item["position"] for item in said["mainEntity"]["itemListElement"]] == list(
        range(1, len(listed) + 1)
    )


@pytest.mark.parametrize("address", ["/", "/days/2025-01-28/"])
def test_a_day_says_its_topics_in_json_ld(read, client, address):
    (block,) = read(address).all('script[type="application/ld+json"]')
    listed = [one["url"] for one in json.loads(block)["mainEntity"]["itemListElement"]]
    assert listed
    assert {client.get(one.removeprefix(SITE)).status_code for one in listed} == {200}


def test_zotero_takes_the_papers_of_a_list_by_unapi(read, client):
    page = read("/topics/rag/")
    (server,) = page.attributes('link[rel="unapi-server"]', "href")
    ids = page.attributes("abbr.unapi-id", "title")
    assert len(ids) == len(page.all(".card"))
    formats = etree.fromstring(client.get(server).content)
    assert [one.get("name") for one in formats] == ["rdf_zotero", "bibtex", "ris", "csljson"]
    rdf = client.get(server, {"id": ids[0], "format": "rdf_zotero"})
    assert b"<z:itemType>preprint</z:itemType>" in rdf.content
    assert client.get(server, {"id": ids[0]}).status_code == 300
    entry = client.get(server, {"id": ids[0], "format": "bibtex"}).content.decode()
    assert f"eprint = {{{ids[0]}}}" in entry
    assert client.get(server, {"id": "2501.00000", "format": "bibtex"}).status_code == 404
    assert client.get(server, {"id": "a\x00b"}).status_code == 404
    assert client.get(server, {"id": ids[0], "format": "marc"}).status_code == 406
    assert client.get(server, {"format": "bibtex"}).status_code == 400


@pytest.mark.parametrize("address", ["/", "/days/2025-01-29/", "/days/2025-01-28/rag/"])
def test_zotero_finds_each_paper_of_a_day_once(read, address):
    page = read(address)
    ids = page.attributes("abbr.unapi-id", "title")
    assert ids
    assert ids == page.attributes("[data-paper]", "data-paper")


def test_zotero_finds_one_paper_on_its_page(read):
    assert read(f"/papers/{EXPLAINED}/").attributes("abbr.unapi-id", "title") == [EXPLAINED]
