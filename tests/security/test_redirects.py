"""Redirects stay on the site, and the Host header of a request is never used."""

import pytest
from django.core.cache import cache

pytestmark = pytest.mark.alike

EVIL = "evil.example"

# What browsers, proxies and careless checks have read as another site.
TARGETS = [
    *(f"https://{EVIL}/", f"http://{EVIL}", f"//{EVIL}/", f"///{EVIL}/", f"////{EVIL}"),
    *(f"/\\{EVIL}", f"\\/{EVIL}", f"\\\\{EVIL}", f"/\\/{EVIL}", f"/\t/{EVIL}", f"/\n/{EVIL}"),
    *(f"\t//{EVIL}", f" //{EVIL}", f"\x00//{EVIL}", f"\r\n//{EVIL}", f"https:{EVIL}"),
    *(
        f"https:/{EVIL}",
        f"https:///{EVIL}",
        f"https:\\\\{EVIL}",
        f"HtTpS://{EVIL}",
        f"ftp://{EVIL}",
    ),
    *(f"javascript:location='//{EVIL}'", f"JaVaScRiPt://{EVIL}/%0aalert(1)", "data:text/html,x"),
    *("vbscript:x", f"java\nscript://{EVIL}", f"\x01javascript://{EVIL}", f"//{EVIL}%2f.."),
    *(f"//testserver@{EVIL}/", f"https://testserver@{EVIL}", f"https://testserver.{EVIL}"),
    *(f"//{EVIL}\\@testserver/", f"//{EVIL}#@testserver/", f"//{EVIL}?@testserver/"),
    *(f"https://[{EVIL}", f"//[::1]@{EVIL}", "//0x7f000001/", "//①.example/", "//evil。example"),
    *(
        f"/%09/{EVIL}",
        f"/%5c{EVIL}",
        f"/..//{EVIL}",
        f"/papers/..//{EVIL}/",
        f"/.//{EVIL}",
        f"@{EVIL}",
    ),
    *(
        f"/\u2028/{EVIL}",
        f"／／{EVIL}",
        f"/\u200b/{EVIL}",
        f".{EVIL}",
        f"/\r\nLocation: https://{EVIL}",
    ),
    *(f"/?next=//{EVIL}", f"/papers/?lang=zh#//{EVIL}"),
]


def lands_on_this_site(location: str) -> bool:
    """As a browser reads it (WHATWG URL): one slash, and nothing that it would throw away."""
    return (
        location.startswith("/")
        and location[1:2] not in ("/", "\\")
        and location.isascii()
        and location.isprintable()
        and " " not in location
    )


@pytest.mark.parametrize("target", TARGETS, ids=ascii)
def test_the_way_back_from_a_choice_of_language_stays_here(client, target):
    answer = client.get("/language", {"lang": "zh", "next": target})
    assert answer.status_code == 302
    assert lands_on_this_site(answer.headers["Location"]), answer.headers["Location"]


def test_there_are_forty_shapes_and_more():
    assert len(set(TARGETS)) >= 40


@pytest.mark.parametrize(
    "path", ["/papers", "//evil.example/papers", "/\\evil.example", "/abs/2501.97001v2"]
)
@pytest.mark.usefixtures("small_site")
def test_a_redirect_leads_to_a_path_of_this_site(client, path):
    answer = client.get(path)
    if answer.status_code in (301, 302):
        assert lands_on_this_site(answer.headers["Location"])
    assert answer.status_code in (301, 302, 404)


HEADERS = {
    "Host": EVIL,
    "X-Forwarded-Host": f"{EVIL}, x.{EVIL}",
    "X-Forwarded-Server": EVIL,
    "X-Host": EVIL,
    "X-HTTP-Host-Override": EVIL,
    "Forwarded": f"for=192.0.2.1;host={EVIL};proto=https",
    "X-Forwarded-Port": "4711",
    "X-Forwarded-Prefix": f"//{EVIL}",
    "X-Original-URL": f"/{EVIL}",
    "X-Rewrite-URL": f"/{EVIL}",
}
PUBLIC = [
    "/",
    "/papers/",
    "/papers",
    "/papers/2501.97001/",
    "/abs/2501.97001",
    "/days/",
    "/topics/rag/",
]
PUBLIC += [
    "/authors/",
    "/about/",
    "/papers/feed.atom",
    "/papers/feed.rss",
    "/papers/feed.json",
    "/nothing/",
]
PUBLIC += [
    "/sitemap.xml",
    "/robots.txt",
    "/opensearch.xml",
    "/feeds.opml",
    "/papers.bib",
    "/api/v1/",
]
PUBLIC += [
    "/.well-known/security.txt",
    "/language?lang=zh",
    "/admin/",
    "/admin/login/",
    "/papers.jsonl",
]


@pytest.mark.usefixtures("small_site")
def test_what_a_request_says_of_its_host_reaches_no_answer(client, settings):
    settings.ALLOWED_HOSTS = ["*"]  # the most careless operator
    for address in PUBLIC:
        cache.clear()
        answer = client.get(address, headers=HEADERS)
        said = b"".join(answer).decode() + "".join(f"{n}: {v}\n" for n, v in answer.headers.items())
        assert EVIL not in said, address
        assert "4711" not in answer.headers.get("Location", ""), address


@pytest.mark.usefixtures("small_site")
def test_a_page_is_the_same_page_under_any_host(client, settings):
    settings.ALLOWED_HOSTS = ["*"]
    for address in ("/papers/", "/papers/feed.atom"):
        one = client.get(address, headers={"Host": "one.example"})
        other = client.get(address, headers=HEADERS)
        assert one.headers["ETag"] == other.headers["ETag"]
        assert one.content == other.content
