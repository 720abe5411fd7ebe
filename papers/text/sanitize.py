"""Clean untrusted text: the result is NFC Unicode without harmful characters."""

import re
import unicodedata
from itertools import groupby, islice

# They break XML, hide text, reorder it or cut words in two, and mean nothing in a title or an
# abstract. (Joiners and variation selectors stay: scripts and emoji need them.)
_HARMFUL = re.compile(
    "["
    "\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f"  # controls but tab, newline and carriage return
    "\xad\u200b"  # soft hyphen, space without width
    "\u061c\u200e\u200f\u202a-\u202e"  # bidi controls
    "\u2028\u2029"  # line ends that few programs know
    "\u2060-\u206f"  # invisible operators, isolates, deprecated format characters
    "\ufeff\ufff9-\ufffb"  # byte-order mark, interlinear annotation
    "\U000e0000-\U000e007f"  # tags: a second, invisible text
    "\ud800-\udfff"  # surrogates
    "\ufdd0-\ufdef"  # non-characters, also at the end of each plane
    + "".join(
        f"{chr(plane + 0xFFFE)}{chr(plane + 0xFFFF)}" for plane in range(0, 0x110000, 1 << 16)
    )
    + "]+"
)
_MAX_MARKS = 30  # per letter: https://www.unicode.org/reports/tr15/#Stream_Safe_Text_Format


def newlines(text: str) -> str:
    """Return the text with Unix line ends."""
    return text.replace("\r\n", "\n").replace("\r", "\n")


def clean(text: str) -> str:
    """Return the text in NFC, without harmful characters and without white space at its ends."""
    if not (is_clean(text) or is_clean(text.replace("\n", ""))):
        text = _HARMFUL.sub("", text)
        if not unicodedata.is_normalized("NFC", text):
            text = unicodedata.normalize("NFC", _without_piles(text))
    return text.strip()


def is_clean(text: str) -> bool:
    """Return whether the text is one line with nothing to clean, as nearly always.

    Printable text has no harmful characters, and ``isprintable`` is much faster than a search.
    """
    return text.isprintable() and (text.isascii() or unicodedata.is_normalized("NFC", text))


def readable(name: str) -> str:
    """Return a file name for display and storage, with unprintable characters escaped."""
    if name.isprintable():
        return name
    return "".join(one if one.isprintable() else ascii(one)[1:-1] for one in name)


def _without_piles(text: str) -> str:
    """Return the text with at most 30 marks per letter; sorting them takes quadratic time."""
    runs = groupby(text, key=lambda character: unicodedata.category(character)[0] == "M")
    return "".join("".join(islice(run, _MAX_MARKS) if marks else run) for marks, run in runs)
