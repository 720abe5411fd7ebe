"""Compare two texts, and mark the faults of a text.

The result is a list of pieces of text, never HTML.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher

from papers.text.triage import Fault, faulty_places

SAME, GONE, CAME, FAULTY = "same", "gone", "came", "faulty"
MAX_LENGTH = 6_000  # characters of each text; the time grows with the product of both lengths

_WORDS = re.compile(r"[A-Za-z0-9]+|\s+|.", re.DOTALL)


@dataclass(frozen=True)
class Piece:
    """A part of a text, and its kind. ``fault`` is the name of the fault of a faulty piece."""

    kind: str
    text: str
    fault: str = ""


def difference(old: str, new: str) -> list[Piece]:
    """Return the difference from the old text to the new one as pieces.

    The units are Latin words and single Chinese characters. Of each text only the first
    ``MAX_LENGTH`` characters are compared.
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
    """Return the pieces of a text as a source gave it.

    Text that readers are not shown is ``gone``. Letters and placeholders that are faults are
    ``faulty``.
    """
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


def excerpt(pieces: list[Piece], around: int = 40) -> list[Piece]:
    """Return the pieces with long stretches that are the same cut to what is near a difference.

    A text without differences is cut to its beginning.
    """
    if len(pieces) == 1:
        return [_shortened(pieces[0], 3 * around, 0)]
    last = len(pieces) - 1
    return [
        _shortened(piece, around * (place > 0), around * (place < last))
        if piece.kind == SAME
        else piece
        for place, piece in enumerate(pieces)
    ]


def _shortened(piece: Piece, head: int, tail: int) -> Piece:
    """Cut the piece to its first ``head`` and its last ``tail`` characters."""
    if len(piece.text) <= head + tail + 1:
        return piece
    return Piece(piece.kind, f"{piece.text[:head]}…{piece.text[len(piece.text) - tail :]}")
