"""Write names that hold symbols as words: ``C++``, ``C#``, ``π0`` and ``\\pi_{0}``."""

import re

_NAMES = (
    "alpha beta gamma delta epsilon zeta eta theta iota kappa lambda mu nu xi omicron pi rho sigma "
    "tau upsilon phi chi psi omega"
)
_GREEK = dict(zip("αβγδεζηθικλμνξοπρστυφχψω", _NAMES.split(), strict=True))
_LETTER_NAMED = {name: letter for letter, name in _GREEK.items()}
_LETTERS = re.compile("[a-z]+")
_NAME_OF_LANGUAGE = re.compile("([cf])(plusplus|sharp)")
# A single letter is a symbol; several are a Greek word.
_GREEK_SYMBOL = re.compile("[α-ω](?<![α-ω].)(?![α-ω])")  # faster than to look behind first
_LANGUAGE = re.compile(r"(?<![a-z0-9])(?:(c)\+\+|([cf])#)(?![a-z0-9+#])")
_SUBSCRIPT = re.compile(r"_\{([a-z0-9.]{1,9})\}")


def spelled_out(folded: str) -> str:
    """Return the folded text with these symbols as letters and digits."""
    if "++" in folded or "#" in folded:
        folded = _LANGUAGE.sub(_language, folded)
    if "_{" in folded:
        folded = _SUBSCRIPT.sub(r"_\1", folded)
    if not folded.isascii():
        folded = _GREEK_SYMBOL.sub(lambda match: _GREEK[match[0]], folded)
    return folded


def symbol_of(word: str) -> str:
    """Return what a word is the name of: ``c++``, ``π0``; empty if it names no symbol."""
    if language := _NAME_OF_LANGUAGE.fullmatch(word):
        return f"{language[1]}++" if language[2] == "plusplus" else f"{language[1]}#"
    name = _LETTERS.match(word)
    letter = _LETTER_NAMED.get(name[0], "") if name else ""
    return f"{letter}{word[len(name[0]) :]}" if name and letter else ""


def _language(match: re.Match[str]) -> str:
    return f"{match[1]}plusplus" if match[1] else f"{match[2]}sharp"
