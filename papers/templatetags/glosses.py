"""The line of glosses below an English title that has no Chinese."""

from collections.abc import Iterable

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

from papers.presentation.glosses import title_glosses
from papers.text.bilingual import Shown

register = template.Library()


@register.simple_tag
def gloss_line(titles: Iterable[Shown]) -> SafeString:
    """Return ``越狱 · 大语言模型`` for the terms of a title without Chinese; else nothing."""
    glosses = title_glosses(titles)
    if not glosses:
        return SafeString("")
    said = " · ".join(dict.fromkeys(one.chinese for one in glosses))
    return format_html('<p class="gloss-line" lang="zh-Hans">{}</p>', said)
