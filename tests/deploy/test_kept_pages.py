"""Pages that nginx caches for one kind of visitor are never shown to another."""

import itertools
import random
import time
from dataclasses import replace

import pytest
from django.core import signing

from tests.deploy.fronts import Answer, Front, most_let_through

# As the site signs it, with a key that the site does not have.
FORGED_STAFF = f"staff={signing.get_cookie_signer(salt='staff').sign('1')}"
CHINESE = [("Accept-Language", "zh-CN,zh;q=0.9,en;q=0.8")]
ENGLISH = [("Accept-Language", "en-GB,en;q=0.9")]
DOCUMENT = [("Sec-Fetch-Dest", "document")]
CHINESE_TITLE = "潜空间中的灯笼"
number = itertools.count()


@pytest.fixture
def front(behind_nginx: Front) -> Front:
    """A reader who has asked for nothing yet: each test has an address of its own."""
    return replace(behind_nginx, client=f"127.0.4.{next(number) % 250 + 1}")


@pytest.fixture
def path() -> str:
    """An address that nobody has asked for."""
    return f"/papers/?page=1&asked={next(number)}"


def kept(answer: Answer) -> str:
    return answer.headers.get("X-Cache", "")


def language(answer: Answer) -> str:
    """The interface's language, and whether a title is shown in Chinese."""
    titles = "zh" if CHINESE_TITLE in answer.text else "en"
    return f"{answer.headers['Content-Language']} {titles}"


# --- One copy for all who get the same page


@pytest.mark.parametrize(
    "accepted",
    [
        *("zh", "zh-CN", "ZH-TW,en", "fr,zh;q=0.5", "de-DE, zh-Hant;q=0.3, en;q=0.1"),
        "fr," * 300 + "zh",
    ],
)
def test_readers_of_chinese_share_a_page(front: Front, path, accepted):
    front.get(path, CHINESE)
    answer = front.get(path, [("Accept-Language", accepted)])
    assert (kept(answer), language(answer)) == ("HIT", "zh-hans zh")


@pytest.mark.parametrize(
    "accepted",
    ["en", "EN-us,zh", "fr,en;q=0.5,zh;q=0.1", "fr", "", "azh", "zhe,x-zhe", "uz,xzh-CN"],
)
def test_all_others_share_the_english_one(front: Front, path, accepted):
    front.get(path, ENGLISH)
    answer = front.get(path, [("Accept-Language", accepted)])
    assert (kept(answer), language(answer)) == ("HIT", "en en")


@pytest.mark.parametrize(
    "cookie",
    [
        *("sessionid=abcdefghijklmnop", "sessionid=x; csrftoken=y", "staff=made-up", "staff="),
        *(
            "lang=; ui=",
            "lang=xx; ui=fr; first=fr",
            "lang=en|zh",
            "lang=zh-zh-zh",
            "theme=dark",
            "staff=a:b:c",
        ),
        *("lang=zh ui=zh-hans", 'lang="zh"', "lang=zh|", "ui=zh-hans lang=", "lang=llm|"),
        *("staff=" + "a" * 300 + ":1vAbCd:" + "a" * 43, f"staff=<x>:1vAbCd:{'a' * 43}"),
    ],
)
def test_a_cookie_that_means_nothing_changes_nothing(front: Front, path, cookie):
    front.get(path, ENGLISH)
    answer = front.get(path, [*ENGLISH, ("Cookie", cookie)])
    assert (kept(answer), language(answer)) == ("HIT", "en en")


def test_an_empty_query_is_none(front: Front):
    front.get("/topics/")
    assert kept(front.get("/topics/?")) == "HIT"


# --- And none for anybody else


def test_each_choice_of_languages_has_pages_of_its_own(front: Front, path):
    choices = ["en", "zh", "both", "en-zh", "zh-en", "both-en", "en-both", "zh-both", "both-zh"]
    for lang, ui, first in itertools.product(choices, ("en", "zh-hans"), ("en", "zh")):
        answer = front.get(path, [("Cookie", f"lang={lang}; ui={ui}; first={first}")])
        assert kept(answer) == "MISS"
        assert answer.headers["Content-Language"] == ui


SEPARATORS = [" ", "|", ":", "/", "?", "&", "=", "%7C", "%20", "\t", "#", ",", '"', "lang=", "://"]


@pytest.mark.parametrize("separator", SEPARATORS)
def test_no_value_reaches_into_the_next_one(front: Front, path, separator):
    """Whatever an attacker writes into one part, later readers get what the site makes for them."""
    for forged in (
        [("Cookie", f"lang=zh{separator}ui=zh-hans")],
        [("Cookie", f"ui=zh-hans{separator}lang=zh; lang=llm{separator}")],
        [("Cookie", f"lang=en{separator}en; ui=en{separator}zh-CN")],
        [("Accept-Encoding", f"br{separator}zh-CN"), ("Accept-Language", f"en{separator}zh")],
        [("Sec-Fetch-Dest", f"document{separator}/papers/feed.atom"), *CHINESE],
    ):
        front.get(path, forged)
    for asked, expected in ((ENGLISH, "en en"), (CHINESE, "zh-hans zh")):
        assert language(front.get(path, asked)) == expected


def test_an_address_that_looks_like_a_key_is_only_an_address(front: Front, path):
    front.get(f"{path}|zh|zh-hans|zh-CN|", ENGLISH)
    front.get(f"{path}%20zh-CN%20lang=zh", ENGLISH)
    assert language(front.get(path, CHINESE)) == "zh-hans zh"
    assert language(front.get(path, ENGLISH)) == "en en"


@pytest.mark.parametrize("separator", ["|", ":", "/", "?", "&", "=", "%20", ","])
@pytest.mark.parametrize("cookie", ["lang", "ui", "first"])
def test_no_cookie_fills_the_entry_of_another_address(front: Front, path, cookie, separator):
    front.get(path, [*ENGLISH, ("Cookie", f"{cookie}=b{separator}")])
    assert kept(front.get(f"{path}{separator}b", ENGLISH)) == "MISS"


@pytest.mark.parametrize("first", [[], DOCUMENT])
@pytest.mark.parametrize("form", ["atom", "rss"])
def test_a_feed_keeps_its_type_for_programs_and_for_people(front: Front, form, first):
    feed = f"/papers/feed.{form}?asked={next(number)}"
    front.get(feed, first)
    for _ in range(2):
        assert front.get(feed).headers["Content-Type"].startswith(f"application/{form}+xml")
        opened = front.get(feed, DOCUMENT)
        assert opened.headers["Content-Type"].startswith("application/xml")


def test_an_encoding_is_only_given_to_who_takes_it(front: Front, path):
    for accepted, expected in (
        *(("gzip, deflate, br", "br"), ("gzip", "gzip"), ("", None), ("gzip;q=0", None)),
        *(("br;q=0, gzip", None), ("br ; q=0.0", None), ("bravo, gzipped", None)),
    ):
        answer = front.get(path, [("Accept-Encoding", accepted)])
        assert answer.headers.get("Content-Encoding") == expected, accepted


def test_the_same_page_whatever_was_asked_before(front: Front):
    """Random visitors, in a random order, each get what a site that keeps nothing would give."""
    cookies = [
        "",
        "lang=zh",
        "lang=both; ui=en",
        "lang=both; first=zh",
        "ui=zh-hans",
        "lang=zh|; ui=x",
        "sessionid=a",
    ]
    visitors = list(itertools.product(cookies, (ENGLISH, CHINESE), ([], DOCUMENT)))
    alone = {index: seen(front, visitor, next(number)) for index, visitor in enumerate(visitors)}
    order = list(range(len(visitors))) * 2
    random.Random(15).shuffle(order)
    together = next(number)
    for index in order:
        assert seen(front, visitors[index], together) == alone[index], visitors[index]


def seen(front: Front, visitor: tuple, asked: int) -> tuple[str, str]:
    cookie, accepted, fetched = visitor
    headers = [*accepted, *fetched, *([("Cookie", cookie)] if cookie else [])]
    page = front.get(f"/topics/?asked={asked}", headers)
    feed = front.get(f"/papers/feed.atom?asked={asked}", headers)
    return page.text.replace(f"asked%3D{asked}", ""), feed.headers["Content-Type"]


# --- Signed in


def test_a_cookie_of_staff_passes_by_what_is_kept_and_leaves_nothing_there(front: Front, path):
    staff = [*CHINESE, ("Cookie", FORGED_STAFF)]
    assert [kept(front.get(path, staff)) for _ in range(2)] == ["BYPASS", "BYPASS"]
    assert kept(front.get(path, CHINESE)) == "MISS"


def test_cookies_of_staff_are_counted(front: Front, path):
    began = time.monotonic()
    statuses = [front.get(path, [("Cookie", FORGED_STAFF)]).status for _ in range(80)]
    let_through = len(statuses) - statuses.count(429)
    assert let_through <= most_let_through(time.monotonic() - began, burst=50, a_second=10)
    assert front.get(path).status == 200


# --- Files


def test_a_file_is_kept_once_whatever_its_query(front: Front):
    page = front.get("/").text
    file = page.partition('href="/static/')[2].partition('"')[0]
    for query in ("", "?a", "?b=1"):
        answer = front.get(f"/static/{file}{query}", [("Cookie", "sessionid=a")])
        assert answer.status == 200
        assert "immutable" in answer.headers["Cache-Control"]
