"""Redis as the shared cache: used while it answers, ignored while it is down."""

import pickle
import socket
import subprocess
import time

import pytest
import redis

from papers.http.redis_cache import ForgivingRedisCache
from tests.support import missing


@pytest.fixture
def redis_server(tmp_path):
    """Starts a Redis of the test's own; ``start`` again after ``stop`` takes the same port."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    server = Server(port, tmp_path)
    server.start()
    yield server
    server.stop()


class Server:
    def __init__(self, port, folder):
        self.port, self.folder = port, folder

    def start(self):
        command = ["redis-server", "--port", str(self.port), "--save", "", "--dir", self.folder]
        try:
            self.process = subprocess.Popen(
                [*command, "--bind", "127.0.0.1"], stdout=subprocess.DEVNULL
            )
        except FileNotFoundError:
            missing("no redis-server on PATH")
        for _ in range(200):
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", self.port)) == 0:
                    return
            time.sleep(0.05)

    def stop(self):
        self.process.kill()
        self.process.wait()


@pytest.fixture
def cache(redis_server, monkeypatch):
    monkeypatch.setattr(ForgivingRedisCache, "dead_until", 0.0)
    options = {"socket_connect_timeout": 0.25, "socket_timeout": 0.25}
    return ForgivingRedisCache(f"redis://127.0.0.1:{redis_server.port}/0", {"OPTIONS": options})


def test_what_is_set_is_found(cache):
    cache.set("page", b"text", 60)
    assert cache.get("page") == b"text"
    assert cache.add("page", b"other") is False
    cache.set("count", 1)
    assert cache.incr("count") == 2
    assert cache.delete("page") is True
    assert cache.get("page", "nothing") == "nothing"


VALUES = [0, -7, 10**30, "there", b"\x00\xff", None, True, [1, "a"], {"a": None}]
PAGES = [({"Content-Type": "text/html"}, b"=line\nline"), ({}, b"")]


def test_what_is_found_is_what_was_set(cache):
    for value in VALUES + PAGES:
        cache.set("page", value, 60)
        found = cache.get("page")
        assert (found, type(found)) == (value, type(value))


class Planted:
    """A pickle that leaves a trace where somebody reads it."""

    def __init__(self, trace):
        self.trace = trace

    def __reduce__(self):
        return exec, (f"open({str(self.trace)!r}, 'w')",)


def test_a_planted_pickle_is_not_loaded_and_counts_as_nothing(cache, redis_server, tmp_path):
    for protocol in range(pickle.HIGHEST_PROTOCOL + 1):
        planted = pickle.dumps(Planted(tmp_path / "trace"), protocol)
        redis.Redis(port=redis_server.port).set(cache.make_key("page"), planted)
        assert cache.get("page", "nothing") == "nothing"
        assert not (tmp_path / "trace").exists()
    assert ForgivingRedisCache.dead_until == 0.0  # it does answer


def test_what_is_not_ours_counts_as_nothing(cache, redis_server):
    broken = [b"", b"j", b"j{", b"j\xff", b"p{}", b"p[", b"?", b"12x", b"-", b"j" + b"[" * 100_000]
    for planted in broken:
        redis.Redis(port=redis_server.port).set(cache.make_key("page"), planted)
        assert cache.get("page", "nothing") == "nothing"


def test_what_has_no_plain_form_is_refused(cache):
    with pytest.raises(TypeError):
        cache.set("page", object(), 60)


def test_a_dead_server_counts_as_finding_nothing_and_is_not_waited_for(cache, redis_server):
    cache.set("page", b"text", 60)
    redis_server.stop()
    assert cache.get("page") is None
    began = time.monotonic()
    for _ in range(100):
        cache.set("page", b"text", 60)
        assert cache.get("page", "nothing") == "nothing"
    assert time.monotonic() - began < 10  # a quarter of a second each, if it were waited for


def test_a_server_that_is_back_is_used_again(cache, redis_server, monkeypatch):
    redis_server.stop()
    assert cache.get("page") is None
    redis_server.start()
    monkeypatch.setattr(ForgivingRedisCache, "dead_until", 0.0)
    cache.set("page", b"text", 60)
    assert cache.get("page") == b"text"


def test_pages_come_from_it_while_it_lives_and_without_it_when_it_does_not(
    small_site, client, redis_server, monkeypatch, settings, django_assert_num_queries
):
    monkeypatch.setattr(ForgivingRedisCache, "dead_until", 0.0)
    settings.CACHES = {
        "default": {
            "BACKEND": "papers.http.redis_cache.ForgivingRedisCache",
            "LOCATION": f"redis://127.0.0.1:{redis_server.port}/0",
        }
    }
    page = client.get("/papers/")
    with django_assert_num_queries(1):
        assert client.get("/papers/").content == page.content
    redis_server.stop()
    without = client.get("/papers/")
    assert (without.status_code, without.content) == (200, page.content)
