"""Write nodes as readable plain text, for feeds, page titles and citations.

``$O(n^2)$`` becomes ``O(n²)``, ``$\\mathbb{R}^{d \\times k}$`` becomes ``ℝ^(d × k)``.
"""

import re
import unicodedata
from collections.abc import Iterable

from papers.text.markup.formula_limits import is_within_bounds
from papers.text.markup.nodes import Formula, Link, Node, Styled
from papers.text.markup.symbols import DOUBLE_STRUCK, MARKS, SUBSCRIPTS, SUPERSCRIPTS, SYMBOLS
from papers.text.markup.tex import normalised

_ROUNDS = 24  # levels of groups that are resolved, innermost first; more than the converter's limit

_ESCAPED = {"{": "\ue000", "}": "\ue001"}  # stand for printed braces meanwhile
_SET_BRACES = re.compile(r"\\([{}])|\\[lr]brace(?![A-Za-z])")
_SPACES = re.compile(r"\\(?:[,;:! ]|q?quad(?![A-Za-z])|\\)|[~&]|\\(?:begin|end)\s*\{[a-z]*\*?\}")
_SIZES = re.compile(
    r"\\(?:left|right|middle|[bB]igg?[lrm]?|displaystyle|textstyle|limits|rm|bf|it|cal|sf|tt)"
    r"(?![A-Za-z])\.?"
)
_DOUBLE_STRUCK = re.compile(r"\\mathbb\s*(?:\{\s*([A-Z])\s*\}|([A-Z]))")
_FRACTION = re.compile(r"\\[dt]?frac\s*\{([^{}]*)\}\s*\{([^{}]*)\}|\\[dt]?frac\s*(\d)\s*(\d)")
_ROOT = re.compile(r"\\sqrt\s*(?:\[[^\[\]]*\])?\s*\{([^{}]*)\}")
_SCRIPT = re.compile(r"([_^])\s*(?:\{([^{}]*)\}|(\\[A-Za-z]+|[^\s{}()\\]))")
_ACCENTED = re.compile(rf"\\(?:wide)?({'|'.join(MARKS)})\s*(?:\{{([A-Za-z])\}}|\s([A-Za-z]))")
_WRAPPED = re.compile(r"\\[A-Za-z]+\*?\s*\{([^{}]*)\}|\{([^{}]*)\}")
_NAMED = re.compile(r"\\([A-Za-z]+)")
_SIMPLE = re.compile(r"[\w.∞ℓ]*|\([^()]*\)")
_BINARY = re.compile(r"\s*([=<>≤≥≈∼∈→×±≫≪])\s*")


def plain(nodes: Iterable[Node]) -> str:
    """Return the nodes as plain text."""
    return "".join(_plain(node) for node in nodes)


def _plain(node: Node) -> str:
    match node:
        case str():
            return node
        case Formula():
            return formula(node.tex)
        case Styled() | Link():
            return plain(node.children)


def formula(tex: str) -> str:
    """Return a formula as one line of plain text. Parts without such a form stay TeX."""
    if not is_within_bounds(tex):
        return tex
    text = _SET_BRACES.sub(lambda one: _ESCAPED[one[1] or "{}"["r" in one[0][:2]]], normalised(tex))
    text = _SIZES.sub("", _SPACES.sub(" ", text))
    text = _ACCENTED.sub(lambda one: _accented(one[2] or one[3], MARKS[one[1]]), text)
    text = _DOUBLE_STRUCK.sub(lambda one: _struck(one[1] or one[2]), text)
    text = _NAMED.sub(lambda one: SYMBOLS.get(one[1], one[0]) if one[1] != "sqrt" else one[0], text)
    for _ in range(_ROUNDS):
        before, text = text, _innermost_written(text)
        if text == before:
            break
    text = re.sub(r"\\([%#$&_|])", r"\1", _NAMED.sub(r"\1", text))
    for sign, written in _ESCAPED.items():
        text = text.replace(written, sign)
    return " ".join(_BINARY.sub(r" \1 ", text).split())


def _innermost_written(text: str) -> str:
    """Return the formula with its innermost groups written without braces."""
    text = _FRACTION.sub(lambda one: _fraction(one[1] or one[3], one[2] or one[4]), text)
    text = _ROOT.sub(lambda one: "√" + _grouped(one[1]), text)
    text = _SCRIPT.sub(_script, text)
    return _WRAPPED.sub(_unwrapped, text)


def _unwrapped(found: re.Match) -> str:
    r"""Return the argument of a command such as ``\mathbf{x}``; keep ``\frac`` and ``\sqrt``.

    These two are resolved in a later round and need their braces until then.
    """
    if re.match(r"\\(?:[dt]?frac|sqrt)(?![A-Za-z])", found[0]):
        return found[0]
    return found[1] if found[1] is not None else found[2]


def _accented(letter: str, mark: str) -> str:
    return unicodedata.normalize("NFC", letter + mark)


def _struck(letter: str) -> str:
    return DOUBLE_STRUCK.get(letter, letter)


def _fraction(above: str | None, below: str | None) -> str:
    return f"{_grouped(above or '')}/{_grouped(below or '')}"


def _script(found: re.Match) -> str:
    content = (found[2] if found[2] is not None else found[3]).strip()
    known = SUPERSCRIPTS if found[1] == "^" else SUBSCRIPTS
    if content and all(one in known for one in content):
        return "".join(known[one] for one in content)
    if content in {"∘", "°"}:
        return "°"
    return found[1] + _grouped(content)


def _grouped(text: str) -> str:
    """Return the text in parentheses, unless it is a single word, number or group."""
    text = text.strip()
    return text if _SIMPLE.fullmatch(text) else f"({text})"
