"""An unreachable database host: only the first request waits for it."""

import socket
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress

import pytest
from django.db import DEFAULT_DB_ALIAS, DatabaseError, OperationalError, connections
from django.db.backends.postgresql.base import DatabaseWrapper

from digest_site import environment
from papers.db import availability
from papers.db.availability import version_of

REPLICA = "replica-1"
AT_ONCE = 1.5  # seconds; who waits gives up after two at the earliest


@pytest.fixture
def silent_port() -> Iterator[int]:
    """Of a server whose queue is full: the kernel drops new connections without an answer."""
    with socket.socket() as server:
        server.bind(("127.0.0.1", 0))
        server.listen(0)
        knocking = [socket.socket() for _ in range(4)]
        for one in knocking:
            one.setblocking(False)
            one.connect_ex(server.getsockname())
        yield server.getsockname()[1]
        for one in knocking:
            one.close()


@pytest.fixture
def closed_port() -> int:
    """Nobody listens there: who knocks is refused."""
    with socket.socket() as server:
        server.bind(("127.0.0.1", 0))
        return server.getsockname()[1]


@pytest.fixture
def move(db, monkeypatch, tmp_path) -> Iterator[Callable[[str, int], None]]:
    """``move(alias, port)``: this thread will look for that database there."""
    here = connections[DEFAULT_DB_ALIAS]

    def move(alias: str, port: int) -> None:
        address = f"postgres://ada@127.0.0.1:{port}/none?connect_timeout=2"
        monkeypatch.setenv("MOVED", address)
        config = environment.database("MOVED", tmp_path / "none", tmp_path)
        connections[alias] = DatabaseWrapper({**here.settings_dict, **config}, alias)

    yield move
    connections[DEFAULT_DB_ALIAS] = here
    with suppress(AttributeError):
        del connections[REPLICA]


def seconds_to_refuse(alias: str) -> float:
    began = time.monotonic()
    with pytest.raises(DatabaseError):
        version_of(alias)
    return time.monotonic() - began


@pytest.mark.parametrize("alias", [DEFAULT_DB_ALIAS, REPLICA])
def test_one_reader_waits_for_a_silent_host_and_the_next_ones_do_not(move, silent_port, alias):
    move(alias, silent_port)
    assert AT_ONCE < seconds_to_refuse(alias) < 10
    assert seconds_to_refuse(alias) < AT_ONCE


def test_after_a_while_one_reader_asks_again_for_all(move, silent_port, monkeypatch):
    move(REPLICA, silent_port)
    monkeypatch.setattr(availability, "RETRY_AFTER", 0.1)
    seconds_to_refuse(REPLICA)
    monkeypatch.setattr(availability, "RETRY_AFTER", 10.0)
    time.sleep(0.2)

    def asks() -> float:
        move(REPLICA, silent_port)
        return seconds_to_refuse(REPLICA)

    with ThreadPoolExecutor() as threads:
        first = threads.submit(asks)
        time.sleep(0.3)
        assert seconds_to_refuse(REPLICA) < AT_ONCE
        assert first.result(10) > AT_ONCE


def test_a_primary_that_refuses_is_asked_by_everybody_and_its_return_is_noticed_at_once(
    move, closed_port
):
    here = connections[DEFAULT_DB_ALIAS]
    move(DEFAULT_DB_ALIAS, closed_port)
    assert seconds_to_refuse(DEFAULT_DB_ALIAS) < AT_ONCE
    connections[DEFAULT_DB_ALIAS] = here
    assert version_of(DEFAULT_DB_ALIAS)


def test_a_replica_that_refuses_is_left_alone(move, closed_port):
    move(REPLICA, closed_port)
    seconds_to_refuse(REPLICA)
    connections[REPLICA] = connections[DEFAULT_DB_ALIAS]
    with pytest.raises(OperationalError, match=f"{REPLICA} did not answer a moment ago"):
        version_of(REPLICA)


def test_while_the_primary_is_silent_kept_pages_are_served_and_others_are_503_at_once(
    small_site, client, move, silent_port
):
    kept = client.get("/papers/")
    move(DEFAULT_DB_ALIAS, silent_port)
    assert client.get("/papers/").content == kept.content  # this one has waited
    began = time.monotonic()
    assert client.get("/papers/").content == kept.content
    other = client.get("/papers/?per=50")
    assert (other.status_code, other.headers["Retry-After"]) == (503, "10")
    assert time.monotonic() - began < AT_ONCE


def test_a_watcher_waits_once(client, move, silent_port):
    move(DEFAULT_DB_ALIAS, silent_port)
    assert client.get("/readyz").status_code == 503
    began = time.monotonic()
    assert client.get("/readyz").status_code == 503
    assert client.get("/healthz").status_code == 200
    assert time.monotonic() - began < AT_ONCE


def test_a_silent_replica_is_left_out(small_site, client, move, silent_port, settings):
    settings.REPLICAS = [REPLICA]
    settings.DATABASE_ROUTERS = ["papers.db.replicas.ReplicaRouter"]
    move(REPLICA, silent_port)
    assert client.get("/papers/").status_code == 200
    began = time.monotonic()
    assert client.get("/papers/?per=50").status_code == 200
    assert time.monotonic() - began < AT_ONCE
