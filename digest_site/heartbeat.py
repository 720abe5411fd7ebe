"""Report a worker alive while it sends a long response.

gunicorn replaces a worker of one thread that sends no heartbeat within ``timeout``, even during a
download; an export of a large archive takes minutes.
"""

from collections.abc import Callable, Iterable, Iterator
from typing import Any


class WithHeartbeat:
    """A response body that sends a heartbeat before each piece."""

    def __init__(self, answer: Iterable[bytes], beat: Callable[[], None]) -> None:
        self._answer, self._beat = answer, beat

    def __iter__(self) -> Iterator[bytes]:
        for piece in self._answer:
            self._beat()
            yield piece

    def close(self) -> None:
        if hasattr(self._answer, "close"):
            self._answer.close()


def with_heartbeat(application: Callable, beat: Callable[[], None]) -> Callable:
    """Return the WSGI application with responses that call ``beat`` as they are sent."""

    def answer(environ: dict[str, Any], start_response: Callable) -> Iterable[bytes]:
        pieces = application(environ, start_response)
        is_a_file = isinstance(pieces, environ["wsgi.file_wrapper"])  # gunicorn uses sendfile
        return pieces if is_a_file else WithHeartbeat(pieces, beat)

    return answer
