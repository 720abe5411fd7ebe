"""Limit the number of simultaneous downloads: a slow reader occupies the thread that makes one.

A response that is completely in memory occupies no thread, whatever its length: see ``outbox.py``.
"""

import threading
from collections.abc import Callable, Iterable, Iterator
from itertools import chain
from typing import Any

SHORT = 160_000  # bytes that the kernel buffers for a client that reads nothing (Linux)
LARGEST_FILE = 4 * 2**20  # bytes of a static file that is sent from memory
PIECE = 64 * 2**10  # bytes written at once; the send timeout applies to each piece
COME_AGAIN = 30  # seconds

Headers = list[tuple[str, str]]
BUSY = (
    "Too many long downloads at a time; come again in half a minute.\n"
    "同时进行的大文件下载过多，请半分钟后再试。\n"
).encode()
# Headers about the content. The others are security headers, which the 503 keeps.
_CONTENT_HEADERS = {
    *("content-type", "content-length", "content-encoding", "content-disposition"),
    *("content-language", "cache-control", "etag", "last-modified", "expires", "vary"),
}


def limited(site: Callable, at_a_time: int) -> Callable:
    """Return the WSGI application with at most ``at_a_time`` long responses at once.

    Further long responses get a 503. A response is long if it comes in pieces and is not complete
    after ``SHORT`` bytes; until then it is held back.
    """
    places = threading.BoundedSemaphore(at_a_time)

    def answer(environ: dict[str, Any], start_response: Callable) -> Iterable[bytes]:
        started: list[Any] = []
        pieces = site(environ, lambda *said: started.append(said))
        is_a_file = isinstance(pieces, environ["wsgi.file_wrapper"])  # a static file of the site
        first, rest = _split_first(pieces, most=LARGEST_FILE if is_a_file else SHORT)
        if rest is None:
            start_response(*started[-1])
            return [first]
        if not places.acquire(blocking=False):
            _close(pieces)
            return _busy(started[-1][1], start_response)

        def end() -> None:
            places.release()
            _close(pieces)

        return LongAnswer(lambda: start_response(*started[-1]), chain([first], rest), end)

    return answer


class LongAnswer:
    """The pieces of a long response, which occupies a place until it is closed."""

    def __init__(
        self, start: Callable[[], object], pieces: Iterable[bytes], end: Callable[[], object]
    ) -> None:
        self._start, self._pieces, self.close = start, pieces, end

    def __iter__(self) -> Iterator[bytes]:
        self._start()
        for piece in self._pieces:
            yield from (piece[at : at + PIECE] for at in range(0, len(piece), PIECE))


def _split_first(pieces: Iterable[bytes], most: int) -> tuple[bytes, Iterator[bytes] | None]:
    """Return the first bytes and an iterator over the rest.

    For a short response, or one in a single piece, return all bytes and None.
    """
    first, done = bytearray(), 0
    rest = iter(pieces)
    try:
        for piece in rest:
            first += piece
            if done > most:
                return bytes(first), rest
            done = len(first)
    except BaseException:
        _close(pieces)
        raise
    _close(pieces)
    return bytes(first), None


def _close(pieces: Iterable[bytes]) -> None:
    if hasattr(pieces, "close"):
        pieces.close()


def _busy(headers: Headers, start_response: Callable) -> list[bytes]:
    guards = [(name, value) for name, value in headers if name.lower() not in _CONTENT_HEADERS]
    about = [
        ("Content-Type", "text/plain; charset=utf-8"),
        ("Content-Length", str(len(BUSY))),
        ("Cache-Control", "no-store"),
        ("Retry-After", str(COME_AGAIN)),
    ]
    start_response("503 Service Unavailable", guards + about)
    return [BUSY]
