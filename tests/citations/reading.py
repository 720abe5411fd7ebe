"""What LaTeX text means, found independently of the code that writes it."""

import re

_WORDS = {
    r"\textbackslash{}": "\\",
    r"\textasciitilde{}": "~",
    r"\textasciicircum{}": "^",
    r"\textbraceleft{}": "{",
    r"\textbraceright{}": "}",
    r"\lbrace ": "{",
    r"\rbrace ": "}",
}
_READ = re.compile("|".join([r"\\\\", *map(re.escape, _WORDS), r"\\[$%&#_{}]"]))


def meaning(latex: str) -> str:
    """The text with its escapes undone, as a reader sees it; commands stay as they are."""
    return _READ.sub(
        lambda one: _WORDS.get(one[0], one[0][-1:]) if one[0] != "\\\\" else one[0], latex
    )


def braces_balance(latex: str) -> bool:
    """Whether BibTeX, which counts every brace, finds the end of this value."""
    depth = 0
    for brace in re.findall("[{}]", latex):
        depth += 1 if brace == "{" else -1
        if depth < 0:
            return False
    return depth == 0
