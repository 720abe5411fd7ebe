"""What leads to the same list with other values: its pages, some ten of them, and its filters."""

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from papers.http.links import with_changes
from papers.lists.pages import Paged

register = template.Library()


@register.simple_tag(takes_context=True)
def page_numbers(context: template.Context, paged: Paged) -> SafeString:
    """Links that change nothing but the page; an ellipsis where numbers are left out."""
    numbers = ((_number(context, one, paged),) for one in paged.numbers)
    return format_html_join("", "{}", numbers)


def _number(context: template.Context, number: int | str, paged: Paged) -> SafeString:
    if not isinstance(number, int):
        return format_html("<span>{}</span>", number)
    current = SafeString(' aria-current="page"' if number == paged.page.number else "")
    return format_html('<a{} href="{}">{}</a>', current, this_list(context, page=number), number)


@register.simple_tag(takes_context=True)
def this_list(context: template.Context, **changes: object) -> str:
    """The address of this list with other values; None takes one away. (Where nothing is left,
    Django's ``querystring`` is empty, and an empty link leads to the address as it stands.)"""
    return with_changes(context["request"].GET, changes)
