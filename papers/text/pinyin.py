"""The order of Chinese terms in a list from A to Z, by the pinyin of their first character.

GB 2312 has its 3,755 common characters in the order of their pinyin, so their codes are the order,
and the first code of each letter is known. Characters beyond them are sorted behind Z.
"""

from bisect import bisect_right

_FIRST_CODES = (
    *(0xB0A1, 0xB0C5, 0xB2C1, 0xB4EE, 0xB6EA, 0xB7A2, 0xB8C1, 0xB9FE, 0xBBF7, 0xBFA6, 0xC0AC),
    *(0xC2E8, 0xC4C3, 0xC5B6, 0xC5BE, 0xC6DA, 0xC8BB, 0xC8F6, 0xCBFA, 0xCDDA, 0xCEF4, 0xD1B9),
    0xD4D1,
)
_LETTERS = "abcdefghjklmnopqrstwxyz"  # no syllable begins with i, u or v
_LAST_CODE = 0xD7F9


def initial(term: str) -> str:
    """Return the first letter of a term's pinyin, or its Latin letter; else an empty string."""
    first = term[:1].lower()
    if first.isascii():
        return first if first.isalpha() else ""
    code = int.from_bytes(first.encode("gb18030"), "big")
    return _LETTERS[bisect_right(_FIRST_CODES, code) - 1] if _is_common(code) else ""


def pinyin_order(term: str) -> tuple[str, bytes]:
    """Return a sort key: by letter, Latin before Chinese; terms without a letter come last."""
    return initial(term) or "~", term.lower().encode("gb18030", "replace")


def _is_common(code: int) -> bool:
    return _FIRST_CODES[0] <= code <= _LAST_CODE
