"""How much of a request has arrived, and whether the rest is worth a thread that waits for it."""

import errno
import re
import select
import time

from gunicorn.http.unreader import SocketUnreader

SMALL_BODY = 64 * 2**10  # bytes of a form that anybody may send to the admin; it arrives before
LONGEST_HEAD = 64 * 2**10  # bytes without an end; the parser then says what is wrong
END = b"\r\n\r\n"

_TAKES_A_BODY = re.compile(rb"[A-Z]+ /admin/")
_LENGTH = re.compile(rb"\r\ncontent-length:[ \t]*([0-9]{1,9})[ \t]*\r\n", re.IGNORECASE)


class Arrival:
    """The bytes of one request, as they come."""

    def __init__(self, data: bytes = b"") -> None:
        self.data = bytearray()
        self._needed: int | None = None  # bytes, once the head has ended
        self.add(data)

    def add(self, piece: bytes) -> None:
        searched = max(0, len(self.data) - len(END) + 1)
        self.data += piece
        if self._needed is None and (end := self.data.find(END, searched)) >= 0:
            self._needed = end + len(END) + _awaited(bytes(self.data[: end + len(END)]))

    def is_whole(self) -> bool:
        """Whether a thread can take it up. Wrong guesses cost the sender, not the thread: see
        ``Arrived``."""
        if self._needed is None:
            return len(self.data) > LONGEST_HEAD
        return len(self.data) >= self._needed


def _awaited(head: bytes) -> int:
    """The bytes of body to await: those of a small form for the admin. Others are not read at all,
    or read only for somebody who has signed in."""
    length = _LENGTH.search(head)
    if length is None or not _TAKES_A_BODY.match(head):
        return 0
    return int(length[1]) if int(length[1]) <= SMALL_BODY else 0


class Arrived(SocketUnreader):
    """What gunicorn reads a request from: what has arrived, and more only until ``until``."""

    until = 0.0  # of time.monotonic()

    def chunk(self, size_hint: int | None = None) -> bytes:
        """The next bytes. Raises ConnectionResetError, which gunicorn passes over in silence and
        Django reports as an unreadable form, where they are not here in time."""
        readable = select.poll()
        readable.register(self.sock, select.POLLIN)
        if not readable.poll(1000 * max(0.0, self.until - time.monotonic())):
            raise ConnectionResetError(errno.ECONNRESET, "The request did not arrive in time.")
        data = super().chunk(size_hint)
        if not data and self.until:  # else a form that was cut off would be taken for a whole one
            raise ConnectionResetError(errno.ECONNRESET, "The client has gone.")
        return data

    def has(self) -> int:
        """How many bytes are here and have not been read."""
        return len(self.buf.getvalue())
