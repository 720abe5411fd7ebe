"""Slow and greedy clients that connect directly to the site, as ``make serve`` runs it."""

import os
import socket
import sqlite3
import time
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager
from urllib.parse import quote

import pytest

from tests.http.test_one_thread import PAPERS, multiply
from tests.security.serving import Site, serving

GREEDY = 16
HONEST = 20
USUAL = 1.0  # seconds for the median of honest readers; some hundredths are usual
LONGEST = 5.0  # seconds for the last of them, on a machine that does much else
GIVEN_UP = 15.0  # seconds after which no connection is kept that is not done

HOST = "Host: papers.example.org\r\nX-Forwarded-Proto: https\r\n"
COOKIE = f"Cookie: csrftoken={'a' * 32}; sessionid=made-up\r\n"
FORM = f"{HOST}{COOKIE}Content-Type: application/x-www-form-urlencoded\r\n"
FILE = f"{HOST}{COOKIE}Content-Type: multipart/form-data; boundary=x\r\n"
LONG = "/papers/feed.json"
UPLOAD = "/admin/papers/upload/add/"

# What each of them sends, and then no more; none of them ever closes, or reads.
NEVER_DONE = {
    "bodies": f"POST / HTTP/1.1\r\n{FORM}Content-Length: 1000\r\n\r\na=",
    "bodies of a GET": f"GET /papers/ HTTP/1.1\r\n{HOST}Content-Length: 9\r\n\r\n",
    "chunks": f"POST / HTTP/1.1\r\n{FORM}Transfer-Encoding: chunked\r\n\r\n9\r\na",
    "bodies for signing in": f"POST /admin/login/ HTTP/1.1\r\n{FORM}Content-Length: 99\r\n\r\na=",
    "long bodies for signing in": (
        f"POST /admin/login/ HTTP/1.1\r\n{FORM}Content-Length: 900000\r\n\r\na="
    ),
    "uploads": f"POST {UPLOAD} HTTP/1.1\r\n{FILE}Content-Length: 9000000\r\n\r\n--x\r\n",
    "bodies by another name": (
        f"POST http://a/admin/login/ HTTP/1.1\r\n{FORM}Content-Length: 99\r\n\r\na="
    ),
    "expectations": (
        f"POST / HTTP/1.1\r\n{FORM}Content-Length: 99\r\nExpect: 100-continue\r\n\r\n"
    ),
    "heads": f"GET / HTTP/1.1\r\n{HOST}X: ",
    "empty lines": "\r\n\r\n",
    "second heads": f"GET /healthz HTTP/1.1\r\n{HOST}\r\nGET / HTTP/1.1\r\nX: ",
    "nothing": "",
    "answers not taken": f"GET /papers/?per=100&lang=both HTTP/1.1\r\n{HOST}\r\n",
    "many answers not taken": f"GET /papers/?per=100&lang=both HTTP/1.1\r\n{HOST}\r\n" * 20,
    "connections not closed": f"GET /papers/ HTTP/1.0\r\n{HOST}\r\n",
    "downloads": f"GET /papers.jsonl HTTP/1.1\r\n{HOST}\r\n",
    "downloads in one piece": f"GET {LONG} HTTP/1.1\r\n{HOST}\r\n",
}
# The others only in make test-hard.
USUAL_KINDS = ["bodies", "bodies for signing in", "heads", "connections not closed", "downloads"]


@pytest.fixture(scope="module")
def site(tmp_path_factory) -> Iterator[Site]:
    folder = tmp_path_factory.mktemp("site")
    with serving(folder, WEB_CONCURRENCY="2", WEB_THREADS="4") as running:
        with closing(sqlite3.connect(folder / "duizhao.sqlite3")) as database, database:
            multiply(database)
        for path in ("/papers/", LONG, "/papers/") * 4:  # each worker has made its first pages
            seconds_for(running, path)
        yield running


@contextmanager
def greedy(site: Site, sent: str, number: int = GREEDY) -> Iterator[list[socket.socket]]:
    """So many connections that have sent this and wait."""
    with ExitStack() as all_of_them:
        yield [_greedy_one(site, sent, all_of_them) for _ in range(number)]


def _greedy_one(site: Site, sent: str, stack: ExitStack) -> socket.socket:
    one = stack.enter_context(socket.socket())
    one.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 1024)
    one.connect(("127.0.0.1", site.port))
    one.sendall(sent.encode())
    return one


def answer_to(site: Site, path: str) -> bytes:
    with site.connect() as one:
        one.sendall(f"GET {path} HTTP/1.1\r\n{HOST}Connection: close\r\n\r\n".encode())
        return b"".join(iter(lambda: one.recv(65536), b""))


def seconds_for(site: Site, path: str) -> float:
    started = time.perf_counter()
    answer = answer_to(site, path)
    assert answer.startswith(b"HTTP/1.1 200 "), answer[:80]
    return time.perf_counter() - started


@pytest.mark.parametrize("kind", NEVER_DONE if os.environ.get("HARD") else USUAL_KINDS)
def test_strangers_who_are_never_done_keep_no_reader_waiting(site, kind):
    with greedy(site, NEVER_DONE[kind]):
        time.sleep(0.3)
        paths = [f"/papers/?x={quote(kind)}-{n}" for n in range(HONEST)]
        times = sorted(seconds_for(site, path) for path in paths)
    print(f"{kind}: median {times[HONEST // 2]:.3f} s, worst {times[-1]:.3f} s")
    assert times[HONEST // 2] < USUAL
    assert times[-1] < LONGEST


def first_with(status: bytes, site: Site) -> bytes:
    """Downloads until one ends as expected: places are taken, and given back, in a while."""
    for _ in range(50):
        answer = answer_to(site, "/papers.jsonl")
        if answer.split()[1] == status:
            return answer
        time.sleep(0.2)
    raise AssertionError(f"No download was answered {status!r}.")


def test_a_download_too_many_is_told_when_to_come_again_and_then_is_whole(site):
    with greedy(site, NEVER_DONE["downloads"]):
        head, _, body = first_with(b"503", site).partition(b"\r\n\r\n")
    assert "半分钟".encode() in body
    assert {b"Retry-After: 30", b"Cache-Control: no-store"} <= set(head.split(b"\r\n"))
    assert b"Content-Security-Policy: " in head
    answer = first_with(b"200", site)
    assert answer.count(b'{"arxiv_id"') > PAPERS
    assert answer.endswith(b"\r\n0\r\n\r\n")


@pytest.mark.skipif(not os.environ.get("HARD"), reason="only in make test-hard: it waits")
@pytest.mark.parametrize("kind", ["nothing", "heads", "bodies", "bodies for signing in"])
def test_what_does_not_arrive_in_time_is_given_up(site, kind):
    with greedy(site, NEVER_DONE[kind], number=2) as sockets:
        for one in sockets:
            one.settimeout(GIVEN_UP)
            while one.recv(65536):  # nothing but an answer until the end
                pass
