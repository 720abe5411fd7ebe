"""The languages that a page shows, and how a reader's choice is remembered."""

import pytest

from tests.views.conftest import EXPLAINED, WITHOUT_CHINESE

pytestmark = [pytest.mark.usefixtures("sample"), pytest.mark.alike]

PAPER = f"/papers/{EXPLAINED}/"
ABSTRACT = ".paper-abstract .reading, .pair:first-child > p"
TITLE = "h1 .text"


def languages(page, selector: str) -> list[str]:
    return page.attributes(selector, "lang")


@pytest.mark.parametrize(
    ("lang", "titles", "abstracts"),
    [
        ("en", ["en"], ["en"]),
        ("zh", ["zh-Hans"], ["zh-Hans"]),
        ("both", ["en", "zh-Hans"], ["en", "zh-Hans"]),
        ("en-zh", ["en"], ["zh-Hans"]),
        ("both-en", ["en", "zh-Hans"], ["en"]),
    ],
)
def test_the_server_writes_only_the_languages_that_the_address_asks_for(
    read, lang, titles, abstracts
):
    page = read(PAPER, lang=lang)
    assert languages(page, TITLE) == titles
    assert languages(page, ABSTRACT) == abstracts


def test_without_a_choice_a_chinese_browser_gets_both_and_others_english(read):
    assert languages(
        read(PAPER, headers={"Accept-Language": "zh-CN,zh;q=0.9,en;q=0.8"}), TITLE
    ) == [
        "zh-Hans",
        "en",
    ]
    assert languages(read(PAPER, headers={"Accept-Language": "en-US,zh;q=0.5"}), TITLE) == ["en"]
    assert languages(read(PAPER, headers={"Accept-Language": "fr"}), TITLE) == ["en"]


def test_the_toggle_is_a_link_that_sets_a_cookie_and_comes_back(client, read):
    page = read("/papers/", topic="rag", lang="en")
    link = page.attributes('.toggle a[title="Chinese"]', "href")[0]
    answer = client.get(link)
    assert answer.status_code == 302
    assert answer.headers["Location"] == "/papers/?topic=rag"
    assert answer.cookies["lang"].value == "zh"
    assert "no-store" in answer.headers["Cache-Control"]
    assert languages(read(PAPER), TITLE) == ["zh-Hans"]


def test_the_first_language_is_the_readers_choice_or_that_of_the_interface(client, read):
    chinese = {"Accept-Language": "zh-CN"}
    assert languages(read(PAPER, lang="both"), TITLE) == ["en", "zh-Hans"]
    assert languages(read(PAPER, lang="both", headers=chinese), TITLE) == ["zh-Hans", "en"]
    client.get("/language", {"first": "xx"})
    assert languages(read(PAPER, lang="both"), TITLE) == ["en", "zh-Hans"]
    client.get("/language", {"first": "zh"})
    page = read(PAPER, lang="both")
    assert languages(page, TITLE) == ["zh-Hans", "en"]
    assert languages(page, ABSTRACT) == ["zh-Hans", "en"]
    assert page.all('[aria-labelledby="choice-first"] [aria-current]') == ["中文"]
    assert languages(read("/papers/", lang="both"), ".card-title .text")[0] == "zh-Hans"


def test_the_way_back_keeps_the_place_in_the_page(client):
    way = {"lang": "zh", "next": "/days/2025-01-29/?lang=en#p-2501.99021"}
    assert client.get("/language", way).headers["Location"] == "/days/2025-01-29/#p-2501.99021"


def test_an_address_with_a_language_wins_over_the_cookie_and_changes_nothing_else(client, read):
    client.cookies["lang"] = "zh"
    page = read(PAPER, lang="en")
    assert languages(page, TITLE) == ["en"]
    assert not page.response.cookies
    assert languages(read(PAPER), TITLE) == ["zh-Hans"]


def test_the_current_choice_is_marked_and_titles_and_abstracts_can_be_chosen_apart(read):
    page = read("/papers/", lang="zh")
    assert page.all(".toggle > .segments [aria-current]") == ["中文"]
    apart = page.attributes(".choice-panel a", "href")
    assert any("lang=en-zh" in link for link in apart)
    assert any("lang=zh-both" in link for link in apart)


@pytest.mark.parametrize(("lang", "mark"), [("zh", "no Chinese yet"), ("both", "no Chinese yet")])
def test_what_has_no_chinese_is_shown_in_english_with_a_mark(read, lang, mark):
    page = read(f"/papers/{WITHOUT_CHINESE}/", lang=lang)
    assert languages(page, TITLE) == ["en"]
    assert languages(page, ABSTRACT)[0] == "en"
    assert page.all("h1 .mark") == [mark]
    assert page.all(".paper-abstract .mark") == [mark]


def test_a_language_that_is_not_understood_is_named_and_left_out(read):
    page = read("/papers/", lang="klingon<script>")
    assert page.status == 200
    assert "lang=klingon<script>" in page.text
    assert "<script>" not in page.source


def test_the_interface_speaks_chinese_when_asked(client, read):
    assert read("/topics/").all("h1") == ["Topics"]
    client.get("/language", {"ui": "zh-hans", "next": "/topics/"})
    page = read("/topics/")
    assert page.all("h1") == ["主题"]
    assert page.attributes("html", "lang") == ["zh-Hans"]


def test_pages_vary_on_what_they_depend_on_and_set_no_cookie(read):
    response = read("/papers/").response
    assert {"Accept-Language", "Cookie"} <= set(response.headers["Vary"].split(", "))
    assert not response.cookies


@pytest.mark.parametrize(
    "target",
    [
        "https://evil.example/",
        "//evil.example/",
        "/\\evil.example",
        "///evil.example",
        "\\\\evil.example",
        "javascript:alert(1)",
        "http:evil.example",
        "#//evil.example",
        "/#\r\nSet-Cookie:x=1",
        "evil.example",
        "/%0d%0aSet-Cookie:x=1\r\nX: y",
        "",
    ],
)
def test_the_way_back_never_leaves_the_site(client, target):
    location = client.get("/language", {"lang": "zh", "next": target}).headers["Location"]
    assert location.startswith("/")
    assert not location.startswith(("//", "/\\"))
    assert "\n" not in location


def test_a_choice_that_is_not_understood_sets_no_cookie(client):
    answer = client.get("/language", {"lang": "xx", "ui": "tlh", "next": "/papers/"})
    assert answer.status_code == 302
    assert not answer.cookies
