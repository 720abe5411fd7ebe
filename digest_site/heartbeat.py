"""A long answer keeps its worker alive.

gunicorn replaces a worker of one thread that has not been heard of for a while (``timeout``), also
in the middle of a download: every paper of a large archive takes minutes.
"""

from collections.abc import Callable, Iterable, Iterator
from typing import Any


class WithHeartbeat:
    """The pieces of an answer; with each of them the worker is heard of."""

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
    """The WSGI application, whose answers call ``beat`` as they are written."""

    def answer(environ: dict[str, Any], start_response: Callable) -> Iterable[bytes]:
        pieces = application(environ, start_response)
        is_a_file = isinstance(pieces, environ["wsgi.file_wrapper"])  # the server sends it at once
        return pieces if is_a_file else WithHeartbeat(pieces, beat)

    return answer
