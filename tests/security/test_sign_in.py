"""Signing in: five attempts, a pause, and a new session that ends with signing out."""

import datetime
import logging

import pytest
import time_machine
from django.apps import apps
from django.test import Client
from django.urls import reverse

from papers.http.client_ip import client_address

pytestmark = [pytest.mark.django_db, pytest.mark.alike]

SIGN_IN = "/admin/login/"
RIGHT = {"username": "ada", "password": "a lamp in every window"}
WRONG = RIGHT | {"password": "wrong"}
NOON = datetime.datetime(2026, 11, 25, 12, tzinfo=datetime.UTC)


@pytest.fixture(autouse=True)
def ada(django_user_model):
    return django_user_model.objects.create_superuser(**RIGHT)


@pytest.fixture(autouse=True)
def noon():
    with time_machine.travel(NOON, tick=False) as clock:
        yield clock


def tries(client: Client, number: int, form: dict = WRONG, **sent) -> int:
    """The status of the last of so many tries."""
    return [client.post(SIGN_IN, form, **sent).status_code for _ in range(number)][-1]


def test_the_fifth_wrong_try_is_answered_with_a_pause(client):
    assert tries(client, 4) == 200  # the form again
    answer = client.post(SIGN_IN, WRONG)
    assert answer.status_code == 429
    assert int(answer.headers["Retry-After"]) == 15 * 60
    assert "no-store" in answer.headers["Cache-Control"]
    assert "Try again in 15 minutes" in answer.content.decode()
    assert "请在 15 分钟后再试" in answer.content.decode()
    assert "ada" not in answer.content.decode()


def test_during_the_pause_the_right_password_does_not_help_and_tells_nothing(client):
    tries(client, 5)
    assert tries(client, 1, RIGHT) == 429
    assert client.get("/admin/").status_code == 302


def test_after_the_pause_it_does(client, noon):
    tries(client, 5)
    noon.shift(datetime.timedelta(minutes=14))
    answer = client.post(SIGN_IN, WRONG)  # makes the pause no longer
    assert answer.status_code == 429
    assert int(answer.headers["Retry-After"]) == 60
    noon.shift(datetime.timedelta(seconds=61))
    assert tries(client, 1, RIGHT) == 302


def test_other_names_from_the_same_address_are_counted_with_it(client):
    for number in range(5):
        status = tries(client, 1, WRONG | {"username": f"user{number}"})
    assert status == 429


def test_nobody_can_keep_out_a_curator_who_comes_from_elsewhere(client):
    tries(client, 9)
    assert tries(client, 1, RIGHT, REMOTE_ADDR="192.0.2.7") == 302


def test_signing_in_as_oneself_gives_no_more_tries_at_others(client, django_user_model):
    django_user_model.objects.create_user("guesser", password="my own", is_staff=True)
    for _ in range(4):
        assert tries(client, 1) == 200
        assert tries(Client(), 1, {"username": "guesser", "password": "my own"}) == 302
    assert tries(client, 1) == 429
    assert tries(client, 1, RIGHT) == 429


def test_signing_in_is_possible_after_a_slip(client):
    tries(client, 4)
    assert tries(client, 1, RIGHT) == 302


def test_of_a_try_only_the_address_and_the_count_are_kept(client):
    sent = {"username": "mistyped-password", "password": "secret-guess"}
    address = f"{SIGN_IN}?next=/admin/a-page-of-mine/"
    agent = {"User-Agent": "a-browser-of-mine", "Accept": "text/of-mine"}
    for _ in range(5):
        assert client.post(address, sent, headers=agent).status_code in {200, 429}
    rows = [repr(row) for model in apps.get_models() for row in model.objects.values()]
    said = ("mistyped-password", "secret-guess", "of-mine", "/admin/login/")
    assert [row for row in rows if any(word in row for word in said)] == []
    (kept,) = apps.get_model("axes", "AccessAttempt").objects.values()
    assert (kept["ip_address"], kept["failures_since_start"]) == ("127.0.0.1", 5)


def test_an_address_is_forgotten_at_the_first_try_after_its_pause(client, noon):
    tries(client, 5, REMOTE_ADDR="192.0.2.7")
    noon.shift(datetime.timedelta(minutes=16))
    tries(client, 1)
    attempts = apps.get_model("axes", "AccessAttempt").objects.all()
    assert [one.ip_address for one in attempts] == ["127.0.0.1"]


class TestBehindAProxy:
    @pytest.fixture(autouse=True)
    def one_proxy(self, settings):
        settings.TRUSTED_PROXIES = 1

    def test_each_client_has_tries_of_its_own(self, client):
        assert tries(client, 5, headers={"X-Forwarded-For": "198.51.100.1"}) == 429
        assert tries(client, 1, RIGHT, headers={"X-Forwarded-For": "198.51.100.2"}) == 302

    def test_a_client_cannot_pretend_to_be_another(self, client):
        for number in range(5):
            pretended = f"203.0.113.{number}, 198.51.100.1"
            status = tries(client, 1, headers={"X-Forwarded-For": pretended})
        assert status == 429


@pytest.mark.parametrize(
    ("proxies", "forwarded", "peer", "address"),
    [
        (0, "198.51.100.1", "192.0.2.1", "192.0.2.1"),
        (1, "198.51.100.1", "192.0.2.1", "198.51.100.1"),
        (1, "1.1.1.1, 198.51.100.1", "192.0.2.1", "198.51.100.1"),
        (2, "1.1.1.1, 198.51.100.1, 10.0.0.1", "192.0.2.1", "198.51.100.1"),
        (2, "198.51.100.1", "192.0.2.1", "192.0.2.1"),
        (1, "198.51.100.1:4711", "192.0.2.1", "198.51.100.1"),
        (1, "[2001:db8:1:2:3:4:5:6]:4711", "192.0.2.1", "2001:db8:1:2::"),
        (0, "", "2001:db8:1:2:ffff::1", "2001:db8:1:2::"),
        (0, "", "::ffff:192.0.2.1", "192.0.2.1"),
        (1, "unknown", "192.0.2.1", "192.0.2.1"),
        (1, "'; DROP TABLE papers", "192.0.2.1", "192.0.2.1"),
        (1, "", "", ""),
    ],
)
def test_an_address_is_what_the_outermost_trusted_proxy_saw(
    rf, settings, proxies, forwarded, peer, address
):
    settings.TRUSTED_PROXIES = proxies
    request = rf.get("/", headers={"X-Forwarded-For": forwarded}, REMOTE_ADDR=peer)
    assert client_address(request) == address


def test_a_try_from_no_address_at_all_is_answered(client):
    assert tries(client, 2, REMOTE_ADDR="") == 200  # a Unix socket


@pytest.mark.parametrize("odd", ["\x00", "\ud800".encode("utf-8", "surrogatepass"), "’; --", "灯"])
def test_an_odd_name_or_address_is_a_wrong_try_and_no_fault(client, odd):
    answer = client.post(f"{SIGN_IN}?next=%00%ff", {"username": odd, "password": "x"})
    assert answer.status_code == 200


def test_the_session_is_a_new_one_after_signing_in(client):
    client.cookies.load({"sessionid": "chosenbysomebodyelse0000000000ab"})
    tries(client, 1, RIGHT)
    assert client.cookies["sessionid"].value != "chosenbysomebodyelse0000000000ab"
    assert client.get("/admin/").status_code == 200


def test_the_session_is_dead_after_signing_out(client):
    tries(client, 1, RIGHT)
    kept = client.cookies["sessionid"].value
    assert client.post(reverse("admin:logout")).status_code == 200
    thief = Client()
    thief.cookies.load({"sessionid": kept})
    assert thief.get("/admin/").status_code == 302


def test_a_link_cannot_sign_anybody_out(client):
    tries(client, 1, RIGHT)
    assert client.get(reverse("admin:logout")).status_code == 405
    assert client.get("/admin/").status_code == 200


def test_a_new_password_ends_the_other_sessions(client, ada):
    tries(client, 1, RIGHT)
    ada.set_password("another lamp altogether")
    ada.save()
    assert client.get("/admin/").status_code == 302


def test_the_cookies_are_for_this_site_and_for_no_script(client, settings):
    settings.SESSION_COOKIE_SECURE = settings.CSRF_COOKIE_SECURE = True
    client.get(SIGN_IN)
    tries(client, 1, RIGHT)
    for name in ("sessionid", "csrftoken"):
        cookie = client.cookies[name]
        assert (cookie["httponly"], cookie["secure"], cookie["samesite"]) == (True, True, "Lax")
        assert (cookie["domain"], cookie["path"]) == ("", "/")


def test_after_signing_in_one_stays_on_the_site(client):
    answer = client.post(f"{SIGN_IN}?next=https://evil.example/", RIGHT)
    assert answer.status_code == 302
    assert "evil" not in answer.headers["Location"]


def test_the_log_says_what_happened_and_not_to_whom(client, caplog):
    with caplog.at_level(logging.INFO):
        tries(client, 5)
        tries(client, 1, RIGHT, REMOTE_ADDR="192.0.2.7")
    said = [
        record.getMessage() for record in caplog.records if record.name == "papers.http.sign_in"
    ]
    assert said.count("A sign-in was refused.") == 5
    assert any("paused" in one for one in said)
    assert "Somebody signed in." in said
    everything = " ".join(record.getMessage() for record in caplog.records)
    assert not [one for one in ("ada", "127.0.0.1", "192.0.2.7") if one in everything]
