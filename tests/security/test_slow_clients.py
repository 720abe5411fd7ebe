"""Hundreds of slow clients behind the documented proxy delay no one (make test-hard)."""

import os
import ssl
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace

import pytest

from tests.deploy.fronts import HOST, Front, nginx
from tests.security.serving import serving

pytestmark = pytest.mark.skipif(not os.environ.get("HARD"), reason="only in make test-hard")

SLOW = 400
HONEST = 60
LONGEST = 0.2  # seconds for an honest client
START = f"GET /papers/?per=100&lang=both HTTP/1.1\r\nHost: {HOST}\r\n".encode()
POST = f"POST /admin/login/ HTTP/1.1\r\nHost: {HOST}\r\n".encode()
BODY = POST + b"Content-Length: 1000000\r\n\r\n"


class Slow:
    """So many clients that are never done: each gives or takes one byte a second."""

    def __init__(self, front: Front, start: bytes, reads: bool) -> None:
        self.reads = reads
        self.sockets = [self._connected(front, start, number) for number in range(SLOW)]
        self.done = threading.Event()
        self.thread = threading.Thread(target=self._dribble)
        self.thread.start()

    def _connected(self, front: Front, start: bytes, number: int) -> ssl.SSLSocket:
        elsewhere = replace(front, client=f"127.1.{number // 200}.{number % 200 + 1}")
        one = elsewhere.connect(receive=1024)
        one.sendall(start)
        one.setblocking(False)
        return one

    def _dribble(self) -> None:
        while not self.done.wait(1):
            for one in self.sockets:
                try:
                    one.recv(1) if self.reads else one.send(b"a")
                except (ssl.SSLError, ConnectionError):  # not yet, or given up
                    continue

    def end(self) -> None:
        self.done.set()
        self.thread.join()
        for one in self.sockets:
            one.close()


@contextmanager
def slow_clients(front: Front, start: bytes, reads: bool) -> Iterator[Slow]:
    slow = Slow(front, start, reads)
    try:
        yield slow
    finally:
        slow.end()


@pytest.fixture(scope="module")
def front(tmp_path_factory) -> Iterator[Front]:
    site_folder, front_folder = (tmp_path_factory.mktemp(name) for name in ("site", "front"))
    documented = {"WEB_CONCURRENCY": "2", "WEB_THREADS": "1"}
    with serving(site_folder, **documented) as site, nginx(front_folder, site.port) as running:
        yield running


def seconds_for(front: Front, path: str) -> float:
    started = time.perf_counter()
    assert front.get(path).status == 200
    return time.perf_counter() - started


@pytest.mark.parametrize(
    ("kind", "start", "reads"),
    [
        ("headers", START + b"X: ", False),
        ("bodies", BODY, False),
        ("readers", START + b"\r\n", True),
    ],
)
def test_slow_clients_keep_nobody_waiting(front, kind, start, reads):
    with slow_clients(front, start, reads):
        time.sleep(3)
        # Half of what honest clients ask for is kept ready by the front, half is made for them.
        paths = [path for n in range(HONEST // 2) for path in ("/papers/", f"/papers/?x={kind}{n}")]
        times = sorted(seconds_for(front, path) for path in paths)
    print(f"slow {kind}: median {times[HONEST // 2]:.3f} s, worst {times[-1]:.3f} s")
    assert times[int(HONEST * 0.95)] < LONGEST
