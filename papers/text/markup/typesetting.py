"""How text is set: what stays on one line, and the gap between Chinese and other letters."""

import re

from papers.text.markup.safe_html import SafeHtml, escape

_HAN = "\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U000323af"
_LETTER = f"[^\\W_{_HAN}]"
_SHORT_HEAD = re.compile(rf"(?<!{_LETTER})(?<![_&;#-])[A-Za-z0-9]{{1,3}}-[A-Za-z0-9]{{1,16}}")
"""One to three letters, a hyphen, and what follows: V-IRL. (``;`` ends an escaped character.)"""
_OPENED = r"<(?:strong|em|u|mark|a|span class=\"whole\")(?: href=\"[^\"]*\")?>"
_CLOSED = r"</(?:strong|em|u|mark|a|span)>"
_TYPED_SPACE = re.compile(
    rf"([{_HAN}](?:{_CLOSED})?) (?=(?:{_OPENED})*{_LETTER})"
    rf"|({_LETTER}(?:{_CLOSED})*) (?=(?:{_OPENED})?[{_HAN}])"
)


def text_html(text: str) -> SafeHtml:
    """Return the text as HTML. No line ends within a word such as V-IRL, after its first letter."""
    html = escape(text)
    if "-" not in html:
        return html
    return SafeHtml(_SHORT_HEAD.sub(r'<span class="whole">\g<0></span>', html))


def without_typed_spaces(html: SafeHtml) -> SafeHtml:
    """Return Chinese HTML without the spaces between Chinese and other letters or digits.

    Some texts have such spaces and some do not; the stylesheet's ``text-autospace`` makes the same
    gap in all. It makes none beside formulas, code and punctuation, so spaces there are kept.
    """
    return SafeHtml(_TYPED_SPACE.sub(r"\1\2", html)) if " " in html else html
