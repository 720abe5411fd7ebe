"""Read LaTeX text back, independently of the code that writes it."""

import re
from html.entities import html5

_WORDS = {
    r"\textbackslash{}": "\\",
    r"\textasciitilde{}": "~",
    r"\textasciicircum{}": "^",
    r"\textbraceleft{}": "{",
    r"\textbraceright{}": "}",
    r"\ensuremath{\backslash}": "\\",
    r"\mbox{\textasciicircum}": "^",
    r"\lbrace ": "{",
    r"\rbrace ": "}",
}
_UNICODE = re.compile(r"\\unicode\{x([0-9A-Fa-f]{1,5})\}")
# TeX and HTML call Greek letters and most signs by the same names.
_SIGN = re.compile(r"\$\\([A-Za-z]+)\$")
_READ = re.compile("|".join([r"\\\\", *map(re.escape, _WORDS), r"\\[$%&#_{}]"]))


# Commands with which LaTeX reads, writes or runs something, or stops meaning what it says.
DANGEROUS = (
    *("input", "include", "openin", "openout", "read", "readline", "write", "immediate", "special"),
    *(
        "def",
        "edef",
        "gdef",
        "xdef",
        "let",
        "futurelet",
        "csname",
        "catcode",
        "lccode",
        "uppercase",
    ),
    *(
        "lowercase",
        "scantokens",
        "directlua",
        "pdfobj",
        "href",
        "url",
        "includegraphics",
        "verbatiminput",
    ),
    *(
        "lstinputlisting",
        "usepackage",
        "loop",
        "newcommand",
        "expandafter",
        "jobname",
        "char",
        "par",
    ),
    *("end", "begin", "hspace", "rule", "kern", "output", "shipout", "everymath", "aftergroup"),
)


def commands(latex: str) -> set[str]:
    """The commands that TeX finds in this text, without their backslash."""
    return set(re.findall(r"\\([a-zA-Z]+|.)", latex, re.DOTALL))


def meaning(latex: str) -> str:
    r"""The text with its escapes undone, as a reader sees it; commands stay as they are, but for
    ``\unicode``, which names a character, and a sign that is a whole formula."""
    named = _UNICODE.sub(lambda one: chr(int(one[1], 16)), latex)
    return _READ.sub(
        lambda one: _WORDS.get(one[0], one[0][-1:]) if one[0] != "\\\\" else one[0],
        _SIGN.sub(lambda one: html5.get(f"{one[1]};", one[0]), named),
    )


def braces_balance(latex: str) -> bool:
    """Whether BibTeX, which counts every brace, finds the end of this value."""
    depth = 0
    for brace in re.findall("[{}]", latex):
        depth += 1 if brace == "{" else -1
        if depth < 0:
            return False
    return depth == 0
