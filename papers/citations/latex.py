"""Escaping of untrusted text as LaTeX that is safe in BibTeX.

arXiv's titles and abstracts are mostly LaTeX text. Valid LaTeX is kept: formulas between dollars,
well-known commands, balanced braces. Every other character that is special to LaTeX or BibTeX is
spelt out, within formulas, too, so that no untrusted command runs in the reader's document. BibTeX
also counts braces after a backslash, so a single brace is written as a command.
"""

import re
from collections.abc import Iterator

from papers.citations.math_commands import ENVIRONMENTS, MATH_COMMANDS
from papers.text.markup.symbols import SUBSCRIPTS, SUPERSCRIPTS, SYMBOLS
from papers.text.markup.tex import character, private_macro

# Signs that pdfLaTeX does not know as characters, and how a formula writes them. Of several names
# of one sign the first counts. Latin letters and punctuation are characters to LaTeX.
_SIGNS = {
    sign: written
    for sign, written in [
        *((sign, f"^{{{digit}}}") for digit, sign in SUPERSCRIPTS.items() if digit.isdigit()),
        *((sign, f"_{{{digit}}}") for digit, sign in SUBSCRIPTS.items() if digit.isdigit()),
        *((sign, f"\\{name}") for name, sign in reversed(SYMBOLS.items()) if name in MATH_COMMANDS),
    ]
    if not (sign < "\u0250" or "\u2010" <= sign <= "\u2026")
}
_SIGN = f"[{''.join(_SIGNS)}]"

# A formula; a backslash with the word or character after it; a special character of LaTeX.
_PIECE = re.compile(
    r"(?P<formula>(?P<dollars>\$\$?)(?P<inside>(?:\\.|[^$\\])+)(?P=dollars))"
    r"|(?P<command>\\(?:[a-zA-Z]+|[^a-zA-Z\s]))"
    r"|(?P<special>[\\$%&#_~^{}])"
    rf"|(?P<sign>{_SIGN})",
    re.DOTALL,
)
_COMMAND_WORDS = """
    textbf textit textsl textsc texttt textsf textrm textsuperscript textsubscript text emph
    underline bf it em tt sc ensuremath url ldots dots textemdash textendash
    aa AA ae AE oe OE o O l L ss i j c v u H r k d b t
"""
_KNOWN_COMMANDS = frozenset(f"\\{name}" for name in [*_COMMAND_WORDS.split(), *"'`^\"~=.%&#_$"])
_SPELT_OUT = {
    "\\": r"\textbackslash{}",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
    "{": r"\textbraceleft{}",
    "}": r"\textbraceright{}",
} | {character: f"\\{character}" for character in "$%&#_"}

_MONEY = re.compile(r"\d[^\\^_={}<>]*\s", re.DOTALL)  # in "$5 and $10", "5 and " is not a formula
# Within a formula: the tokens of TeX, and the characters that need escaping.
_IN_FORMULA = re.compile(
    rf"(?P<environment>\\(?P<side>begin|end)\{{(?P<which>(?:{ENVIRONMENTS})\*?)\}})"
    r"|\\unicode\s*\{\s*(?P<unicode>x?[0-9A-Fa-f]{1,6})\s*\}"
    r"|\\(?P<name>[a-zA-Z]+|[^a-zA-Z])"
    r"|(?P<carets>\^{2,})"
    r"|(?P<special>[%#&])"
    rf"|(?P<sign>{_SIGN})"
)
_BACKSLASH_IN_FORMULA = r"\ensuremath{\backslash}"  # \textbackslash is not allowed in formulas
_CARET_IN_FORMULA = r"\mbox{\textasciicircum}"
_BRACE = re.compile(r"(\\?)([{}])|\\.", re.DOTALL)  # of two backslashes the second escapes nothing
_DEPTH = {"{": 1, "}": -1, "": 0}
_BRACE_WORDS = {r"\{": r"\lbrace ", r"\}": r"\rbrace "}


def in_latex(text: str) -> str:
    """Return LaTeX that prints this text, with balanced braces.

    Signs such as Greek letters become commands, because pdfLaTeX does not set them as characters.
    It sets neither Chinese nor emoji, which stay.
    """
    return _written(text, keep_braces=_balanced("".join(_outside_formulas(text))))


def _written(text: str, keep_braces: bool) -> str:
    return _PIECE.sub(lambda piece: _piece_in_latex(piece, keep_braces), text)


def _piece_in_latex(piece: re.Match[str], keep_braces: bool) -> str:
    whole = piece[0]
    if piece["formula"]:
        return _formula(piece["inside"], piece["dollars"], keep_braces)
    if piece["sign"]:
        return f"${_SIGNS[whole]}$"
    if whole in (r"\{", r"\}"):
        return whole if keep_braces else _SPELT_OUT[whole[1]]
    if whole in "{}":
        return whole if keep_braces else _SPELT_OUT[whole]
    if piece["command"]:
        return (
            whole
            if whole in _KNOWN_COMMANDS
            else _SPELT_OUT["\\"] + _written(whole[1:], keep_braces)
        )
    return _SPELT_OUT[whole]


def _formula(inside: str, dollars: str, keep_braces: bool) -> str:
    """Return the formula with known commands only; escape it as text if it is not a formula."""
    if not _is_formula(inside):
        written = _SPELT_OUT["$"] * len(dollars)
        return f"{written}{_written(inside, keep_braces)}{written}"
    if not _balanced(inside):
        inside = _BRACE.sub(lambda piece: _BRACE_WORDS.get(piece[0], piece[0]), inside)
    has_columns = _environments_pair(inside)
    written = _IN_FORMULA.sub(lambda piece: _piece_in_formula(piece, has_columns), inside)
    return dollars + written + dollars


def _environments_pair(inside: str) -> bool:
    """Return whether there are environments, and all are correctly nested and closed."""
    opened: list[str] = []
    found = [piece for piece in _IN_FORMULA.finditer(inside) if piece["environment"]]
    for piece in found:
        if piece["side"] == "begin":
            opened.append(piece["which"])
        elif not opened or opened.pop() != piece["which"]:
            return False
    return bool(found) and not opened


def _piece_in_formula(piece: re.Match[str], has_columns: bool) -> str:
    """Keep a known command and escape anything else; with ``^^``, TeX reads any character code."""
    if carets := piece["carets"]:
        return _CARET_IN_FORMULA * len(carets)
    if special := piece["special"]:
        return special if special == "&" and has_columns else f"\\{special}"
    if sign := piece["sign"]:
        return _SIGNS[sign] if sign.isdigit() else f"{{{_SIGNS[sign]}}}"
    if piece["unicode"] and not (known := character(piece["unicode"])).isascii():
        return known
    name = piece["name"] or ""
    if name in MATH_COMMANDS or (piece["environment"] and has_columns):
        return piece[0]
    return private_macro(name) or _spelt_out_in_formula(piece[0])


def _spelt_out_in_formula(command: str) -> str:
    """Return a command as text: a printed backslash, then the rest unchanged."""
    rest = _CARET_IN_FORMULA if command == r"\^" else command[1:]
    return _BACKSLASH_IN_FORMULA + rest


def _is_formula(inside: str) -> bool:
    grouping = re.sub(r"\\.", "", inside, flags=re.DOTALL)
    return bool(inside.strip()) and _balanced(grouping) and not _MONEY.fullmatch(inside)


def _outside_formulas(text: str) -> Iterator[str]:
    """Yield the parts of the text outside formulas."""
    place = 0
    for piece in _PIECE.finditer(text):
        if piece["formula"] and _is_formula(piece["inside"]):
            yield text[place : piece.start()]
            place = piece.end()
    yield text[place:]


def _balanced(text: str) -> bool:
    """Return whether braces are balanced for both BibTeX and LaTeX.

    BibTeX counts braces with and without a backslash together, LaTeX counts them separately.
    """
    depths = {"": 0, "\\": 0}
    for backslash, brace in _BRACE.findall(text):
        depths[backslash] += _DEPTH[brace]
        if min(depths.values()) < 0:
            return False
    return not any(depths.values())
