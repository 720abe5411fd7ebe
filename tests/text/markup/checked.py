"""Parse the renderer's HTML and check it against all that it may contain."""

import re

from lxml import html

from papers.text.markup.mathml import ATTRIBUTES, ELEMENTS

INLINE = {"strong", "em", "u", "sup", "sub", "code", "span", "a", "math"}
CLASSES = {
    *("small-caps", "whole", "tex"),
    *("formula", "formula formula-long", "formula formula-display"),
}
VOID = re.compile(r"<(/?)([a-z]+)([^<>]*)>")


def assert_safe(markup: str, link: str = "") -> None:
    """Tags are closed in order, and there is nothing in them but what the renderer writes."""
    _assert_closed_in_order(markup)
    for element in html.fragment_fromstring(markup, create_parent="body").iterdescendants():
        assert element.tag in (ELEMENTS if _in_formula(element) else INLINE), markup
        for name, value in element.items():
            assert _is_allowed(element, name, value, link), (name, value, markup)


def _assert_closed_in_order(markup: str) -> None:
    opened = []
    for closing, name, _ in VOID.findall(markup):
        if closing:
            assert opened.pop() == name, markup
        else:
            opened.append(name)
    assert not opened, markup
    assert not re.search("[<>]", VOID.sub("", markup)), markup


def _in_formula(element) -> bool:
    return any(one.tag == "math" for one in element.iterancestors())


def _is_allowed(element, name: str, value: str, link: str) -> bool:
    if _in_formula(element):
        aligned = name == "class" and value in {"left", "right"}
        return aligned or (name in ATTRIBUTES and bool(ATTRIBUTES[name].fullmatch(value)))
    return {
        "translate": value == "no",
        "class": value in CLASSES,
        "alttext": element.tag == "math",
        "display": (element.tag, value) == ("math", "block"),
        "href": value == link or value.startswith("https://arxiv.org/"),
    }.get(name, False)
