"""Behind the documented front hundreds of slow clients keep nobody waiting (make test-hard)."""

import os
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from tests.security.front import nginx
from tests.security.serving import serving

pytestmark = pytest.mark.skipif(not os.environ.get("HARD"), reason="only in make test-hard")

SLOW = 400
HONEST = 60
LONGEST = 0.2  # seconds for an honest client
START = b"GET /papers/?per=100&lang=both HTTP/1.1\r\nHost: papers.example.org\r\n"
BODY = b"POST /admin/login/ HTTP/1.1\r\nHost: papers.example.org\r\nContent-Length: 1000000\r\n\r\n"


class Slow:
    """So many clients that are never done: each gives or takes one byte a second."""

    def __init__(self, port: int, start: bytes, reads: bool) -> None:
        self.reads = reads
        self.sockets = [self._connected(port, start) for _ in range(SLOW)]
        self.done = threading.Event()
        self.thread = threading.Thread(target=self._dribble)
        self.thread.start()

    def _connected(self, port: int, start: bytes) -> socket.socket:
        one = socket.socket()
        one.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 1024)
        one.connect(("127.0.0.1", port))
        one.sendall(start)
        one.setblocking(False)
        return one

    def _dribble(self) -> None:
        while not self.done.wait(1):
            for one in self.sockets:
                try:
                    one.recv(1) if self.reads else one.send(b"a")
                except (BlockingIOError, ConnectionError):
                    continue

    def end(self) -> None:
        self.done.set()
        self.thread.join()
        for one in self.sockets:
            one.close()


@contextmanager
def slow_clients(port: int, start: bytes, reads: bool) -> Iterator[Slow]:
    slow = Slow(port, start, reads)
    try:
        yield slow
    finally:
        slow.end()


@pytest.fixture(scope="module")
def port(tmp_path_factory):
    folder = tmp_path_factory.mktemp("front")
    documented = {"WEB_CONCURRENCY": "2", "WEB_THREADS": "1"}
    with serving(folder, **documented) as site, nginx(folder, site.port) as front:
        yield front


def seconds_for(port: int, path: str) -> float:
    started = time.perf_counter()
    with socket.create_connection(("127.0.0.1", port), timeout=30) as one:
        host = b"Host: papers.example.org\r\nConnection: close\r\n\r\n"
        one.sendall(f"GET {path} HTTP/1.1\r\n".encode() + host)
        answer = b"".join(iter(lambda: one.recv(65536), b""))
    assert answer.startswith(b"HTTP/1.1 200 "), answer[:80]
    return time.perf_counter() - started


@pytest.mark.parametrize(
    ("kind", "start", "reads"),
    [
        ("headers", START + b"X: ", False),
        ("bodies", BODY, False),
        ("readers", START + b"\r\n", True),
    ],
)
def test_slow_clients_keep_nobody_waiting(port, kind, start, reads):
    with slow_clients(port, start, reads):
        time.sleep(3)
        # Half of what honest clients ask for is kept ready by the front, half is made for them.
        paths = [path for n in range(HONEST // 2) for path in ("/papers/", f"/papers/?x={kind}{n}")]
        times = sorted(seconds_for(port, path) for path in paths)
    print(f"slow {kind}: median {times[HONEST // 2]:.3f} s, worst {times[-1]:.3f} s")
    assert times[int(HONEST * 0.95)] < LONGEST
