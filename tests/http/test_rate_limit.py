"""The rate limit counts the pages made for one address, not those from the cache."""

from itertools import count

import pytest
import time_machine
from django.core.cache import cache

from tests.support import sign_in

pytestmark = pytest.mark.django_db

COSTLY = ["/papers/?q=", "/papers/feed.atom?q=", "/suggest?q=", "/papers.csv?q=", "/papers/x"]


@pytest.fixture(autouse=True)
def at_a_fixed_time(settings):
    cache.clear()
    settings.RATE_LIMIT = 3
    with time_machine.travel("2026-11-25 12:00:15", tick=False):
        yield


words = map("lamp{}".format, count())  # each asked for once, so that it is not kept


def ask(client, address="/papers/?q=", times=1, **headers):
    return [client.get(address + next(words), **headers).status_code for _ in range(times)][-1]


@pytest.mark.parametrize("address", COSTLY)
def test_whoever_asks_too_often_is_told_when_to_come_again(address, client):
    assert ask(client, address, times=3) != 429
    answer = client.get(address + next(words))
    assert answer.status_code == 429
    assert answer.headers["Retry-After"] == "45"
    assert "no-store" in answer.headers["Cache-Control"]


def test_a_minute_later_it_is_forgotten(client):
    assert ask(client, times=4) == 429
    with time_machine.travel("2026-11-25 12:01:01", tick=False):
        assert ask(client) == 200


def test_other_addresses_are_counted_apart(client):
    assert ask(client, times=4) == 429
    assert ask(client, REMOTE_ADDR="192.0.2.7") == 200


def test_what_is_kept_is_never_counted(client):
    client.get("/papers/?q=lamp")
    assert ask(client, times=4) == 429
    assert client.get("/papers/?q=lamp").status_code == 200
    assert client.get("/papers/?q=lamp&made=up").status_code == 200


def test_a_made_up_cookie_spares_nobody(client):
    client.cookies.load({"sessionid": "made-up", "staff": "made-up"})
    assert ask(client, times=4) == 429


def test_whoever_has_signed_in_is_not_counted(client, admin_user):
    assert ask(sign_in(client, admin_user), times=10) == 200


def test_watchers_and_the_admin_are_not_counted(client):
    ask(client, times=4)
    for address in ("/healthz", "/admin/login/", "/language?lang=en"):
        assert client.get(address).status_code in (200, 302)


def test_without_a_limit_nothing_is_counted(client, settings):
    settings.RATE_LIMIT = 0
    assert ask(client, times=10) == 200


def test_behind_a_proxy_the_client_counts_and_cannot_pretend_to_be_another(client, settings):
    settings.TRUSTED_PROXIES = 1
    for number in range(4):
        status = ask(client, headers={"X-Forwarded-For": f"198.51.100.{number}, 192.0.2.1"})
    assert status == 429
    assert ask(client, headers={"X-Forwarded-For": "192.0.2.2"}) == 200


def test_without_a_proxy_what_a_client_says_of_its_address_is_ignored(client):
    for number in range(4):
        status = ask(client, headers={"X-Forwarded-For": f"198.51.100.{number}"})
    assert status == 429
