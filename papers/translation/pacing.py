"""Pacing: when the next request may be sent, for all threads together.

A 429 holds every thread back, for as long as the endpoint asks or for growing pauses. Other
failures hold back only the request that failed. Many failures in a row halt the run, as the
endpoint is away.
"""

import random
import time
from threading import Event, Lock

FIRST_PAUSE = 1.0
"""Seconds before the second try. Each further pause is twice as long."""

LONGEST_PAUSE = 60.0
"""Seconds that a pause grows to."""

LONGEST_WAIT = 900.0
"""Seconds that an endpoint may ask to wait; if it asks for more, the run ends."""

MOST_FAILURES = 20
"""Failures in a row, of any requests, that halt the run."""


class Halted(Exception):
    """No more requests are sent."""


class Pacer:
    """The pace of one run. ``stop`` ends all waiting; ``reason`` says why the run was halted."""

    def __init__(self, stop: Event, concurrency: int = 1) -> None:
        self.reason = ""
        self.is_rejected = False
        self._stop = stop
        self._halted = Event()
        self._lock = Lock()
        self._not_before = 0.0
        self._failures = 0
        # Requests under way at the same time fail together.
        self._most_failures = max(MOST_FAILURES, 2 * concurrency)

    @property
    def is_halted(self) -> bool:
        return self._halted.is_set() or self._stop.is_set()

    def wait(self) -> None:
        """Wait until a request may be sent. Raise Halted if none may be sent any more."""
        while not self.is_halted:
            with self._lock:
                seconds = self._not_before - time.monotonic()
            if seconds <= 0:
                return
            self._stop.wait(min(seconds, 0.2))
        raise Halted

    def succeeded(self) -> None:
        with self._lock:
            self._failures = 0

    def busy(self, seconds: float | None) -> None:
        """Hold every thread back for so many seconds, or for a pause that grows."""
        failures = self._count(f"too many requests (429), {self._most_failures} times in a row")
        if seconds is not None and seconds > LONGEST_WAIT:
            self.halt(f"The endpoint asks to wait {seconds:,.0f} s. Run the command again then.")
        pause = _pause(failures) if seconds is None else seconds
        with self._lock:
            self._not_before = max(self._not_before, time.monotonic() + pause)

    def failed(self, said: str, tries: int, hint: str = "") -> None:
        """Wait before a request is sent again that failed ``tries`` times.

        With a ``hint`` the settings are probably wrong: the run counts as rejected in the end.
        """
        self._count(f"{said}, and {self._most_failures} requests in a row failed", hint)
        until = time.monotonic() + _pause(tries)
        while not self.is_halted and (seconds := until - time.monotonic()) > 0:
            self._stop.wait(min(seconds, 0.2))

    def halt(self, reason: str, rejected: bool = False) -> None:
        """Send no more requests. The first reason counts."""
        with self._lock:
            if not self._halted.is_set():
                self.reason, self.is_rejected = reason, rejected
                self._halted.set()

    def _count(self, said: str, hint: str = "") -> int:
        with self._lock:
            self._failures += 1
            failures = self._failures
        if failures >= self._most_failures:
            advice = hint or "Run the command again later."
            self.halt(f"The endpoint does not answer: {said}. {advice}", rejected=bool(hint))
        return failures


def _pause(failures: int) -> float:
    """Return a pause with jitter, so that threads do not come back together."""
    longest = min(LONGEST_PAUSE, FIRST_PAUSE * 2.0 ** min(failures - 1, 10))
    return longest * random.uniform(0.5, 1.0)  # noqa: S311
