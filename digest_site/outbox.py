"""A socket that buffers what its client has not read yet, so that no thread waits for it."""

import socket

SPARE = 128 * 2**10  # bytes that may be buffered before a writer has to wait


class Outbox(socket.socket):
    """A socket whose ``sendall`` returns at once, unless much is already buffered."""

    left = b""

    def sendall(self, data: bytes, flags: int = 0) -> None:  # type: ignore[override]
        """Send or buffer ``data``.

        Raise TimeoutError if much is buffered and the client reads nothing.
        """
        if len(self.left) > SPARE:
            left, self.left = self.left, b""
            super().sendall(left)
        self.left += data
        self.flush()

    def flush(self) -> None:
        """Send as much as possible without waiting."""
        seconds = self.gettimeout()
        self.settimeout(0)
        try:
            while self.left:
                self.left = self.left[self.send(self.left) :]
        except (BlockingIOError, InterruptedError):
            pass
        finally:
            self.settimeout(seconds)
