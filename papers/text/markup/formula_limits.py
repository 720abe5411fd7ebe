r"""Limits on formulas passed to the MathML converter, which is not safe for untrusted input.

Deep nesting crashes it together with the process. Each bracket that is opened and never closed
doubles its time (26 of them: two seconds). Real formulas are far below these limits.
"""

import re
import unicodedata

MAX_LENGTH = 500
"""Characters. The longest of 11,000 real formulas has 210."""
DEEPEST = 20
"""Levels of nested groups, environments and scripts."""
MAX_UNCLOSED = 8
"""Brackets that are not closed within their group."""
MAX_COMMANDS = 150

_TOKEN = re.compile(r"\\[A-Za-z]+|\\.|[^\w\s.,=+-]", re.DOTALL)
_OPENS = re.compile(r"\\(?:[lL]|ul|mathopen|\{)[A-Za-z]*")
_CLOSES = re.compile(r"\\(?:[rR]|ur|mathclose|\})[A-Za-z]*")
_NO_BRACKETS = {
    *(r"\lambda", r"\Lambda", r"\large", r"\land", r"\label", r"\ldots", r"\le"),
    *(r"\leq", r"\leqslant", r"\leftarrow", r"\leftrightarrow", r"\lesssim", r"\lg", r"\lim"),
    *(r"\liminf", r"\limits", r"\limsup", r"\ll", r"\ln", r"\lnot", r"\log", r"\lor", r"\left"),
    *(r"\rho", r"\right", r"\rightarrow", r"\rm", r"\Re", r"\Rightarrow", r"\LaTeX", r"\lt"),
}


def is_within_bounds(tex: str) -> bool:
    """Return whether this formula is within the limits of the converter."""
    if len(tex) > MAX_LENGTH or tex.count("\\") > MAX_COMMANDS:
        return False
    tokens = _TOKEN.findall(tex)
    return _depth(tokens) <= DEEPEST and _unclosed(tokens) <= MAX_UNCLOSED


def _depth(tokens: list[str]) -> int:
    """Return the nesting depth of groups, environments and commands without braces.

    An example of the last is ``\\hat\\hat\\hat x``.
    """
    depth = deepest = commands = 0
    for token in tokens:
        commands = commands + 1 if token[0] == "\\" or token in "_^" else 0
        depth += {"{": 1, r"\begin": 1, r"\left": 1}.get(token, 0)
        depth -= {"}": 1, r"\end": 1, r"\right": 1}.get(token, 0)
        deepest = max(deepest, depth + commands // 4)
    return deepest


def _unclosed(tokens: list[str]) -> int:
    """Return the number of brackets, in all groups, that are not closed within their group."""
    groups, unclosed = [0], 0
    for token in tokens:
        if token == "{":
            groups.append(0)
        elif token == "}" and len(groups) > 1:
            unclosed += groups.pop()
        elif _is_opening(token):
            groups[-1] += 1
        elif groups[-1] and _is_closing(token):
            groups[-1] -= 1
    return unclosed + sum(groups)


def _is_opening(token: str) -> bool:
    if len(token) == 1:
        return unicodedata.category(token) in {"Ps", "Pi"}
    return bool(_OPENS.match(token)) and token not in _NO_BRACKETS


def _is_closing(token: str) -> bool:
    if len(token) == 1:
        return unicodedata.category(token) in {"Pe", "Pf"}
    return bool(_CLOSES.match(token)) and token not in _NO_BRACKETS
