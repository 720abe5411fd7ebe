"""``/healthz`` and ``/readyz`` answer monitors under any Host."""

import pytest

from tests.security.serving import serving
from tests.security.test_headers import guarded

pytestmark = pytest.mark.alike

WATCHED = ["/healthz", "/readyz"]
HOSTS = ["127.0.0.1", "10.0.0.7:8000", "web", "evil.example", "bad host"]


@pytest.fixture
def in_public(settings):
    settings.ALLOWED_HOSTS = ["papers.example.org"]
    settings.SECURE_SSL_REDIRECT = True
    settings.SECURE_SSL_HOST = "papers.example.org"
    settings.SECURE_REDIRECT_EXEMPT = ["^healthz$", "^readyz$", "^metrics$"]


@pytest.mark.parametrize("path", WATCHED)
@pytest.mark.parametrize("host", HOSTS)
@pytest.mark.usefixtures("in_public", "sample")
def test_it_answers_under_any_name_without_tls_and_is_guarded(client, path, host):
    answer = client.get(path, headers={"Host": host})
    assert answer.status_code == 200
    assert host.encode() not in answer.content
    assert "no-store" in answer.headers["Cache-Control"]
    guarded(answer)


@pytest.mark.usefixtures("in_public", "sample")
def test_nothing_else_answers_there(client):
    for path in ("/healthz/", "/healthzz", "/readyz/papers/", "/papers/"):
        answer = client.get(path, headers={"Host": "127.0.0.1", "X-Forwarded-Proto": "https"})
        assert answer.status_code in (301, 400)


@pytest.mark.parametrize("path", WATCHED)
@pytest.mark.usefixtures("in_public", "sample")
def test_it_is_only_read(client, path):
    assert client.head(path).status_code == 200
    answer = client.post(path, {"a": "b"})
    assert answer.status_code == 405
    guarded(answer)


def test_a_site_with_the_documented_settings_is_healthy_on_the_loopback_address(tmp_path):
    with serving(tmp_path) as site:
        for path in WATCHED:
            with site.connect() as connection:
                host = f"127.0.0.1:{site.port}"
                connection.sendall(f"GET {path} HTTP/1.0\r\nHost: {host}\r\n\r\n".encode())
                assert connection.recv(65536).split(b" ")[1] == b"200"
