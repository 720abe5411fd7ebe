r"""Normalise TeX as authors type it into arXiv's form to TeX that the MathML converter knows.

The form has no preamble, so formulas contain the authors' own macros, text commands and spacing for
print. Commands without meaning on a page are removed, and well-known private macros are replaced by
their usual meaning.
"""

import re

# Private macros with one usual meaning, and commands of packages.
_KNOWN = {
    "angstrom": r"\text{Å}",
    "bbR": r"\mathbb{R}",
    "cA": r"\mathcal{A}",
    "cD": r"\mathcal{D}",
    "cO": r"\mathcal{O}",
    "calD": r"\mathcal{D}",
    "diag": r"\operatorname{diag}",
    "E": r"\mathbb{E}",
    "EE": r"\mathbb{E}",
    "eps": r"\epsilon",
    "euro": r"\text{€}",
    "hbox": r"\text",
    "indep": r"\perp",
    "KL": r"\mathrm{KL}",
    "LaTeX": r"\text{LaTeX}",
    "mathbbm": r"\mathbb",
    "mathds": r"\mathbb",
    "mathnormal": r"\mathit",
    "mbox": r"\text",
    "mc": r"\mathcal",
    "nicefrac": r"\tfrac",
    "permil": r"\text{‰}",
    "pmb": r"\boldsymbol",
    "poly": r"\operatorname{poly}",
    "polylog": r"\operatorname{polylog}",
    "RR": r"\mathbb{R}",
    "SE": r"\mathrm{SE}",
    "sfrac": r"\tfrac",
    "smallsetminus": r"\setminus",
    "SO": r"\mathrm{SO}",
    "softmax": r"\operatorname{softmax}",
    "textasciitilde": r"\sim",
    "textdegree": r"^\circ",
    "textendash": r"\text{–}",
    "textnormal": r"\text",
    "texttimes": r"\times",
    "textup": r"\text",
    "tr": r"\operatorname{tr}",
    "uline": r"\underline",
    "widetilde": r"\tilde",
}
_BOLD = re.compile("m[A-Z]|v[a-z]")  # \mA a matrix, \vx a vector
_WITHOUT_MEANING = (
    "boldmath|ensuremath|protect|xspace|nolimits|nobreak|allowbreak|displaylimits|textstyle|"
    "small|scriptsize|footnotesize|tiny|large|nonumber|notag|noindent|centering|smash"
)
_COMMAND = re.compile(r"\\([A-Za-z]+)(?![A-Za-z])")
_DROPPED = re.compile(
    rf"\\[!/-]|\\(?:{_WITHOUT_MEANING})(?![A-Za-z])"
    r"|\\(?:hspace|vspace|label|ref|phantom|hphantom|vphantom|cite[pt]?)\*?\s*\{[^{}]*\}"
    r"|\\color\s*(?:\[[^\[\]]*\])?\{[^{}]*\}"
    r"|\\textcolor\s*(?:\[[^\[\]]*\])?\{[^{}]*\}(?=\{)"
    r"|\\href\s*\{[^{}]*\}(?=\{)"
)
_NUMBERED = re.compile(r"\\(begin|end)\{(equation|align|gather|multline)\}")
_UNICODE = re.compile(r"\\unicode\s*\{\s*(x?[0-9A-Fa-f]{1,6})\s*\}")
_VERB = re.compile(r"\\verb\*?([^A-Za-z*\s])(.*?)\1")
_BARE = re.compile(r"(?<!\\)((?:\\\\)*)([%#])")
_TEXT = re.compile(
    r"\\(?:text|textrm|textbf|textit|mbox|textsc|texttt|textsf|textnormal|hbox)\s*\{([^{}]*)\}"
)
_IN_TEXT = re.compile(r"(?<!\\)[_^$&]")
_LONELY = re.compile(r"(?<!\\)((?:\\\\)*)\\\s*$")
_BRACE = re.compile(r"\\\\|\\[{}]|[{}]")


def normalised(tex: str) -> str:
    """Return the formula in TeX for the converter. The converter may still not support it."""
    tex = _VERB.sub(lambda one: r"\text{" + _plain(one[2]) + "}", tex)
    tex = _UNICODE.sub(lambda one: character(one[1]), tex)
    tex = _NUMBERED.sub(r"\\\1{\2*}", tex)
    tex = _DROPPED.sub(" ", tex)
    tex = _TEXT.sub(lambda one: one[0][: one.start(1) - one.start()] + _plain(one[1]) + "}", tex)
    tex = _COMMAND.sub(_known, tex)
    tex = _BARE.sub(r"\1\\\2", tex)
    return _balanced(_LONELY.sub(r"\1", tex)).strip()


def _known(command: re.Match) -> str:
    return private_macro(command[1]) or command[0]


def private_macro(name: str) -> str:
    r"""Return the usual meaning of a private macro: a bold L for ``\mL``; empty if unknown."""
    if _BOLD.fullmatch(name):
        return rf"\mathbf{{{name[1]}}}"
    return _KNOWN.get(name, "")


def _plain(text: str) -> str:
    """Return text inside ``\\text`` with ``_`` escaped and ``$`` removed: it is not mathematics."""
    text = text.replace("$", "")
    return _IN_TEXT.sub(lambda one: "\\" + one[0] if one[0] in "_&" else "", text)


def character(digits: str) -> str:
    r"""Return the character with the number in ``\unicode`` (``x2014``, ``8212``); else empty."""
    code = (
        int(digits[1:], 16)
        if digits.startswith("x")
        else int(digits, 10)
        if digits.isdigit()
        else 0
    )
    return chr(code) if 0x20 < code < 0x110000 and chr(code).isprintable() else ""


def _balanced(tex: str) -> str:
    """Return the formula with balanced braces: extra ones removed, missing ones added."""
    depth, parts, position = 0, [], 0
    for one in _BRACE.finditer(tex):
        if one[0] == "}" and depth == 0:
            parts.append(tex[position : one.start()])
            position = one.end()
        else:
            depth += {"{": 1, "}": -1}.get(one[0], 0)
    return "".join(parts) + tex[position:] + "}" * depth
