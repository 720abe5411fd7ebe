"""The numbers of a list's pages, some ten on each page."""

from django import template
from django.http import QueryDict
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from papers.paging import Paged

register = template.Library()


@register.simple_tag(takes_context=True)
def page_numbers(context: template.Context, paged: Paged) -> SafeString:
    """Links that change nothing but the page; an ellipsis where numbers are left out."""
    query = context["request"].GET.copy()
    return format_html_join("", "{}", ((_number(one, paged, query),) for one in paged.numbers))


def _number(number: int | str, paged: Paged, query: QueryDict) -> SafeString:
    if not isinstance(number, int):
        return format_html("<span>{}</span>", number)
    query["page"] = str(number)
    current = SafeString(' aria-current="page"' if number == paged.page.number else "")
    return format_html('<a{} href="?{}">{}</a>', current, query.urlencode(), number)
