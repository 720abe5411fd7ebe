"""Equivalent addresses share one cached page, which contains no unknown parameters."""

import pytest
from django.urls import URLPattern
from django.urls.resolvers import URLResolver

from papers import urls
from papers.http.parameters import parameters_of
from tests.cast import KITE

pytestmark = [pytest.mark.usefixtures("small_site"), pytest.mark.alike]

ALIKE = [
    ("/papers/", "/papers/?u=1"),
    ("/papers/", "/papers/?u=1&u=2&utm_source=x&%00=&=&&;"),
    ("/papers/", "/papers/?q=&topic=&from=&zh=&lang=&per=&page="),
    ("/papers/", "/papers/?page=1&per=25"),
    ("/papers/?topic=rag&zh=ok", "/papers/?zh=ok&topic=rag&topic=rag"),
    ("/papers/?topic=rag&topic=ro", "/papers/?topic=rag&u=1&topic=ro"),
    ("/papers/?q=knots%20%E7%BB%B3", "/papers/?q=knots+\u7ef3"),
    ("/papers/?per=100", "/papers/?per=50&per=100"),
    (f"/papers/{KITE}/?lang=zh", f"/papers/{KITE}/?u=1&lang=zh"),
    ("/", "/?u=1"),
    ("/days/2025-01-29/", "/days/2025-01-29/?page=2"),
    ("/authors/?q=ada", "/authors/?q=ada&u=1"),
    ("/papers/feed.atom?lang=zh&q=a", "/papers/feed.atom?q=a&u=1&lang=zh"),
    ("/suggest?q=la&ui=zh", "/suggest?u=1&ui=zh&q=la"),
    ("/sitemap.xml", "/sitemap.xml?u=1"),
    ("/robots.txt", "/robots.txt?u=1"),
]


@pytest.mark.parametrize(("address", "other"), ALIKE)
def test_addresses_that_ask_for_the_same_share_one_page(client, address, other):
    one, two = client.get(address), client.get(other)
    assert (one.status_code, two.status_code) == (200, 200)
    assert one.headers["ETag"] == two.headers["ETag"]
    assert one.getvalue() == two.getvalue()


@pytest.mark.parametrize(
    "different",
    [
        "/papers/?topic=nonsense",
        "/papers/?page=0",
        "/papers/?per=26",
        "/papers/?from=soon",
        "/papers/?lang=xx",
        "/papers/?q=a",
        "/papers/?sort=oldest",
    ],
)
def test_what_is_understood_or_named_as_wrong_is_a_page_of_its_own(client, different):
    etags = {client.get(address).headers["ETag"] for address in ("/papers/", different)}
    assert len(etags) == 2


@pytest.mark.parametrize(
    "address",
    ["/", "/papers/", "/papers/?q=a", "/topics/ro/", f"/papers/{KITE}/", "/days/", "/authors/"]
    + ["/days/2025-01-29/", "/papers/feed/", "/papers/feed.atom", "/papers.csv", "/feeds.opml"],
)
def test_no_page_repeats_what_a_visitor_wrote_behind_its_address(client, address):
    sign = "?" if "?" not in address else "&"
    first = client.get(f"{address}{sign}made=up-by-somebody&gclid=up-by-somebody")
    assert first.status_code == 200
    assert b"up-by-somebody" not in first.getvalue()


def test_a_value_that_is_not_understood_is_still_said_back(client):
    page = client.get("/papers/?u=1&topic=nonsense&per=7").content.decode()
    assert "no such topic: nonsense" in page
    assert "25, 50 or 100" in page


@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("/api/v1/papers?topics=rag", 400),
        ("/api/v1/papers?zh=", 400),
        ("/papers/feed.atom?lang=", 400),
        ("/papers.csv?topic=", 400),
        ("/papers.csv?topic=nonsense", 400),
        ("/papers.csv?u=1", 200),
    ],
)
def test_programs_are_refused_what_they_were_refused(client, address, status):
    assert client.get(address).status_code == status


def test_a_merged_topic_leads_on_with_what_is_understood(client):
    from papers import curation
    from papers.models import Topic

    curation.merge_topic(Topic.objects.get(slug="ro"), Topic.objects.get(slug="cs-ro"))
    assert client.get("/topics/ro/?zh=ok&u=1").url == "/topics/cs-ro/?zh=ok"


def test_a_cookie_that_means_nothing_makes_no_page(client, django_assert_num_queries):
    kept = client.get("/papers/")
    client.cookies.load({"_ga": "x", "csrftoken": "y", "sessionid": "z", "theme": "dark"})
    with django_assert_num_queries(1):
        assert client.get("/papers/").content == kept.content


def test_a_query_string_with_a_thousand_names_is_refused_and_no_fault(client):
    address = "/papers/?" + "&".join(f"u{number}=1" for number in range(2000))
    assert client.get(address).status_code == 400


def views(patterns) -> list:
    found = []
    for one in patterns:
        if isinstance(one, URLResolver):
            found += views(one.url_patterns)
        elif isinstance(one, URLPattern):
            found.append(one)
    return found


WANT_ALL = ("api/v1/", "^api/v1/", "language", "healthz", "readyz")


def test_every_address_says_what_it_understands():
    silent = [
        str(one.pattern) for one in views(urls.urlpatterns) if parameters_of(one.callback) is None
    ]
    assert [one for one in silent if not one.startswith(WANT_ALL)] == []
