"""Track how much of a request has arrived, and whether a thread can start on it."""

import errno
import re
import select
import time

from gunicorn.http.unreader import SocketUnreader

SMALL_BODY = 64 * 2**10  # bytes of a form or a message; a thread starts when all is there
LONGEST_HEAD = 64 * 2**10  # bytes; a longer head goes to the parser, which refuses it
END = b"\r\n\r\n"

_TAKES_A_BODY = re.compile(rb"[A-Z]+ /admin/|POST /(?:api/mcp[ ?]|mail/)")
_LENGTH = re.compile(rb"\r\ncontent-length:[ \t]*([0-9]{1,9})[ \t]*\r\n", re.IGNORECASE)


class Arrival:
    """The bytes of one request that have arrived so far."""

    def __init__(self, data: bytes = b"") -> None:
        self.data = bytearray()
        self._needed: int | None = None  # bytes of head and body; known once the head is complete
        self.add(data)

    def add(self, piece: bytes) -> None:
        searched = max(0, len(self.data) - len(END) + 1)
        self.data += piece
        if self._needed is None and (end := self.data.find(END, searched)) >= 0:
            self._needed = end + len(END) + _awaited(bytes(self.data[: end + len(END)]))

    def is_whole(self) -> bool:
        """Return whether a thread can take up the request.

        A wrong guess costs the sender, not the thread: see ``Arrived``.
        """
        if self._needed is None:
            return len(self.data) > LONGEST_HEAD
        return len(self.data) >= self._needed


def _awaited(head: bytes) -> int:
    """Return the number of body bytes to wait for: those of a small form or message.

    Other bodies are not read at all, or only for signed-in users.
    """
    length = _LENGTH.search(head)
    if length is None or not _TAKES_A_BODY.match(head):
        return 0
    return int(length[1]) if int(length[1]) <= SMALL_BODY else 0


class Arrived(SocketUnreader):
    """The reader from which gunicorn takes a request.

    It returns what has arrived, and waits for more only until ``until``.
    """

    until = 0.0  # on the clock of time.monotonic()

    def chunk(self, size_hint: int | None = None) -> bytes:
        """Return the next bytes.

        Raise ConnectionResetError if they do not arrive in time; gunicorn ignores it, and Django
        reports an unreadable form.
        """
        readable = select.poll()
        readable.register(self.sock, select.POLLIN)
        if not readable.poll(1000 * max(0.0, self.until - time.monotonic())):
            raise ConnectionResetError(errno.ECONNRESET, "The request did not arrive in time.")
        data = super().chunk(size_hint)
        if not data and self.until:  # otherwise a truncated form would pass for a complete one
            raise ConnectionResetError(errno.ECONNRESET, "The client has gone.")
        return data

    def has(self) -> int:
        """Return the number of bytes that have arrived and have not been read."""
        return len(self.buf.getvalue())
