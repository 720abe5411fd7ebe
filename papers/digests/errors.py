"""Problems of digests, with messages that tell how to correct them."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Problem:
    """Something refused, cut, or repaired with loss.

    ``code`` is stable across versions; ``line`` counts from 1.
    """

    code: str
    message: str
    line: int | None = None
    arxiv_id: str = ""


class DigestRefused(Exception):
    """A whole file cannot be read or imported; the problem has the reason."""

    def __init__(self, code: str, message: str, line: int | None = None) -> None:
        super().__init__(message)
        self.problem = Problem(code, message, line)

    def __reduce__(self) -> tuple:
        return DigestRefused, (self.problem.code, self.problem.message, self.problem.line)
