"""gunicorn's thread worker, whose threads and main loop never wait for a stranger.

As gunicorn 27 has it, a thread waits for a request's head and body, without a limit, and for the
reader of an answer; the main loop waits up to two seconds for the end of each connection that it
closes. A dozen connections then stop the site. Here the main loop gathers a request, which gets a
thread once it is whole; what is long (a curator's file, a download) has limits of time and number.
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

IN_TIME = 10.0  # seconds for the head of a request and a small body
LONG_BODY = 300.0  # seconds for a long one
NOT_TAKEN = 30.0  # seconds in which a client takes nothing of its answer
LINGER = 2.0  # seconds for the client to close a connection that has ended
MOST_HELD = 64 * 2**20  # bytes of answers that are not yet taken
PIECE = 64 * 2**10  # bytes
UNCLAIMED = 16 * 2**10  # bytes of the last answer on their way when the next request comes


class PatientWorker(ThreadWorker):
    """Takes up whole requests; a connection that is not done in its time is closed."""

    wsgi: Callable

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.lingering: deque[TConn] = deque()
        self.leaving: deque[TConn] = deque()  # with an answer that is not yet sent

    @classmethod
    def check_config(cls, cfg: Any, log: Any) -> None:
        if cfg.is_ssl:
            sys.exit("This server speaks no TLS; put a web server before it (docs/operating.md).")
        super().check_config(cfg, log)

    def init_process(self) -> None:
        for listener in self.sockets:
            # A short answer goes whole; of a long one no more is made for a client who takes none.
            # (Left to itself Linux grows this to megabytes.)
            listener.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, SHORT + SHORT // 3)
        super().init_process()

    def load_wsgi(self) -> None:
        super().load_wsgi()
        self.wsgi = limited(self.wsgi, at_a_time=max(1, self.cfg.threads // 2))

    # --- The main loop: gathering requests

    def enqueue_req(self, conn: TConn) -> None:
        """Called for a new connection, and for one that is to bring its next request."""
        if not conn.initialized:
            conn.sock = Outbox(fileno=conn.sock.detach())
            conn.init()
            conn.parser.unreader = Arrived(conn.sock)
        if _on_its_way(conn.sock) > UNCLAIMED:
            self._linger(conn)  # asks again and again, and reads nothing
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
        else:  # the client has gone; a part of a form must not be taken for the whole
            self._end(conn)

    def _take_up(self, conn: TConn) -> None:
        conn.parser.unreader.unread(bytes(conn.arrival.data))
        super().enqueue_req(conn)

    def _await(self, conn: TConn, queue: deque, seconds: float) -> None:
        """Closes the connection where it is still in the queue after so long."""
        conn.timeout = time.monotonic() + seconds
        queue.append(conn)

    def _watch(self, conn: TConn, event: int, then: Callable) -> None:
        conn.sock.setblocking(False)
        self.poller.register(conn.sock, event, partial(then, conn))

    # --- The main loop: ending requests and connections

    def finish_request(self, conn: TConn, fs: Future) -> None:
        """Called after a thread has made the answer, of which much may still be left."""
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
        """Closes in two steps, as gunicorn does, lest the answer be lost; but waits for nobody."""
        try:
            conn.sock.shutdown(socket.SHUT_WR)
        except OSError:  # it is closed already
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
        """Called once a second at least: closes what has had its time."""
        super().murder_pending()
        now = time.monotonic()
        for queue in (self.lingering, self.leaving):
            while queue and queue[0].timeout <= now:
                conn = queue.popleft()
                self.poller.unregister(conn.sock)
                self._end(conn)

    # --- A thread: one request

    def handle_request(self, req: Any, conn: TConn) -> bool:
        body = _declared(req)
        unreader = conn.parser.unreader
        if body > unreader.has():
            req.force_close()  # nobody waits for it once there is an answer
        unreader.until = time.monotonic() + LONG_BODY if body > SMALL_BODY else 0.0
        conn.sock.settimeout(NOT_TAKEN)
        try:
            return super().handle_request(req, conn)
        except TimeoutError as error:
            raise ConnectionResetError(errno.ECONNRESET, "The answer was not taken.") from error
        finally:
            unreader.until = 0.0


def _received(client: socket.socket) -> bytes | None:
    """What has come: nothing at its end, None where there was a false alarm."""
    try:
        return client.recv(PIECE)
    except (BlockingIOError, InterruptedError):
        return None
    except OSError:
        return b""


def _on_its_way(client: socket.socket) -> int:
    """Bytes that the other side has not confirmed; 0 where the system cannot say."""
    try:
        return struct.unpack("i", fcntl.ioctl(client, termios.TIOCOUTQ, bytes(4)))[0]
    except OSError:
        return 0


def _declared(req: Any) -> int:
    """The length of the body as its request says it; gunicorn has seen that it is a number."""
    return next((int(value) for name, value in req.headers if name == "CONTENT-LENGTH"), 0)
