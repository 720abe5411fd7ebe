"""How many tokens a request will take: a guess for estimates, and a bound for the budget."""

import math
from collections.abc import Sequence
from typing import NamedTuple

from papers.translation.prompt import Asked

# English has about four characters a token. The Chinese of an abstract has 0.3 characters for one
# of the English (0.21 to 0.47), and a character is about one token.
_ENGLISH_A_TOKEN = 4
_ASCII_A_TOKEN = 3.5  # JSON has shorter tokens than running text
_CHINESE_FOR_ENGLISH = 0.3
_AROUND_A_PAPER = 25  # tokens of the JSON around a paper's texts, each way
_AROUND_MESSAGES = 100  # tokens that a model's template puts around messages, at most
_TO_THINK = 4_000  # tokens that a model may take besides the answer


class Tokens(NamedTuple):
    """Tokens sent to the model and received from it."""

    sent: float
    received: float

    def plus(self, other: "Tokens") -> "Tokens":
        return Tokens(self.sent + other.sent, self.received + other.received)

    def times(self, sent: float, received: float) -> "Tokens":
        return Tokens(self.sent * sent, self.received * received)


NONE = Tokens(0, 0)


def guess(messages: str, papers: Sequence[Asked]) -> Tokens:
    """Return the tokens that a request will probably take; ``messages`` are both its messages."""
    length = sum(paper.length for paper in papers)
    return Tokens(
        round(len(messages) / _ENGLISH_A_TOKEN),
        round(_CHINESE_FOR_ENGLISH * length + _AROUND_A_PAPER * len(papers)),
    )


def guess_for_lengths(rules: int, lengths: Sequence[int]) -> Tokens:
    """Return the same before the messages are made: from the length of the rules and of the texts
    of each paper."""
    around = _AROUND_A_PAPER * len(lengths)
    return Tokens(
        round((rules + sum(lengths)) / _ENGLISH_A_TOKEN) + around,
        round(_CHINESE_FOR_ENGLISH * sum(lengths)) + around,
    )


def counted(text: str) -> int:
    """Return about how many tokens a text has, rather too many: for endpoints that report none."""
    wide = sum(not character.isascii() for character in text)
    return wide + math.ceil((len(text) - wide) / _ASCII_A_TOKEN)


def bound(messages: str, papers: Sequence[Asked]) -> Tokens:
    """Return the most tokens that a request can take. A token has at least one byte, and the second
    number is sent as ``max_tokens``."""
    length = sum(paper.length for paper in papers)
    return Tokens(len(messages.encode()) + _AROUND_MESSAGES, _TO_THINK + length)
