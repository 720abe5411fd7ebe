r"""Find the formulas of a line: ``$…$``, ``$$…$$``, ``\(…\)``, ``\[…\]`` and environments.

Dollar signs are paired from left to right, as in TeX. If the content of a pair is money or prose,
the first dollar sign is text, and pairing continues with the next one.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from papers.text.markup.nodes import Formula

LONGEST_SEARCHED = 2_000
"""Characters within which a formula must end. The longest real one has 210."""

MAX_NESTED_DOLLARS = 4
"""The most dollar signs within braces that are skipped to find a closing one outside."""

_ENVIRONMENTS = "equation|align|aligned|gather|gathered|multline|eqnarray|displaymath|math"
_OPENING = re.compile(rf"\\\\|\\\$|\\[(\[]|\\begin\{{(?:{_ENVIRONMENTS})\*?\}}|\$\$?")
_CLOSING = {r"\(": r"\)", r"\[": r"\]", "$$": "$$", "$": "$"}
_BRACES_AND_DOLLARS = re.compile(r"\\.|[{}$]", re.DOTALL)

_MONEY = re.compile(
    r"\d[\d,.]*\s*(?:[kKMB]|[Mm]illion|[Bb]illion|[Tt]rillion|USD|per\b|/\w+|[万亿美])"
)
_GROUPS_AND_COMMANDS = re.compile(r"\\[A-Za-z]+\s*(?:\{[^{}]*\})?|\{[^{}]*\}")
_PROSE = re.compile(
    r"(?<![A-Za-z])[A-Za-z]{2,}[,;.:]? +[A-Za-z]{2,}[,;.:]? +[A-Za-z]{2,}"
    r"|[，。；、]|[\u4e00-\u9fff]{3}"
)
_WORDS = re.compile(r"\s[a-z]{2,}\s|\s[a-z]{2,}$|[\u4e00-\u9fff]")


@dataclass(frozen=True)
class FormulaMatch:
    """A formula and its position in the text."""

    start: int
    end: int
    formula: Formula


def find_formulas(text: str) -> Iterator[FormulaMatch]:
    """Yield the formulas of the text, in order and without overlap."""
    position = 0
    while opening := _OPENING.search(text, position):
        found = _formula_at(text, opening)
        position = found.end if found else _after(opening)
        if found:
            yield found


def _after(opening: re.Match) -> int:
    """Return where to continue if no formula starts here: after the first dollar sign of ``$$``."""
    return opening.start() + 1 if opening[0] == "$$" else opening.end()


def _formula_at(text: str, opening: re.Match) -> FormulaMatch | None:
    sign = opening[0]
    if sign in {r"\\", r"\$"}:
        return None
    if sign.startswith(r"\begin"):
        return _environment_at(text, opening)
    start, closing = opening.end(), _CLOSING[sign]
    end = _end_of_dollars(text, start, closing) if sign[0] == "$" else _end(text, start, closing)
    if end < 0:
        return None
    tex = text[start:end]
    if not tex.strip() or (sign == "$" and is_no_math(tex, text[end + 1 : end + 2])):
        return None
    stop = end + len(closing)
    display = sign in {"$$", r"\["}
    return FormulaMatch(
        opening.start(), stop, Formula(tex.strip(), display, text[opening.start() : stop])
    )


def _environment_at(text: str, opening: re.Match) -> FormulaMatch | None:
    closing = opening[0].replace("begin", "end", 1)
    end = _end(text, opening.end(), closing)
    if end < 0:
        return None
    source = text[opening.start() : end + len(closing)]
    return FormulaMatch(opening.start(), end + len(closing), Formula(source, True, source))


def _end(text: str, start: int, closing: str) -> int:
    return text.find(closing, start, start + LONGEST_SEARCHED)


def _end_of_dollars(text: str, start: int, closing: str) -> int:
    r"""Return where ``$`` or ``$$`` closes, or -1.

    It is the first closing sign outside of braces (``$a \text{ if $b$}$``), else the first of all.
    """
    depth, first, passed = 0, -1, 0
    for one in _BRACES_AND_DOLLARS.finditer(text, start, start + LONGEST_SEARCHED):
        sign = one[0]
        if sign == "{":
            depth += 1
        elif sign == "}":
            depth -= 1
        elif sign == "$" and text.startswith(closing, one.start()):
            if depth <= 0:
                return one.start()
            if first < 0:
                first = one.start()
            passed += 1
            if passed > MAX_NESTED_DOLLARS:
                break
    return first


def is_no_math(tex: str, following: str) -> bool:
    """Return whether text between two dollar signs is money or prose, not a formula.

    ``following`` is the character after the second sign: a digit in ``from $5 to $10``.
    """
    if len(tex) > 500:
        return True
    bare = _GROUPS_AND_COMMANDS.sub(" ", tex)
    if _PROSE.search(bare):
        return True
    if tex[0].isdigit() and tex[-1].isspace() and "\\" not in tex:
        return True
    if tex[0].isdigit() and (_MONEY.match(tex) or following.isdigit() or tex[-1].isspace()):
        return bool(_WORDS.search(bare)) or following.isdigit() and "\\" not in tex
    return False
