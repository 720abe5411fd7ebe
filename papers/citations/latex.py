"""Foreign text as LaTeX text that any BibTeX can carry.

arXiv's titles and abstracts are LaTeX text more or less, so what is sound LaTeX in them stays as
it is: formulas between dollars, well-known commands, braces that are balanced. Everything else
that LaTeX or BibTeX would take for its own is spelt out. BibTeX counts braces even behind a
backslash, so a single brace is written as a word.
"""

import re
from collections.abc import Iterator

# A formula; a backslash with the word or the character behind it; a character of LaTeX's own.
_PIECE = re.compile(
    r"(?P<formula>(?P<dollars>\$\$?)(?P<inside>(?:\\.|[^$\\])+)(?P=dollars))"
    r"|(?P<command>\\(?:[a-zA-Z]+|[^a-zA-Z\s]))"
    r"|(?P<special>[\\$%&#_~^{}])",
    re.DOTALL,
)
_COMMAND_WORDS = """
    textbf textit textsl textsc texttt textsf textrm textsuperscript textsubscript text emph
    underline bf it em tt sc ensuremath url href ldots dots textemdash textendash
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

_MONEY = re.compile(r"\d[^\\^_={}<>]*\s", re.DOTALL)  # "$5 and $10" is no formula "5 and "
_BARE_PERCENT = re.compile(r"(?<!\\)((?:\\\\)*)%")
_BRACE = re.compile(r"(\\?)([{}])")
_BRACE_WORDS = {r"\{": r"\lbrace ", r"\}": r"\rbrace "}


def in_latex(text: str) -> str:
    """LaTeX text that prints what this text means, its braces balanced."""
    return _written(text, keep_braces=_balanced("".join(_outside_formulas(text))))


def _written(text: str, keep_braces: bool) -> str:
    return _PIECE.sub(lambda piece: _piece_in_latex(piece, keep_braces), text)


def _piece_in_latex(piece: re.Match[str], keep_braces: bool) -> str:
    whole = piece[0]
    if piece["formula"]:
        return _formula(piece["inside"], piece["dollars"], keep_braces)
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
    """The formula, in which a percent sign must not begin a comment; what is none is text."""
    if not _is_formula(inside):
        written = _SPELT_OUT["$"] * len(dollars)
        return f"{written}{_written(inside, keep_braces)}{written}"
    if not _balanced(inside):
        inside = re.sub(r"\\[{}]", lambda brace: _BRACE_WORDS[brace[0]], inside)
    return dollars + _BARE_PERCENT.sub(r"\1\\%", inside) + dollars


def _is_formula(inside: str) -> bool:
    grouping = re.sub(r"\\.", "", inside, flags=re.DOTALL)
    return bool(inside.strip()) and _balanced(grouping) and not _MONEY.fullmatch(inside)


def _outside_formulas(text: str) -> Iterator[str]:
    """What of the text stands outside its formulas."""
    place = 0
    for piece in _PIECE.finditer(text):
        if piece["formula"] and _is_formula(piece["inside"]):
            yield text[place : piece.start()]
            place = piece.end()
    yield text[place:]


def _balanced(text: str) -> bool:
    """Whether every brace has its partner: as BibTeX counts, and among those with and those without
    a backslash apart, as LaTeX does."""
    depths = {"": 0, "\\": 0}
    for backslash, brace in _BRACE.findall(text):
        depths[backslash] += 1 if brace == "{" else -1
        if min(depths.values()) < 0:
            return False
    return not any(depths.values())
