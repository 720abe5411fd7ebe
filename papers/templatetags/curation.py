"""Filters and tags for the admin."""

from django import template
from django.utils.html import format_html_join
from django.utils.safestring import SafeString

from papers.curation.presence import others_at
from papers.models import Act, Paper
from papers.presentation.fault_labels import FAULTS, refusal_in_words
from papers.text.text_diff import CAME, FAULTY, GONE, SAME, Piece

register = template.Library()

ELEMENTS = {SAME: "span", GONE: "del", CAME: "ins", FAULTY: "mark"}


@register.filter
def fault_name(fault: str) -> str:
    """Return the name of a fault of a translation."""
    return str(FAULTS.get(fault, fault))


register.filter(refusal_in_words)


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


@register.simple_tag(takes_context=True)
def others_here(context: template.Context, paper: Paper) -> list[str]:
    """Note that the user is at this paper; return the names of the others who are."""
    return others_at(paper.pk, context["request"].user)
