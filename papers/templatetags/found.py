"""What a search marked in texts, as HTML: escaped first, marked after."""

from html import escape

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from papers.presentation.cards import MarkedText, Match
from papers.search.highlighter import Highlighted
from papers.templatetags.reading import missing_mark

register = template.Library()


@register.simple_tag
def marked_titles(match: Match) -> SafeString:
    """The titles as ``texts`` writes them, with their marks."""
    return format_html_join(
        " ",
        '<span class="text" lang="{}">{}</span>{}',
        ((one.html_lang, _marked(one.text), missing_mark(one)) for one in match.titles),
    )


@register.simple_tag
def snippet(passage: MarkedText) -> SafeString:
    """A part of a text, for the place where else the first words of the abstract stand."""
    return format_html(
        '<span class="card-lead snippet" lang="{}">{}{}{}</span>',
        passage.html_lang,
        "… " if passage.text.cut_before else "",
        _marked(passage.text),
        " …" if passage.text.cut_after else "",
    )


def _marked(text: Highlighted) -> SafeString:
    parts = ((escape(part), is_hit) for part, is_hit in text.parts())
    # Safe: each part is escaped, and a mark is put around it.
    return SafeString("".join(f"<mark>{part}</mark>" if is_hit else part for part, is_hit in parts))
