"""A day and a list as books: EPUB files."""

import io
import zipfile

import pytest
from django.test import Client
from lxml import etree, html

from papers import curation
from papers.books import book
from papers.models import Paper
from tests.cast import ANCHOR, ANGLE_BRACKETS, BUOY, EXPLAINED, KITE, OLD_STYLE

pytestmark = [pytest.mark.usefixtures("small_site"), pytest.mark.alike]

XML = "{http://www.w3.org/XML/1998/namespace}"


class Opened:
    """The files of a book, parsed."""

    def __init__(self, content: bytes) -> None:
        self.archive = zipfile.ZipFile(io.BytesIO(content))
        assert self.archive.testzip() is None

    def page(self, name: str) -> etree._Element:
        return etree.fromstring(self.archive.read(f"EPUB/{name}"))

    @property
    def chapters(self) -> list[etree._Element]:
        names = sorted(name for name in self.archive.namelist() if "chapter-" in name)
        return [self.page(name.removeprefix("EPUB/")) for name in names]

    @property
    def papers(self) -> list[str]:
        sections = [one for chapter in self.chapters for one in chapter.iter("{*}section")]
        return [section.get("id").removeprefix("p-") for section in sections]


def opened(client: Client, address: str, **query) -> Opened:
    answer = client.get(address, query)
    assert answer.status_code == 200
    assert answer.headers["Content-Type"] == "application/epub+zip"
    return Opened(b"".join(answer.streaming_content))


def said(element: etree._Element) -> str:
    return " ".join("".join(element.itertext()).split())


def test_a_program_knows_the_file_by_its_first_bytes(client):
    content = b"".join(client.get("/days/2025-01-29.epub").streaming_content)
    assert content[30:58] == b"mimetypeapplication/epub+zip"


def test_a_day_has_each_of_its_papers_once_under_its_topics(client):
    page = html.fromstring(client.get("/days/2025-01-28/").content)
    rows = [one.get("data-paper") for one in page.cssselect("[data-paper]")]
    read = opened(client, "/days/2025-01-28.epub")
    assert sorted(read.papers) == sorted(rows)
    topics = [said(chapter.find(".//{*}h1")) for chapter in read.chapters]
    assert "Robotics · 机器人" in " ".join(topics)


def test_a_paper_has_all_its_texts_in_both_languages(client):
    (chapter,) = opened(client, "/papers.epub", id=KITE).chapters
    (paper,) = chapter.iter("{*}section")
    by_language = {one.get(f"{XML}lang"): said(one) for one in paper}
    assert by_language["en"] == "We prove it twice."
    assert by_language["zh-Hans"] == "我们证明了两次。"
    assert said(paper).startswith("Kites over Shallow Networks浅网络上空的风筝")
    (_, formula) = paper.iter("{http://www.w3.org/1998/Math/MathML}math")
    assert formula.get("alttext") == "n^2"


def test_the_contents_lead_to_topics_and_papers(client):
    read = opened(client, "/papers.epub", id=[KITE, OLD_STYLE])
    links = [one.get("href") for one in read.page("contents.xhtml").iter("{*}a")]
    to_papers = [link.partition("#") for link in links if "#" in link]
    assert [place for _, _, place in to_papers] == [f"p-{one}" for one in read.papers]
    for file, _, place in to_papers:
        assert read.page(file).xpath(f'//*[@id="{place}"]')
    to_chapters = {link for link in links if "#" not in link}
    assert to_chapters == {file for file, _, _ in to_papers}


def test_the_book_says_its_languages_its_day_and_where_it_is_from(client):
    read = opened(client, "/days/2025-01-29.epub")
    package = read.page("package.opf")
    assert [one.text for one in package.iter("{*}language")] == ["en", "zh-Hans"]
    assert package.findtext(".//{*}date") == "2025-01-29"
    assert package.findtext(".//{*}source") == "http://127.0.0.1:8000/days/2025-01-29/"
    cover = said(read.page("cover.svg"))
    assert "29January 20252025年1月29日" in cover


def test_untrusted_text_stays_text(client):
    (chapter,) = opened(client, "/papers.epub", id=ANGLE_BRACKETS).chapters
    assert not list(chapter.iter("{*}script"))
    assert "<script>" in said(chapter)


def test_hidden_papers_are_in_no_book(client, admin_user):
    curation.hide(Paper.objects.filter(arxiv_id=BUOY), "a double", by=admin_user)
    assert BUOY not in opened(client, "/days/2025-01-28.epub").papers
    assert BUOY not in opened(client, "/papers.epub").papers


def test_a_list_becomes_a_book_with_its_filters(client):
    assert set(opened(client, "/topics/ro/papers.epub").papers) >= {ANCHOR, BUOY}
    assert opened(client, "/papers.epub", q="teapots").papers == [EXPLAINED]


def test_a_long_list_is_cut_to_its_newest_papers(client, monkeypatch):
    newest = [one.arxiv_id for one in Paper.objects.published().newest_first()[:2]]
    newest = [arxiv_id.replace("/", "-") for arxiv_id in newest]
    monkeypatch.setattr(book, "MAX_PAPERS", 2)
    assert sorted(opened(client, "/papers.epub").papers) == sorted(newest)


def test_the_same_papers_are_the_same_file(client):
    first, second = (client.get("/papers.epub").getvalue() for _ in range(2))
    assert first == second


@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("/days/2031-01-01.epub", 404),
        ("/papers.epub?q=nosuchword", 404),
        ("/papers.epub?zh=perhaps", 400),
        ("/papers.epub?lang=xx", 400),
        ("/topics/no-such/papers.epub", 404),
    ],
)
def test_what_is_not_there_or_not_understood_is_no_book(client, address, status):
    assert client.get(address).status_code == status


@pytest.mark.parametrize(
    ("page", "address"),
    [
        ("/", "/days/2025-01-29.epub"),
        ("/days/2025-01-28/", "/days/2025-01-28.epub"),
        ("/days/2025-01-28/cs-ro/", "/days/2025-01-28/cs-ro/papers.epub"),
        ("/papers/?zh=ok", "/papers.epub?zh=ok"),
        ("/topics/rag/", "/topics/rag/papers.epub"),
    ],
)
def test_days_and_lists_link_to_their_book(client, page, address):
    shown = html.fromstring(client.get(page).content)
    (link,) = [one.get("href") for one in shown.cssselect("a") if one.text == "EPUB"]
    assert link == address
    assert client.get(link).status_code == 200
