"""The budget: what a run may cost. What is under way is reserved, so that it is never overshot."""

from collections.abc import Iterator
from contextlib import contextmanager
from threading import Condition

from papers.translation.translator import Translator


class Exhausted(Exception):
    """The budget does not suffice for another request."""


class Reservation:
    """Tokens of one request that the budget holds until it is settled."""

    def __init__(self, tokens_in: float, tokens_out: float) -> None:
        self.tokens_in, self.tokens_out = tokens_in, tokens_out
        self.used: tuple[float, float] = tokens_in, tokens_out

    def settle(self, tokens_in: float, tokens_out: float) -> None:
        """Say what the request took. Without this all that was reserved counts as spent."""
        self.used = tokens_in, tokens_out


class Budget:
    """What one run may spend, None for any amount. Threads share it."""

    def __init__(self, translator: Translator, limit: float | None = None) -> None:
        self._translator, self._limit = translator, limit
        self._spent = self._reserved = 0.0
        self._overrun = 1.0  # the most that a request took of what was reserved
        self._changed = Condition()
        self.is_exhausted = False

    @property
    def spent(self) -> float:
        """What was spent at most: a request whose answer was lost counts as it was reserved."""
        return self._spent

    @contextmanager
    def reserved(self, tokens_in: float, tokens_out: float) -> Iterator[Reservation]:
        """Reserve these tokens, the most that the request may take, while the block runs.

        Wait for requests under way where the rest may suffice after them, else raise Exhausted.
        """
        reservation = Reservation(tokens_in, tokens_out)
        amount = self._reserve(tokens_in, tokens_out)
        try:
            yield reservation
        finally:
            cost = self._translator.cost(*reservation.used)
            with self._changed:
                self._reserved -= amount
                self._spent += cost
                if amount:
                    self._overrun = max(self._overrun, cost / amount * self._overrun)
                self._changed.notify_all()

    def _reserve(self, tokens_in: float, tokens_out: float) -> float:
        with self._changed:
            while True:
                amount = self._overrun * self._translator.cost(tokens_in, tokens_out)
                if self._limit is None or self._spent + self._reserved + amount <= self._limit:
                    self._reserved += amount
                    return amount
                if self._spent + amount > self._limit or not self._reserved:
                    self.is_exhausted = True
                    raise Exhausted
                self._changed.wait()
