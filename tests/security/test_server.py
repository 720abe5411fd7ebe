"""The real server over a socket: one response to each request, whatever was sent."""

import json
import re

import pytest

from tests.security.serving import Site, serving

HOST = b"Host: papers.example.org\r\n"
PROXY = HOST + b"X-Forwarded-Proto: https\r\nX-Forwarded-For: 192.0.2.77\r\n"
SMUGGLED = b"GET /smuggled HTTP/1.1\r\n" + HOST + b"\r\n"

# Requests whose end two servers may see in two places; a second request is sent behind each.
POST = b"POST /papers/ HTTP/1.1\r\n" + PROXY
GET = b"GET /papers/ HTTP/1.1\r\n" + PROXY
CHUNKED = b"Transfer-Encoding: chunked\r\n"
NO_CHUNK = b"\r\n0\r\n\r\n"

AMBIGUOUS = {
    "length and chunks": POST + b"Content-Length: 6\r\n" + CHUNKED + NO_CHUNK + b"G",
    "chunks and length": POST + CHUNKED + b"Content-Length: 3\r\n\r\n8\r\nSMUGGLED" + NO_CHUNK,
    "two lengths": POST + b"Content-Length: 0\r\nContent-Length: 44\r\n\r\n",
    "lengths in a list": POST + b"Content-Length: 0, 44\r\n\r\n",
    "signed length": POST + b"Content-Length: +0\r\n\r\n",
    "negative length": POST + b"Content-Length: -1\r\n\r\n",
    "underscored length": POST + b"Content-Length: 1_0\r\n\r\n",
    "wide digits": POST + "Content-Length: ４\r\n\r\n".encode(),
    "space before the colon": POST + b"Content-Length : 5\r\n\r\nhello",
    "tab before the colon": POST + b"Transfer-Encoding\t: chunked\r\n" + NO_CHUNK,
    "folded header": POST + b"Transfer-Encoding:\r\n chunked\r\n" + NO_CHUNK,
    "unknown coding": POST + b"Transfer-Encoding: xchunked\r\n" + NO_CHUNK,
    "coding twice": POST + CHUNKED + b"Transfer-Encoding: identity\r\n" + NO_CHUNK,
    "vertical tab in the coding": POST + b"Transfer-Encoding: \x0bchunked\r\n" + NO_CHUNK,
    "NUL in a header": GET + b"X: a\x00b\r\n\r\n",
    "bare CR in a header": GET + b"X: a\rb\r\n\r\n",
    "chunks": POST + CHUNKED + NO_CHUNK,
    "chunk size with a sign": POST + CHUNKED + b"\r\n+0\r\n\r\n",
    "chunk size 0x0": POST + CHUNKED + b"\r\n0x0\r\n\r\n",
    "chunk without its end": POST + CHUNKED + b"\r\n1\r\naXX0\r\n\r\n",
    "old version with chunks": POST.replace(b"1.1", b"1.0") + CHUNKED + NO_CHUNK,
    "bare LF line ends": GET.replace(b"\r\n", b"\n") + b"\n",
    "no method": GET.removeprefix(b"GET") + b"\r\n",
    "two versions": GET.replace(b"HTTP/1.1", b"HTTP/1.1 HTTP/1.1") + b"\r\n",
}
PLAIN = {
    "two hosts": GET + b"Host: evil.example\r\n\r\n",
    "no host": b"GET /papers/ HTTP/1.1\r\n\r\n",
    "body of a GET": GET + b"Content-Length: 5\r\n\r\nhello",
    "underscored header": GET + b"X_Forwarded_Proto: http\r\n\r\n",
    "forwarded host": GET
    + b"X-Forwarded-Host: evil.example\r\nForwarded: host=evil.example\r\n\r\n",
    "rewritten address": GET + b"X-Original-URL: /evil\r\nX-Rewrite-URL: /evil\r\n\r\n",
    "HEAD": GET.replace(b"GET", b"HEAD") + b"\r\n",
    "HEAD of a page kept ready": GET.replace(b"GET", b"HEAD") + b"\r\n",
    "absolute address": GET.replace(b"/papers/", b"http://evil.example/papers/") + b"\r\n",
    "upgrade to h2c": (
        GET
        + b"Connection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\nHTTP2-Settings: AAMAAABk\r\n\r\n"
    ),
    "upgrade to a websocket": GET + b"Connection: Upgrade\r\nUpgrade: websocket\r\n\r\n",
}


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    with serving(tmp_path_factory.mktemp("site")) as running:
        yield running


def answers(site: Site, sent: bytes) -> list[bytes]:
    """Everything that comes back until the server closes, cut at each status line."""
    with site.connect() as connection:
        connection.sendall(sent)
        connection.shutdown(1)
        received = b""
        while piece := connection.recv(65536):
            received += piece
    return re.split(rb"(?=HTTP/1\.[01] [1-5][0-9]{2} )", received)[1:]


def status(answer: bytes) -> int:
    return int(answer.split(b" ", 2)[1])


def test_an_honest_request_is_answered(site):
    (answer,) = answers(site, b"GET /papers/ HTTP/1.1\r\n%sConnection: close\r\n\r\n" % PROXY)
    assert status(answer) == 200
    assert b"Strict-Transport-Security: max-age=31536000; includeSubDomains\r\n" in answer


@pytest.mark.parametrize("probe", AMBIGUOUS)
def test_a_request_with_two_ends_gets_one_answer_and_hides_no_other(site, probe):
    (answer,) = answers(site, AMBIGUOUS[probe] + SMUGGLED)
    assert 400 <= status(answer) < 502
    assert b"smuggled" not in answer


@pytest.mark.parametrize("probe", PLAIN)
def test_an_odd_request_with_one_end_gets_one_answer_and_the_next_its_own(site, probe):
    first, *more = answers(site, PLAIN[probe] + SMUGGLED)
    assert status(first) in (200, 301, 400)
    assert [status(answer) for answer in more] in ([], [301])
    assert b"evil" not in first
    assert first.endswith(b"\r\n\r\n") or not probe.startswith("HEAD")


def test_two_requests_on_one_connection_get_two_answers(site):
    one = b"GET /healthz HTTP/1.1\r\n%s\r\n" % PROXY
    got = answers(site, one + one)
    assert [status(answer) for answer in got] == [200, 200]


@pytest.mark.parametrize(
    "long",
    [
        b"GET /papers/?q=%s HTTP/1.1\r\n\r\n" % (b"a" * 9000),
        b"GET /papers/ HTTP/1.1\r\nX: %s\r\n\r\n" % (b"a" * 9000),
        b"GET /papers/ HTTP/1.1\r\n%s\r\n" % b"".join(b"X-%d: a\r\n" % n for n in range(70)),
    ],
    ids=["address", "header", "headers"],
)
def test_what_is_too_long_is_refused(site, long):
    (answer,) = answers(site, long)
    assert 400 <= status(answer) < 500


def test_watchers_on_the_loopback_interface_need_no_tls(site):
    for path in (b"/healthz", b"/readyz"):
        (answer,) = answers(site, b"GET %s HTTP/1.1\r\n%sConnection: close\r\n\r\n" % (path, HOST))
        assert status(answer) == 200


def test_the_log_of_all_this_is_one_line_of_json_each_and_names_no_client(site):
    answers(site, b"GET /papers/ HTTP/1.1\r\nHost: evil\x01\nERROR\r\n\r\n")
    answers(site, b"BAD\x01 /papers/?q=private HTTP/1.1\r\n%s\r\n" % PROXY)
    lines = site.log.splitlines()
    assert lines
    for line in lines:
        assert {"at", "level", "from", "event"} <= json.loads(line).keys()
    assert not [one for one in ("127.0.0.1", "192.0.2.77", "private") if one in site.log]
