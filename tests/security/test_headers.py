"""Every response has the security headers."""

import pytest
from django.core.cache import cache
from django.db import OperationalError
from django.test import Client

from papers.db import data_version
from papers.views.days import Calendar

pytestmark = [pytest.mark.usefixtures("sample"), pytest.mark.alike]

EXPECTED = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
}
PAPER = "2501.99010"
ANSWERS = {
    "/": 200,
    "/papers/": 200,
    "/papers/?zh=what": 200,
    f"/papers/{PAPER}/": 200,
    "/days/": 200,
    "/days/2025-01-29/": 200,
    "/topics/": 200,
    "/authors/": 200,
    "/about/": 200,
    "/papers/feed.atom": 200,
    "/papers/feed.rss": 200,
    "/healthz": 200,
    "/readyz": 200,
    "/static/css/tokens.css": 200,
    "/admin/login/": 200,
    "/papers": 301,
    f"/abs/{PAPER}": 302,
    "/language?lang=zh": 302,
    "/admin/": 302,
    "/papers/feed.atom?zh=what": 400,
    "/static/nothing.css": 404,
    "/nothing/": 404,
    "/days/2025-02-30/": 404,
    "/admin/nothing/": 302,
}


@pytest.fixture(autouse=True)
def static_files_from_their_source(settings):
    settings.WHITENOISE_AUTOREFRESH = settings.WHITENOISE_USE_FINDERS = True
    cache.clear()


def guarded(answer) -> None:
    headers = answer.headers
    assert {name: headers.get(name) for name in EXPECTED} == EXPECTED
    policy = dict(part.strip().partition(" ")[::2] for part in _policy(answer).split(";"))
    assert policy["default-src"] == "'none'"
    assert policy["frame-ancestors"] == policy["base-uri"] == "'none'"
    assert set(policy.values()) == {"'none'", "'self'"}  # nothing inline, nobody else
    assert "camera=()" in headers["Permissions-Policy"]


def _policy(answer) -> str:
    return answer.headers.get("Content-Security-Policy", "")


def test_every_answer_is_guarded_and_only_choices_and_signing_in_set_a_cookie(client):
    for address, status in ANSWERS.items():
        answer = client.get(address)
        assert (address, answer.status_code) == (address, status)
        guarded(answer)
        sets_a_cookie = address.startswith(("/language", "/admin/login"))
        assert bool(answer.cookies) is sets_a_cookie, address


def test_a_page_that_has_not_changed_is_guarded(client):
    etag = client.get("/papers/").headers["ETag"]
    answer = client.get("/papers/", headers={"If-None-Match": etag})
    assert answer.status_code == 304
    guarded(answer)


def test_a_page_kept_ready_is_guarded(client):
    assert client.get("/topics/").content == client.get("/topics/").content
    guarded(client.get("/topics/"))


def test_a_refused_method_is_guarded(client):
    for method in ("post", "put", "delete", "patch", "trace"):
        answer = getattr(client, method)("/papers/")
        assert (method, answer.status_code) == (method, 405)
        guarded(answer)


@pytest.mark.parametrize("address", ["/papers/", "/static/css/tokens.css"])
def test_a_foreign_host_is_refused_and_guarded(client, address):
    client.get(address)  # now it may be kept ready
    for host in ("evil.example", "bad host", "localhost@evil.example", "localhost:80:80"):
        answer = client.get(address, headers={"Host": host})
        assert answer.status_code == 400
        assert "请求有误" in answer.content.decode()
        assert "evil" not in answer.content.decode()
        guarded(answer)


def test_a_form_from_elsewhere_is_refused_in_both_languages_and_guarded():
    answer = Client(enforce_csrf_checks=True).post("/admin/login/", {"username": "a"})
    assert answer.status_code == 403
    assert "请重新提交表单" in answer.content.decode()
    guarded(answer)


def test_what_a_curator_may_not_see_is_refused_and_guarded(client, django_user_model):
    client.force_login(django_user_model.objects.create_user("ada", is_staff=True))
    answer = client.get("/admin/papers/paper/")
    assert answer.status_code == 403
    guarded(answer)


def test_the_admin_is_guarded(admin_client):
    for address in ("/admin/", "/admin/papers/paper/", "/admin/papers/digest/"):
        answer = admin_client.get(address)
        assert answer.status_code == 200
        guarded(answer)


def test_a_fault_of_ours_is_guarded(client, monkeypatch):
    monkeypatch.setattr(Calendar, "get_context_data", lambda self, **kwargs: 1 / 0)
    client.raise_request_exception = False
    answer = client.get("/days/")
    assert answer.status_code == 500
    guarded(answer)


def test_an_outage_is_guarded(client, monkeypatch):
    def away(*args, **kwargs):
        raise OperationalError("away")

    monkeypatch.setattr(Calendar, "get_context_data", away)
    answer = client.get("/days/")
    assert answer.status_code == 503
    guarded(answer)


def test_whoever_asks_too_often_gets_a_guarded_answer(client, settings):
    settings.RATE_LIMIT = 1
    for word in "ab":
        answer = client.get(f"/papers/?q={word}")
    assert answer.status_code == 429
    guarded(answer)


@pytest.fixture
def on_tls(settings):
    settings.SECURE_SSL_REDIRECT = True
    settings.SECURE_SSL_HOST = "papers.example.org"
    settings.SECURE_HSTS_SECONDS = 31_536_000
    settings.SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")


@pytest.mark.usefixtures("on_tls")
def test_on_tls_every_answer_asks_for_tls_next_time(client):
    for address in ("/papers/", "/nothing/", "/static/css/tokens.css", "/healthz"):
        answer = client.get(address, headers={"X-Forwarded-Proto": "https"})
        assert answer.headers["Strict-Transport-Security"] == "max-age=31536000"


@pytest.mark.usefixtures("on_tls")
def test_without_tls_the_way_leads_to_the_sites_own_name(client):
    for host in ("localhost", "evil.example", "bad host"):
        answer = client.get("/papers/?q=a", headers={"Host": host})
        assert answer.status_code == 301
        assert answer.headers["Location"] == "https://papers.example.org/papers/?q=a"
        guarded(answer)


class TestWhoOnlyShowsACookie:
    """Anybody can make up a cookie; it must buy nothing."""

    COOKIES = {"sessionid": "made-up", "staff": "made-up"}

    def test_gets_no_more_time_in_the_database(self, client, monkeypatch, sample):
        limited = []
        from papers.http import page_cache

        real = page_cache.time_limited
        monkeypatch.setattr(
            page_cache, "time_limited", lambda alias: limited.append(alias) or real(alias)
        )
        client.cookies.load(self.COOKIES)
        assert client.get("/papers/").status_code == 200
        assert limited == ["default"]

    def test_gets_the_page_that_is_kept_for_everybody(
        self, client, sample, django_assert_num_queries
    ):
        kept = client.get("/papers/?per=100")
        client.cookies.load(self.COOKIES)
        with django_assert_num_queries(1):
            answer = client.get("/papers/?per=100&made=up")
        assert answer.content == kept.content
        assert "Set-Cookie" not in answer.headers
        assert not answer.cookies

    def test_cannot_throw_away_what_is_kept_for_everybody(self, client, sample):
        before = data_version.current()
        client.cookies.load(self.COOKIES)
        client.post("/admin/login/", {"username": "a", "password": "b"})
        client.post("/admin/papers/paper/1/change/", {"title_en": "x"})
        assert data_version.current() == before
