"""Page metadata for sharing, for installing as an app and for browser tabs."""

import json

import pytest
from django.contrib.staticfiles import finders

from tests.views.conftest import IN_THREE_DIGESTS

pytestmark = [pytest.mark.usefixtures("sample"), pytest.mark.alike]


def meta(page, name: str) -> str:
    (content,) = page.attributes(f'meta[property="og:{name}"]', "content")
    return content


def test_a_shared_paper_is_its_title_and_abstract_in_the_pages_language(read, settings):
    page = read(f"/papers/{IN_THREE_DIGESTS}/", lang="en", list="/papers/")
    assert meta(page, "type") == "article"
    assert meta(page, "title") == page.all("h1 .text")[0]
    assert page.all(".reading p")[0].startswith(meta(page, "description")[:100])
    assert meta(page, "url") == f"{settings.SITE_URL}/papers/{IN_THREE_DIGESTS}/"
    chinese = read(f"/papers/{IN_THREE_DIGESTS}/", lang="zh")
    assert meta(chinese, "title") == chinese.all('h1 [lang="zh-Hans"]')[0]


def test_the_picture_of_a_shared_page_is_there(read, settings):
    picture = meta(read("/"), "image")
    assert picture.startswith(settings.SITE_URL)
    assert finders.find(picture.partition("/static/")[2])


def test_titles_of_tabs_say_which_page_it_is_and_in_which_language(read):
    titles = {
        "/": "29 Jan 2025 · Duizhao",
        "/days/2025-01-29/multimodal/": "Multimodal, 29 Jan 2025 · Duizhao",
        "/topics/rag/": "Retrieval-Augmented Generation · Duizhao",
    }
    for path, title in titles.items():
        assert read(path).all("title") == [title]
    paper = read(f"/papers/{IN_THREE_DIGESTS}/", lang="zh")
    assert paper.attributes("title", "lang") == ["zh-Hans"]


def test_the_site_can_be_kept_as_an_app(client, read):
    (address,) = read("/").attributes("link[rel=manifest]", "href")
    answer = client.get(address)
    assert answer.headers["Content-Type"] == "application/manifest+json"
    manifest = json.loads(answer.content)
    assert (manifest["name"], manifest["start_url"]) == ("Duizhao", "/")
    for icon in manifest["icons"]:
        assert finders.find(icon["src"].partition("/static/")[2])


def test_the_app_is_described_once_for_readers_of_every_language(client):
    answers = [
        client.get("/site.webmanifest", headers={"accept-language": one}) for one in ("zh", "en")
    ]
    assert len({answer.headers["ETag"] for answer in answers}) == 1
    assert "Cookie" not in answers[0].headers["Vary"]
