"""The choices of filters beside a list, some dozens on each page."""

from collections.abc import Iterable

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from papers.facets import Choice
from papers.templatetags.reading import grouped

register = template.Library()

_CURRENT = SafeString(' aria-current="true"')


@register.simple_tag
def choices(offered: Iterable[Choice], rel: str = "") -> SafeString:
    """The choices of one filter as items of a list."""
    relation = format_html(' rel="{}"', rel) if rel else ""
    return format_html_join(
        "",
        '<li><a href="{}"{}{}>{}</a>{}</li>',
        (
            (one.href, relation, _CURRENT if one.is_current else "", one.name, _count(one))
            for one in offered
        ),
    )


def _count(choice: Choice) -> SafeString:
    if choice.number is None:
        return SafeString("")
    return format_html(' <span class="count">{}</span>', grouped(choice.number))
