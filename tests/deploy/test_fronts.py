"""The shipped fronts (reverse proxies) start before a real site and withstand hostile requests."""

import ssl
import time
from contextlib import ExitStack, suppress
from dataclasses import replace

import pytest

from tests.deploy.curator import Curator
from tests.deploy.fronts import HOST, Front, most_let_through

PAGES = ["/", "/papers/", "/papers/feed.atom", "/admin/login/", "/healthz", "/readyz"]
LONG = 16_000  # characters, twice what a browser would ever send
CEILING = 10  # seconds for an honest reader, who waits less than one
MANY = 24  # slow clients; the site answers two requests at a time
UPLOAD = "/admin/papers/upload/add/"


@pytest.mark.parametrize("path", PAGES)
def test_a_front_comes_up_before_a_site_with_public_hosts(front: Front, path):
    for _ in range(3):  # also after the front has asked for the site's health
        answer = front.get(path)
        assert answer.status == 200
        assert answer.body


def test_another_host_is_refused(front: Front):
    assert "papers" not in front.get("/papers/", [("Host", "evil.example")]).text


# --- Hostile headers

UNDERSCORED = [
    *("SCRIPT_NAME", "Script_Name", "PATH_INFO", "REMOTE_ADDR", "REMOTE_USER", "SERVER_NAME"),
    *("X_Forwarded_Proto", "X_FORWARDED_FOR", "X_FORWARDED_HOST", "HTTP_HOST", "CONTENT_LENGTH"),
    *("CONTENT_TYPE", "Transfer_Encoding", "wsgi_url_scheme", "X_Script_Name", "Accept_Language"),
]


@pytest.mark.parametrize("name", UNDERSCORED)
def test_a_header_with_an_underscore_changes_nothing(front: Front, name):
    path = f"/topics/?{name}"
    hostile = front.get(path, [(name, "/papers"), (name, "1"), ("Accept-Language", "en")])
    honest = front.get(path, [("Accept-Language", "en")])
    assert hostile.status == honest.status == 200
    assert _main(hostile.text) == _main(honest.text)


@pytest.mark.parametrize("name", ["SCRIPT_NAME", "Script_Name", "PATH_INFO"])
def test_no_header_leads_to_the_admin_by_another_address(front: Front, name):
    assert front.get("/x/admin/login/", [(name, "/x")]).status in (400, 404)


def _main(page: str) -> str:
    return page.partition("<main")[2].partition("</main>")[0]


HEADERS = [
    "Accept-Language",
    "Accept-Encoding",
    "Cookie",
    "User-Agent",
    "Referer",
    "Sec-Fetch-Dest",
]
HEADERS += ["If-None-Match", "If-Modified-Since", "X-Forwarded-For", "X-Anything"]
LETTERS = ["en,", "a", ";q=0,", "lang=zh; ", "br;", " ", ":", "%", '"', "\\"]


@pytest.mark.parametrize("name", HEADERS)
def test_long_headers_are_refused_or_read_in_no_time(front: Front, name):
    started = time.monotonic()
    for letters in LETTERS:
        for length in (LONG, 7_000):
            value = (letters * length)[:length].strip() or "a"
            assert front.get("/papers/", [(name, value)]).status in (200, 304, 400, 431, 494)
    assert time.monotonic() - started < 2 * CEILING


def test_a_long_selection_of_papers_is_one_address(front: Front):
    path = "/papers/?" + "&".join(f"id=2501.{number:05d}" for number in range(520))
    assert 7_000 < len(path) < 8_000
    assert front.get(path).status == 200


# --- Slow clients, from many addresses

COOKIES = f"Cookie: sessionid={'a' * 32}; csrftoken={'a' * 32}; staff=MQ:1vAbCd:{'a' * 43}\r\n"
GET = f"GET /papers/?per=100&lang=both HTTP/1.1\r\nHost: {HOST}\r\n{COOKIES}"
POST = f"POST %s HTTP/1.1\r\nHost: {HOST}\r\n{COOKIES}Content-Length: 900000\r\n"
FORM = "Content-Type: application/x-www-form-urlencoded\r\n\r\n"
SLOW = {
    "headers": GET + "X-Slow: ",
    "bodies of a page": POST % "/" + FORM,
    "bodies of the admin": POST % "/admin/login/" + FORM + "csrfmiddlewaretoken=",
    "bodies of an upload": POST % UPLOAD
    + "Content-Type: multipart/form-data; boundary=x\r\n\r\n--x",
    "readers": GET + "\r\n",
}


@pytest.mark.parametrize("kind", SLOW)
def test_slow_clients_with_cookies_keep_nobody_waiting(front: Front, kind):
    with ExitStack() as stack:
        for number in range(MANY):
            elsewhere = replace(front, client=f"127.0.1.{number + 1}")
            slow = stack.enter_context(elsewhere.connect(receive=1024))
            slow.sendall(SLOW[kind].encode())
        for number in range(5):
            started = time.monotonic()
            assert front.get(f"/papers/?page=1&slow={number}{kind[:3]}").status == 200
            assert time.monotonic() - started < CEILING


# --- Bodies


@pytest.mark.parametrize("path", ["/", "/admin/login/", "/language", "/papers/", UPLOAD + "x"])
def test_a_body_of_more_than_a_megabyte_is_refused(front: Front, path):
    assert front.ask("POST", path, _form(), b"a" * 1_200_000).status == 413


def test_a_curators_digest_of_sixteen_megabytes_reaches_the_site(front: Front, curator: Curator):
    """It is stored, and the site asks what it is; nothing is imported here."""
    curator.sign_in(front)
    answer = curator.post(front, UPLOAD, {}, b"a" * (16 * 2**20))
    assert answer.status == 302
    assert answer.headers["Location"].endswith("/ask/")


def test_nothing_larger_than_that_does(front: Front):
    assert front.ask("POST", UPLOAD, _form(), b"a" * (18 * 2**20)).status == 413


def test_a_body_without_a_length_is_limited_too(front: Front):
    """A front finds out on the way, perhaps too late for a 413, or the site refuses it first."""
    chunk = b"10000\r\n%s\r\n" % (b"a" * 0x10000)
    head = f"POST /admin/login/ HTTP/1.1\r\nHost: {HOST}\r\nTransfer-Encoding: chunked\r\n\r\n"
    with front.connect() as connection, suppress(OSError):
        connection.sendall(head.encode() + chunk * 40)
        assert connection.recv(12) in [b"HTTP/1.1 %d" % one for one in (400, 403, 413, 502)]


def _form() -> list[tuple[str, str]]:
    return [("Content-Type", "application/x-www-form-urlencoded")]


# --- Too many requests (nginx)


def test_who_asks_too_often_is_told_so_and_nobody_else(behind_nginx: Front):
    greedy = replace(behind_nginx, client="127.0.2.1")
    with greedy.connect() as connection:
        began = time.monotonic()
        statuses = [_again(connection) for _ in range(900)]
    assert statuses[:400] == [200] * 400
    let_through = len(statuses) - statuses.count(429)
    assert let_through <= most_let_through(time.monotonic() - began, burst=500, a_second=50)
    assert behind_nginx.get("/papers/").status == 200


@pytest.mark.parametrize("path", ["/admin/login/", "/language?lang=zh"])
def test_what_always_reaches_the_site_may_be_asked_for_less_often(behind_nginx: Front, path):
    greedy = replace(behind_nginx, client=f"127.0.3.{len(path)}")
    with greedy.connect() as connection:
        began = time.monotonic()
        statuses = [_again(connection, path) for _ in range(120)]
    let_through = len(statuses) - statuses.count(429)
    assert let_through <= most_let_through(time.monotonic() - began, burst=50, a_second=10)


def _again(connection: ssl.SSLSocket, path: str = "/papers/") -> int:
    """One more request on this connection."""
    connection.sendall(f"GET {path} HTTP/1.1\r\nHost: {HOST}\r\n\r\n".encode())
    head = b""
    while b"\r\n\r\n" not in head:
        piece = connection.recv(65536)
        if not piece:
            raise ConnectionError(head)
        head += piece
    head, _, body = head.partition(b"\r\n\r\n")
    lines = head.decode().split("\r\n")
    length = next(
        (int(line[15:]) for line in lines if line.lower().startswith("content-length:")), 0
    )
    while len(body) < length:
        body += connection.recv(65536)
    return int(lines[0].split()[1])
