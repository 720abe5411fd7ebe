"""A mail server of the test's own, which speaks SMTP (RFC 5321) over a socket."""

import email
import re
import socketserver
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from email import policy
from email.message import EmailMessage
from threading import Thread

_ADDRESS = re.compile(r"<([^>]*)>")


class MailServer(socketserver.ThreadingTCPServer):
    """``messages`` are those that it took, ``connections`` how many there were.

    ``refused`` maps a recipient to the code with which it is refused. ``sender_refused`` is the
    code for every sender. ``before_data`` is called when a message was read and not yet taken; it
    may return False to hang up without an answer. ``most`` is the number of messages that a
    connection may send.
    """

    allow_reuse_address = daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Conversation)
        self.messages: list[EmailMessage] = []
        self.connections = 0
        self.refused: dict[str, int] = {}
        self.sender_refused = 0
        self.data_refused = 0
        self.before_data: Callable[[], bool] = lambda: True
        self.most = 1000

    @property
    def settings(self) -> dict:
        return {"host": "127.0.0.1", "port": self.server_address[1], "timeout": 5}

    def to(self, address: str) -> list[EmailMessage]:
        return [message for message in self.messages if message["To"] == address]


class _Conversation(socketserver.StreamRequestHandler):
    server: MailServer

    def handle(self) -> None:
        self.server.connections += 1
        taken = 0
        self._say(220, "mail.example.org")
        while line := self.rfile.readline().decode("ascii").strip():
            verb = line[:4].upper()
            if verb == "QUIT":
                self._say(221, "Bye")
                return
            if verb == "DATA":
                if not self._data() or (taken := taken + 1) >= self.server.most:
                    return
            else:
                self._say(self._code(verb, line), "-")

    def _code(self, verb: str, line: str) -> int:
        if verb == "MAIL":
            return self.server.sender_refused or 250
        if verb == "RCPT":
            return self.server.refused.get(_ADDRESS.search(line)[1], 250)
        return 250 if verb in {"EHLO", "HELO", "NOOP", "RSET"} else 500

    def _data(self) -> bool:
        self._say(354, "Go on")
        lines = []
        while (line := self.rfile.readline()) != b".\r\n":
            lines.append(line[1:] if line.startswith(b".") else line)
        if self.server.data_refused:
            self._say(self.server.data_refused, "-")
            return True
        if not self.server.before_data():
            return False
        self.server.messages.append(
            email.message_from_bytes(b"".join(lines), policy=policy.default)
        )
        self._say(250, "Taken")
        return True

    def _say(self, code: int, text: str) -> None:
        self.wfile.write(f"{code} {text}\r\n".encode())


@contextmanager
def mail_server() -> Iterator[MailServer]:
    with MailServer() as server:
        Thread(target=server.serve_forever, daemon=True).start()
        yield server
        server.shutdown()
