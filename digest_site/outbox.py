"""A connection that keeps what its client has not taken yet, so that no thread waits for it."""

import socket

SPARE = 128 * 2**10  # bytes that may be left when more is written; then the writer waits


class Outbox(socket.socket):
    """A socket whose ``sendall`` returns at once, but for a writer that goes on and on."""

    left = b""

    def sendall(self, data: bytes, flags: int = 0) -> None:  # type: ignore[override]
        """Raises TimeoutError where there is much left and the client takes nothing."""
        if len(self.left) > SPARE:
            left, self.left = self.left, b""
            super().sendall(left)
        self.left += data
        self.flush()

    def flush(self) -> None:
        """Sends as much as goes without waiting."""
        seconds = self.gettimeout()
        self.settimeout(0)
        try:
            while self.left:
                self.left = self.left[self.send(self.left) :]
        except (BlockingIOError, InterruptedError):
            pass
        finally:
            self.settimeout(seconds)
