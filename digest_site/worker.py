"""A gunicorn worker whose threads and main loop never wait for a slow client.

In gunicorn 27, a thread waits without a limit for the head and body of a request and for the client
to read the response; the main loop waits up to two seconds for the end of each connection that it
closes. A dozen slow connections then stop the site. In this worker the main loop collects each
request and gives it to a thread once it is complete. Large uploads and downloads are limited in
time and number.
"""

import errno
import fcntl
import socket
import struct
import sys
import termios
import time
from collections import deque
from collections.abc import Callable
from concurrent.futures import Future
from functools import partial
from selectors import EVENT_READ, EVENT_WRITE
from typing import Any

from gunicorn.workers.gthread import TConn, ThreadWorker

from digest_site.arrival import SMALL_BODY, Arrival, Arrived
from digest_site.long_answers import SHORT, limited
from digest_site.outbox import Outbox

IN_TIME = 10.0  # seconds for the head of a request and a small body to arrive
LONG_BODY = 300.0  # seconds for a large body
NOT_TAKEN = 30.0  # seconds in which a client reads nothing of its response
LINGER = 2.0  # seconds for the client to close a connection that has ended
MOST_HELD = 64 * 2**20  # bytes of responses that clients have not read yet
PIECE = 64 * 2**10  # bytes
UNCLAIMED = 16 * 2**10  # bytes of the last response still unread when the next request comes


class PatientWorker(ThreadWorker):
    """Handle complete requests only; close connections that exceed their time."""

    wsgi: Callable

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.lingering: deque[TConn] = deque()
        self.leaving: deque[TConn] = deque()  # the response is not completely sent yet

    @classmethod
    def check_config(cls, cfg: Any, log: Any) -> None:
        if cfg.is_ssl:
            sys.exit("This server speaks no TLS; put a web server before it (docs/operating.md).")
        super().check_config(cfg, log)

    def init_process(self) -> None:
        for listener in self.sockets:
            # A short response fits; a long one is produced only as fast as the client reads it.
            # (By default Linux grows this buffer to megabytes.)
            listener.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, SHORT + SHORT // 3)
        super().init_process()

    def load_wsgi(self) -> None:
        super().load_wsgi()
        self.wsgi = limited(self.wsgi, at_a_time=max(1, self.cfg.threads // 2))

    # --- The main loop: collecting requests

    def enqueue_req(self, conn: TConn) -> None:
        """Called for a new connection, and for one that waits for its next request."""
        if not conn.initialized:
            conn.sock = Outbox(fileno=conn.sock.detach())
            conn.init()
            conn.parser.unreader = Arrived(conn.sock)
        if _unacknowledged(conn.sock) > UNCLAIMED:
            self._linger(conn)  # the client sends requests and reads no responses
            return
        conn.arrival = Arrival(conn.parser.unreader.take_buffered())
        if conn.arrival.is_whole():
            self._take_up(conn)
        else:
            self._await(conn, self.pending_conns, IN_TIME)
            self._watch(conn, EVENT_READ, self.on_pending_socket_readable)

    def on_pending_socket_readable(self, conn: TConn, client: socket.socket) -> None:
        piece = _received(client)
        if piece is None:
            return
        conn.arrival.add(piece)
        if piece and not conn.arrival.is_whole():
            return
        self.poller.unregister(client)
        self.pending_conns.remove(conn)
        if piece:
            self._take_up(conn)
        else:  # the client has gone; a truncated form must not pass for a complete one
            self._end(conn)

    def _take_up(self, conn: TConn) -> None:
        conn.parser.unreader.unread(bytes(conn.arrival.data))
        super().enqueue_req(conn)

    def _await(self, conn: TConn, queue: deque, seconds: float) -> None:
        """Add the connection to ``queue``, to be closed if it is still there after ``seconds``."""
        conn.timeout = time.monotonic() + seconds
        queue.append(conn)

    def _watch(self, conn: TConn, event: int, then: Callable) -> None:
        conn.sock.setblocking(False)
        self.poller.register(conn.sock, event, partial(then, conn))

    # --- The main loop: ending requests and connections

    def finish_request(self, conn: TConn, fs: Future) -> None:
        """Called after a thread has made the response; much of it may still be unsent."""
        held = sum(len(one.sock.left) for one in self.leaving)
        if not conn.sock.left:
            self._finish(conn, fs)
        elif held + len(conn.sock.left) > MOST_HELD or conn.sock.fileno() < 0:
            self._end(conn)
        else:
            self._await(conn, self.leaving, NOT_TAKEN)
            self._watch(conn, EVENT_WRITE, partial(self._send_on, fs=fs))

    def _send_on(self, conn: TConn, client: Outbox, fs: Future) -> None:
        self.leaving.remove(conn)
        try:
            client.flush()
        except OSError:
            client.left = b""
        if client.left:
            self._await(conn, self.leaving, NOT_TAKEN)
            return
        self.poller.unregister(client)
        self._finish(conn, fs)

    def _finish(self, conn: TConn, fs: Future) -> None:
        is_over = not fs.cancelled() and fs.exception() is None and not fs.result()
        if is_over:
            self._linger(conn)
        else:
            super().finish_request(conn, fs)

    def _linger(self, conn: TConn) -> None:
        """Close in two steps, as gunicorn does, so that the response is not lost; do not wait."""
        try:
            conn.sock.shutdown(socket.SHUT_WR)
        except OSError:  # already closed
            self._end(conn)
            return
        conn.thrown_away = 0
        self._await(conn, self.lingering, LINGER)
        self._watch(conn, EVENT_READ, self._throw_away)

    def _throw_away(self, conn: TConn, client: socket.socket) -> None:
        piece = _received(client)
        conn.thrown_away += len(piece or b"")
        if piece == b"" or conn.thrown_away > PIECE:
            self.lingering.remove(conn)
            self.poller.unregister(client)
            self._end(conn)

    def _end(self, conn: TConn) -> None:
        self.nr_conns -= 1
        conn.close()

    def murder_pending(self) -> None:
        """Called at least once a second: close the connections whose time is over."""
        super().murder_pending()
        now = time.monotonic()
        for queue in (self.lingering, self.leaving):
            while queue and queue[0].timeout <= now:
                conn = queue.popleft()
                self.poller.unregister(conn.sock)
                self._end(conn)

    # --- A thread: one request

    def handle_request(self, req: Any, conn: TConn) -> bool:
        body = _content_length(req)
        unreader = conn.parser.unreader
        if body > unreader.has():
            req.force_close()  # do not wait for the body after the response
        unreader.until = time.monotonic() + LONG_BODY if body > SMALL_BODY else 0.0
        conn.sock.settimeout(NOT_TAKEN)
        try:
            return super().handle_request(req, conn)
        except TimeoutError as error:
            raise ConnectionResetError(errno.ECONNRESET, "The answer was not taken.") from error
        finally:
            unreader.until = 0.0


def _received(client: socket.socket) -> bytes | None:
    """Return the data that has arrived: empty at the end, None if the wake-up was spurious."""
    try:
        return client.recv(PIECE)
    except (BlockingIOError, InterruptedError):
        return None
    except OSError:
        return b""


def _unacknowledged(client: socket.socket) -> int:
    """Return the number of unacknowledged bytes; 0 if the system cannot tell."""
    try:
        return struct.unpack("i", fcntl.ioctl(client, termios.TIOCOUTQ, bytes(4)))[0]
    except OSError:
        return 0


def _content_length(req: Any) -> int:
    """Return the request's Content-Length; gunicorn has checked that it is a number."""
    return next((int(value) for name, value in req.headers if name == "CONTENT-LENGTH"), 0)
