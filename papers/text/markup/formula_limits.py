r"""How large a formula the converter may see: it was not made for strangers' input.

It dies with the whole process on deep nesting, and takes twice as long for each bracket that is
opened and never closed (26 of them: two seconds). Real formulas are far from either.
"""

import re
import unicodedata

MAX_LENGTH = 500
"""Characters; the longest of the 11,000 real formulas that were looked at has 210."""
DEEPEST = 20
"""Groups, environments and scripts within each other."""
MAX_UNCLOSED = 8
"""Brackets without a partner in their group."""
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
    """Whether the converter may see this formula."""
    if len(tex) > MAX_LENGTH or tex.count("\\") > MAX_COMMANDS:
        return False
    tokens = _TOKEN.findall(tex)
    return _depth(tokens) <= DEEPEST and _unclosed(tokens) <= MAX_UNCLOSED


def _depth(tokens: list[str]) -> int:
    """How deep groups, environments and commands without braces (``\\hat\\hat\\hat x``) go."""
    depth = deepest = commands = 0
    for token in tokens:
        commands = commands + 1 if token[0] == "\\" or token in "_^" else 0
        depth += {"{": 1, r"\begin": 1, r"\left": 1}.get(token, 0)
        depth -= {"}": 1, r"\end": 1, r"\right": 1}.get(token, 0)
        deepest = max(deepest, depth + commands // 4)
    return deepest


def _unclosed(tokens: list[str]) -> int:
    """Brackets that no other one closes before the end of their group, all groups together."""
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
