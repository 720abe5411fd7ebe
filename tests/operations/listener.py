"""A server of the test's own, to which ``json://`` addresses in NOTIFY_URLS send."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer
from threading import Thread

from tests.support import missing


class Listener(HTTPServer):
    """``messages`` are those that came; ``status`` is what is answered."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.messages: list[dict] = []
        self.status = 200

    @property
    def url(self) -> str:
        return f"json://operator:secret@127.0.0.1:{self.server_port}"


class _Handler(BaseHTTPRequestHandler):
    server: Listener

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.server.messages.append(json.loads(body))
        self.send_response(self.server.status)
        self.end_headers()

    def log_message(self, *args) -> None:
        """Print nothing."""


@contextmanager
def listening() -> Iterator[Listener]:
    """Skip the test where Apprise is not installed."""
    try:
        import apprise  # noqa: F401
    except ImportError:
        missing("no Apprise: make install-dev")
    with Listener() as server:
        Thread(target=server.serve_forever, daemon=True).start()
        yield server
        server.shutdown()
