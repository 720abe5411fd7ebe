"""Request headers cannot set server variables such as SCRIPT_NAME.

The real server is tested on the loopback interface, where gunicorn trusts its peer by default.
"""

import re

import pytest

from tests.security.serving import Site, serving

pytestmark = pytest.mark.alike

EVIL = "evil.example"
TOPICS = "/topics/?u="
UNDERSCORED = {
    "SCRIPT_NAME": "/topics",
    "PATH_INFO": "/admin/login/",
    "REMOTE_USER": EVIL,
    "REMOTE_ADDR": EVIL,
    "REMOTE_HOST": EVIL,
    "REQUEST_METHOD": "DELETE",
    "REQUEST_URI": f"//{EVIL}/",
    "RAW_URI": f"//{EVIL}/",
    "QUERY_STRING": f"q={EVIL}",
    "SERVER_NAME": EVIL,
    "SERVER_PORT": "6666",
    "SERVER_PROTOCOL": EVIL,
    "SCRIPT_URL": "/topics",
    "REDIRECT_URL": "/topics",
    "CONTENT_LENGTH": "5",
    "CONTENT_TYPE": EVIL,
    "HTTP_HOST": EVIL,
    "HTTP_COOKIE": f"lang={EVIL}",
    "ACCEPT_LANGUAGE": "zh-CN",
    "ACCEPT_ENCODING": "br",
    "IF_NONE_MATCH": "*",
    "X_FORWARDED_FOR": EVIL,
    "X_FORWARDED_HOST": EVIL,
    "X_FORWARDED_PROTO": "http",
    "X_FORWARDED_PORT": "6666",
    "X_FORWARDED_PREFIX": "/topics",
    "X_SCRIPT_NAME": "/topics",
    "X_REAL_IP": EVIL,
    "WSGI_INPUT": EVIL,
    "WSGI_URL_SCHEME": "http",
    "WSGI_MULTITHREAD": EVIL,
    "wsgi.input_terminated": EVIL,
}
HONEST = {"Host": "papers.example.org", "X-Forwarded-Proto": "https"}


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    with serving(tmp_path_factory.mktemp("site")) as running:
        yield running


def answer(site: Site, path: str, **headers: str) -> tuple[int, dict[str, str], bytes]:
    """Status, headers and body of one request."""
    lines = [f"GET {path} HTTP/1.1"]
    lines += [f"{name}: {value}" for name, value in (HONEST | headers).items()]
    with site.connect() as connection:
        connection.sendall("\r\n".join([*lines, "Connection: close\r\n\r\n"]).encode())
        received = b"".join(iter(lambda: connection.recv(65536), b""))
    head, _, body = received.partition(b"\r\n\r\n")
    status, *rest = head.decode("latin-1").split("\r\n")
    return int(status.split()[1]), dict(line.split(": ", 1) for line in rest), body


def without_its_address(page: bytes) -> bytes:
    return re.sub(rb"u(=|%3D)[\w.]+", b"u", page)


@pytest.mark.parametrize("name", UNDERSCORED)
def test_a_header_with_an_underscore_changes_neither_the_page_nor_its_key(site, name):
    path = f"{TOPICS}{name}"
    _, _, expected = answer(site, f"{TOPICS}nobody")
    status, headers, body = answer(site, path, **{name: UNDERSCORED[name]})
    assert (status, without_its_address(body)) == (200, without_its_address(expected))
    assert EVIL not in str(headers)
    later, its_headers, its_body = answer(site, path)
    assert (later, its_body) == (200, body)
    assert its_headers["ETag"] == headers["ETag"]


@pytest.mark.parametrize("name", UNDERSCORED)
def test_a_header_with_an_underscore_leads_nowhere_else(site, name):
    status, headers, body = answer(site, "/topics", **{name: UNDERSCORED[name]})
    assert (status, headers["Location"]) == (301, "/topics/")
    assert EVIL.encode() not in body


@pytest.mark.parametrize("name", ["SCRIPT_NAME", "SCRIPT-NAME", "PATH_INFO", "X-Script-Name"])
def test_no_header_hides_an_address_from_a_front_that_closes_it(site, name):
    for value in ("/x", "/admin/login/"):
        status, _, body = answer(site, "/x/admin/login/", **{name: value})
        assert status == 404
        assert b"csrfmiddlewaretoken" not in body


@pytest.mark.parametrize("name", ["X-Forwarded-Protocol", "X-Forwarded-Ssl"])
def test_what_other_fronts_say_of_tls_is_not_believed(site, name):
    said = {"X-Forwarded-Proto": "http", name: "ssl" if "Protocol" in name else "on"}
    status, headers, _ = answer(site, "/topics/", **said)
    assert (status, headers["Location"]) == (301, "https://papers.example.org/topics/")


def test_a_site_below_another_path_is_refused_in_one_sentence():
    from digest_site.wsgi import application

    said = {}
    environ = {"SCRIPT_NAME": "/topics", "PATH_INFO": "/", "REQUEST_METHOD": "GET"}
    body = b"".join(
        application(
            environ, lambda status, headers: said.update({"status": status, **dict(headers)})
        )
    )
    assert said["status"] == "400 Bad Request"
    assert said["Content-Type"] == "text/plain; charset=utf-8"
    assert body.count(b".") == 1
    assert b"topics" not in body


@pytest.mark.usefixtures("sample")
def test_a_page_is_kept_under_what_was_asked_for_and_not_under_a_prefix(client):
    prefixed = client.get("/", SCRIPT_NAME="/topics")
    honest = client.get("/topics/")
    assert prefixed.headers["ETag"] != honest.headers["ETag"]
    assert prefixed.content != honest.content
