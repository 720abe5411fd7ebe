"""One address may ask for what is costly only so often; everything else is never counted."""

import pytest
import time_machine
from django.core.cache import cache

pytestmark = pytest.mark.django_db

COSTLY = ["/papers/?q=lamp", "/papers/feed.atom?q=lamp", "/suggest?q=la"]


@pytest.fixture(autouse=True)
def at_a_fixed_time(settings):
    cache.clear()
    settings.RATE_LIMIT = 3
    with time_machine.travel("2026-11-25 12:00:15", tick=False):
        yield


def ask(client, address="/papers/?q=lamp", times=1, **headers):
    return [client.get(address, **headers).status_code for _ in range(times)][-1]


@pytest.mark.parametrize("address", COSTLY)
def test_whoever_asks_too_often_is_told_when_to_come_again(address, client):
    assert ask(client, address, times=3) != 429
    answer = client.get(address)
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


def test_what_is_cheap_is_never_counted(client):
    assert ask(client, "/papers/", times=10) == 200


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
