"""Filters for the admin."""

from django import template
from django.utils.html import format_html_join
from django.utils.safestring import SafeString

from papers.models import Act
from papers.presentation.fault_labels import FAULTS
from papers.text.text_diff import CAME, FAULTY, GONE, SAME, Piece

register = template.Library()

ELEMENTS = {SAME: "span", GONE: "del", CAME: "ins", FAULTY: "mark"}


@register.filter
def fault_name(fault: str) -> str:
    """Return the name of a fault of a translation."""
    return str(FAULTS.get(fault, fault))


@register.filter
def act_name(act: str) -> str:
    """Return the name of an action in the log."""
    return str(dict(Act.choices).get(act, act))


@register.filter
def pieces(parts: list[Piece]) -> SafeString:
    """Return a text diff as HTML: removed, added and faulty pieces are marked up."""
    return format_html_join(
        "",
        "<{}{}>{}</{}>",
        ((ELEMENTS[part.kind], _title(part), part.text, ELEMENTS[part.kind]) for part in parts),
    )


def _title(part: Piece) -> SafeString:
    if not part.fault:
        return SafeString("")
    return format_html_join("", ' title="{}"', [(fault_name(part.fault),)])
