"""Tags for the filters beside a list and for page numbers."""

from collections.abc import Iterable

from django import template
from django.utils.html import conditional_escape, escape, format_html
from django.utils.safestring import SafeString

from papers.http.links import with_changes
from papers.lists.pages import Paged
from papers.presentation.facets import Choice

register = template.Library()


@register.simple_tag
def choices(offered: Iterable[Choice], rel: str = "") -> SafeString:
    """Return the choices of one filter as list items."""
    relation = format_html(' rel="{}"', rel) if rel else ""
    return SafeString("".join(_item(one, relation) for one in offered))


def _item(choice: Choice, relation: str) -> str:
    """Return one list item. Avoids ``format_html``, which is slow for hundreds of choices."""
    href, name = escape(choice.href), conditional_escape(choice.name)
    current = ' aria-current="true"' if choice.is_current else ""
    counted = choice.number is not None
    count = f' <span class="count">{choice.number:,}</span>' if counted else ""
    return f'<li><a href="{href}"{relation}{current}>{name}</a>{count}</li>'


@register.simple_tag
def page_numbers(paged: Paged, to_page: str) -> SafeString:
    """Return links to the other pages of a list, with an ellipsis for those left out.

    ``to_page`` is the address of a page without its number, which comes last.
    """
    address, current = escape(to_page), paged.page.number
    return SafeString("".join(_number(one, current, address) for one in paged.numbers))


def _number(number: int | str, current: int, address: str) -> str:
    if not isinstance(number, int):
        return f"<span>{number}</span>"
    mark = ' aria-current="page"' if number == current else ""
    return f'<a{mark} href="{address}{number}">{number}</a>'


@register.simple_tag(takes_context=True)
def this_list(context: template.Context, **changes: object) -> str:
    """Return the query string of this list with some parameters changed; None removes one.

    Unlike Django's ``querystring`` it returns ``?`` and not an empty string if nothing is left: an
    empty link would keep the current query.
    """
    return with_changes(context["request"].GET, changes)
