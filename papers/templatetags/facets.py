"""The choices of filters beside a list, some dozens on each page."""

from collections.abc import Iterable

from django import template
from django.utils.html import conditional_escape, escape, format_html
from django.utils.safestring import SafeString

from papers.presentation.facets import Choice

register = template.Library()


@register.simple_tag
def choices(offered: Iterable[Choice], rel: str = "") -> SafeString:
    """The choices of one filter as items of a list."""
    relation = format_html(' rel="{}"', rel) if rel else ""
    return SafeString("".join(_item(one, relation) for one in offered))


def _item(choice: Choice, relation: str) -> str:
    """(``format_html`` would look at each of its parts, some hundred on a page.)"""
    href, name = escape(choice.href), conditional_escape(choice.name)
    current = ' aria-current="true"' if choice.is_current else ""
    counted = choice.number is not None
    count = f' <span class="count">{choice.number:,}</span>' if counted else ""
    return f'<li><a href="{href}"{relation}{current}>{name}</a>{count}</li>'
