"""Write formulas as MathML. Only this module uses the converter.

The converter is not trusted with untrusted text. A formula must be within limits first
(``formula_limits``). The result is parsed, and only the elements and attributes named here are
written again.
"""

import re
from functools import lru_cache
from html.entities import html5
from xml.etree import ElementTree

from math_core import LatexError, LatexToMathML

from papers.text.markup.formula_limits import is_within_bounds
from papers.text.markup.safe_html import escape
from papers.text.markup.tex import normalised

_SWITCH = r"true|false"
_LENGTH = r"[+-]?\d{0,3}(?:\.\d{1,10})?(?:em|rem|ex|px|%)?"
_ATTRIBUTES = {
    "accent": _SWITCH,
    "accentunder": _SWITCH,
    "displaystyle": _SWITCH,
    "fence": _SWITCH,
    "form": "prefix|infix|postfix",
    "largeop": _SWITCH,
    "linethickness": _LENGTH,
    "lspace": _LENGTH,
    "mathvariant": "normal",
    "maxsize": _LENGTH,
    "minsize": _LENGTH,
    "movablelimits": _SWITCH,
    "rspace": _LENGTH,
    "separator": _SWITCH,
    "stretchy": _SWITCH,
    "symmetric": _SWITCH,
    "width": _LENGTH,
    "height": _LENGTH,
    "depth": _LENGTH,
}
ATTRIBUTES = {name: re.compile(values) for name, values in _ATTRIBUTES.items()}
"""The attributes that may stand on elements within a formula, and their values."""

_GROUPS = {
    *("mrow", "mfrac", "msqrt", "mroot", "mstyle", "mpadded", "mphantom"),
    *("msub", "msup", "msubsup", "munder", "mover", "munderover", "mmultiscripts"),
    *("mtable", "mtr", "mtd"),
}
_LEAVES = {"mi", "mn", "mo", "mtext", "mspace", "mprescripts"}
_WITHIN_TEXT = {"b", "i", "em", "code"}
ELEMENTS = _GROUPS | _LEAVES | _WITHIN_TEXT
"""The elements that may stand within ``<math>``."""

_RENAMED = {"menclose": "mrow"}  # only Firefox draws it
_NEVER_FOLLOWED = re.compile("[\ufe00-\ufe0f]")  # variants of script letters, which fonts lack
_NAMED = re.compile(r"&(?!(?:amp|lt|gt|quot|apos);)(\w+;)")
_ALIGNED = re.compile(r"text-align: ?(left|right)")


class NotConverted(Exception):
    """The formula cannot be converted and stays TeX."""


@lru_cache(maxsize=4096)
def mathml(tex: str, display: bool) -> str:
    """Return the formula as a ``<math>`` element with its TeX as ``alttext``.

    Raise NotConverted if it is beyond the limits or the converter cannot parse it.
    """
    root = _tree(_converted(tex, display))
    attributes = f' alttext="{escape(tex)}"' + (' display="block"' if display else "")
    return f"<math{attributes}>{_inside(root)}</math>"


def _converted(tex: str, display: bool) -> str:
    if not is_within_bounds(tex):
        raise NotConverted
    normal = normalised(tex)
    if not is_within_bounds(normal):
        raise NotConverted
    try:
        return LatexToMathML().convert_with_local_state(normal, displaystyle=display)
    except LatexError as error:
        raise NotConverted from error


def _tree(markup: str) -> ElementTree.Element:
    if "<!" in markup or "<?" in markup:
        raise NotConverted
    try:
        return ElementTree.fromstring(_NAMED.sub(lambda one: html5.get(one[1], ""), markup))
    except ElementTree.ParseError as error:
        raise NotConverted from error


def _inside(element: ElementTree.Element) -> str:
    text = _NEVER_FOLLOWED.sub("", element.text or "").strip("\n")
    children = (_written(child) + escape(child.tail or "") for child in element)
    return escape(text) + "".join(children)


def _written(element: ElementTree.Element) -> str:
    name = _RENAMED.get(element.tag, element.tag)
    if name == "mrow":
        return _row(element)
    if name == "span":
        return _inside(element)
    if name not in ELEMENTS:
        raise NotConverted
    return f"<{name}{_attributes(element)}>{_inside(element)}</{name}>"


def _row(element: ElementTree.Element) -> str:
    """Return an ``<mrow>``, or only its child if it has just one."""
    children = [one for one in element if not _is_nothing(one)]
    if len(children) == 1 and not (element.text or "").strip():
        return _written(children[0])
    return f"<mrow{_attributes(element)}>{''.join(map(_written, children))}</mrow>"


def _is_nothing(element: ElementTree.Element) -> bool:
    return element.tag == "mspace" and not {"width", "height", "depth"}.intersection(element.keys())


def _attributes(element: ElementTree.Element) -> str:
    kept = [
        f' {name}="{value}"'
        for name, value in element.items()
        if name in ATTRIBUTES and ATTRIBUTES[name].fullmatch(value)
    ]
    if element.tag == "mtd" and (aligned := _ALIGNED.match(element.get("style", ""))):
        kept.append(f' class="{aligned[1]}"')
    return "".join(kept)
