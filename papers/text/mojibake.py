"""UTF-8 that was read as Windows-1252: ``â€œspikinessâ€`` for “spikiness”.

Only what is certain is put right: characters which, written in Windows-1252 again, are UTF-8.
"""

import re

_LEADS = "[\u00c2-\u00f4]"  # Â to ô: the first byte of what UTF-8 needs several for
_FOLLOWING = "[\u0080-\u00bf‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ€]"
_MANGLED = re.compile(f"{_LEADS}{_FOLLOWING}{{1,3}}")
_HALF_A_QUOTE = re.compile(r"â€(?=[\s.,;:!?)]|\Z)")  # its last byte is no letter, and went


def mended(text: str) -> str:
    """The text with each mangled character put right."""
    if text.isascii() or not any(lead in text for lead in "âÂÃÎÐÅÄ"):
        return text
    return _HALF_A_QUOTE.sub("”", _MANGLED.sub(_character, text))


def _character(found: re.Match[str]) -> str:
    for end in range(len(found[0]), 1, -1):  # a letter behind it may look as if it belonged
        try:
            return _bytes(found[0][:end]).decode() + found[0][end:]
        except UnicodeDecodeError:
            continue
    return found[0]


def _bytes(mangled: str) -> bytes:
    """As Windows-1252 has them, and the five bytes that it does not have as they are."""
    return b"".join(
        one.encode("latin-1") if one < "\u0100" else one.encode("cp1252") for one in mangled
    )
