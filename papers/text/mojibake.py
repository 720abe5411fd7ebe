"""Repair UTF-8 that was decoded as Windows-1252: ``â€œspikinessâ€`` for “spikiness”.

Only certain cases are repaired: characters that, encoded as Windows-1252 again, are valid UTF-8.
"""

import re

_LEADS = "[\u00c2-\u00f4]"  # Â to ô: the first byte of a character of several bytes
_FOLLOWING = "[\u0080-\u00bf‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ€]"
_MANGLED = re.compile(f"{_LEADS}{_FOLLOWING}{{1,3}}")
_HALF_A_QUOTE = re.compile(r"â€(?=[\s.,;:!?)]|\Z)")  # the last byte was lost


def mended(text: str) -> str:
    """Return the text with each mangled character repaired."""
    if text.isascii() or not any(lead in text for lead in "âÂÃÎÐÅÄ"):
        return text
    return _HALF_A_QUOTE.sub("”", _MANGLED.sub(_character, text))


def _character(found: re.Match[str]) -> str:
    for end in range(len(found[0]), 1, -1):  # the match may include a letter after the character
        try:
            return _bytes(found[0][:end]).decode() + found[0][end:]
        except UnicodeDecodeError:
            continue
    return found[0]


def _bytes(mangled: str) -> bytes:
    """Encode as Windows-1252; the five bytes that it does not define stay as they are."""
    return b"".join(
        one.encode("latin-1") if one < "\u0100" else one.encode("cp1252") for one in mangled
    )
