"""Write nodes as HTML.

All tags are written in this file or, for formulas, by ``mathml``. All text from outside passes
through ``escape`` or ``text_html``, which escapes.
"""

from collections.abc import Iterable

from papers.text.markup.mathml import NotConverted, mathml
from papers.text.markup.nodes import Formula, Link, Node, Styled
from papers.text.markup.plain_text import formula as readable
from papers.text.markup.safe_html import escape
from papers.text.markup.typesetting import text_html

LONG_FORMULA = 28
"""Characters of plain text above which a formula may be wider than a phone and scrolls."""

ELEMENTS = {
    "bold": ("<strong>", "</strong>"),
    "emphasis": ("<em>", "</em>"),
    "code": ('<code translate="no">', "</code>"),
    "underlined": ("<u>", "</u>"),
    "small-caps": ('<span class="small-caps">', "</span>"),
    "superscript": ("<sup>", "</sup>"),
    "subscript": ("<sub>", "</sub>"),
}
"""The start and end tag of each style."""


def html(nodes: Iterable[Node], link: str = "") -> str:
    """Return the nodes as inline HTML.

    ``link`` is the target of words that stand for a link. Without it no links are written at all,
    because the whole may be inside a link.
    """
    return "".join(_written(node, link) for node in nodes)


def _written(node: Node, link: str) -> str:
    match node:
        case str():
            return text_html(node)
        case Formula():
            return formula_html(node)
        case Styled():
            before, after = ELEMENTS.get(node.style, ("", ""))
            return f"{before}{html(node.children, link)}{after}"
        case Link():
            words = html(node.children)
            return f'<a href="{escape(node.address or link)}">{words}</a>' if link else words


def formula_html(formula: Formula) -> str:
    """Return a formula as MathML, or its TeX as code if it cannot be converted."""
    try:
        converted = mathml(formula.tex, formula.display)
    except NotConverted:
        return f'<code class="tex" translate="no">{escape(formula.tex)}</code>'
    return f'<span class="{_class(formula)}" translate="no">{converted}</span>'


def _class(formula: Formula) -> str:
    if formula.display:
        return "formula formula-display"
    is_long = len(formula.tex) > LONG_FORMULA and len(readable(formula.tex)) > LONG_FORMULA
    return "formula formula-long" if is_long else "formula"
