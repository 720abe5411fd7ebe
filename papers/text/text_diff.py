"""Two texts side by side: what went, what came, what stayed; and where a text has its faults. Pure.

Everything comes out as text in pieces, never as HTML.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher

from papers.text.triage import Fault, faulty_places

SAME, GONE, CAME, FAULTY = "same", "gone", "came", "faulty"
MAX_LENGTH = 6_000  # characters of either text; comparing takes the product of both

_WORDS = re.compile(r"[A-Za-z0-9]+|\s+|.", re.DOTALL)


@dataclass(frozen=True)
class Piece:
    """A part of a text, and what is to be said of it; ``fault`` names the fault it shows."""

    kind: str
    text: str
    fault: str = ""


def difference(old: str, new: str) -> list[Piece]:
    """From the old text to the new one, by words of Latin and single Chinese characters.

    Of texts that are longer than ``LONGEST`` only the beginnings are compared.
    """
    left, right = (_WORDS.findall(text[:MAX_LENGTH]) for text in (old, new))
    pieces: list[Piece] = []
    for kind, start, end, from_, to in SequenceMatcher(None, left, right, False).get_opcodes():
        if kind == "equal":
            pieces.append(Piece(SAME, "".join(left[start:end])))
            continue
        if end > start:
            pieces.append(Piece(GONE, "".join(left[start:end])))
        if to > from_:
            pieces.append(Piece(CAME, "".join(right[from_:to])))
    return pieces


def marked(given: str, shown: str, english: str) -> list[Piece]:
    """A text as a source gave it: what is not shown to readers is ``gone``, the letters and open
    places that are faults are ``faulty``."""
    pieces: list[Piece] = []
    for piece in difference(given, shown):
        if piece.kind == SAME:
            pieces += _with_faults(piece.text, english)
        elif piece.kind == GONE:
            pieces.append(piece)
    return pieces


def _with_faults(text: str, english: str) -> Iterator[Piece]:
    done = 0
    for start, end, fault in sorted(faulty_places(text, english)):
        if start < done:
            continue
        yield from _piece(SAME, text[done:start])
        yield from _piece(FAULTY, text[start:end], fault)
        done = end
    yield from _piece(SAME, text[done:])


def _piece(kind: str, text: str, fault: Fault | str = "") -> Iterator[Piece]:
    if text:
        yield Piece(kind, text, str(fault))
