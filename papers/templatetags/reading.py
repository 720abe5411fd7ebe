"""Tags and filters for text in two languages, for days and for the reader's choice."""

import datetime
from urllib.parse import urlencode

from django import template
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from papers import dates
from papers.context import interface_language
from papers.language import BOTH, EN, ZH, Bilingual, Reading, Shown
from papers.models import Topic

register = template.Library()

CHOICE_NAMES = {EN: "EN", ZH: "中文", BOTH: "对照"}
CHOICE_LABELS = {EN: _("English"), ZH: _("Chinese"), BOTH: _("Side by side")}


@register.inclusion_tag("includes/toggle.html", takes_context=True)
def language_toggle(context: template.Context) -> dict:
    """The choice of reading language: three words, and titles and abstracts apart."""
    request = context["request"]
    reading = request.reading.chosen
    here = request.get_full_path()

    def option(choice: str, wanted: Reading) -> dict:
        address = reverse("language")
        return {
            "name": CHOICE_NAMES[choice],
            "lang": "en" if choice == EN else "zh-Hans",
            "label": CHOICE_LABELS[choice],
            "href": f"{address}?{urlencode({'lang': wanted.code, 'next': here})}",
            "current": wanted == reading,
        }

    return {
        "options": [option(choice, Reading(choice, choice)) for choice in CHOICE_NAMES],
        "title_options": [option(choice, reading.with_title(choice)) for choice in CHOICE_NAMES],
        "abstract_options": [
            option(choice, reading.with_abstract(choice)) for choice in CHOICE_NAMES
        ],
        "is_pair": reading.title != reading.abstract,
    }


@register.simple_tag(takes_context=True)
def interface_link(context: template.Context, language: str) -> str:
    """The address that changes the interface's language and comes back here."""
    query = urlencode({"ui": language, "next": context["request"].get_full_path()})
    return f"{reverse('language')}?{query}"


@register.simple_tag
def topic_name(topic: Topic) -> SafeString:
    """The topic's name in the interface's language, or in the one that it has."""
    return in_interface(topic.name)


@register.filter
def in_interface(text: Bilingual) -> SafeString:
    """A text in the interface's language, or in the one that it has, with its ``lang``."""
    (shown,) = text.shown(interface_language())[:1] or (None,)
    if shown is None:
        return SafeString("")
    return format_html('<span lang="{}">{}</span>', shown.html_lang, shown.text)


@register.filter
def one_line(text: Bilingual, choice: str) -> str:
    """The text without markup, for the title of a tab."""
    return text.best(choice)


@register.filter
def long_day(day: datetime.date) -> SafeString:
    """A day in the interface's language."""
    return _day_in(interface_language(), day)


@register.filter
def other_long_day(day: datetime.date) -> SafeString:
    """The same in the other language."""
    return _day_in(EN if interface_language() == ZH else ZH, day)


def _day_in(language: str, day: datetime.date) -> SafeString:
    if language == ZH:
        return format_html('<span lang="zh-Hans">{}</span>', dates.day_in_chinese(day))
    return format_html('<span lang="en">{}</span>', dates.day_in_english(day))


@register.filter
def short_day(day: datetime.date) -> str:
    return dates.short_day(day, chinese=interface_language() == ZH)


@register.filter
def grouped(number: int) -> str:
    """``13318`` → ``13,318``, in both languages."""
    return f"{number:,}"


@register.simple_tag
def month_name(year: int, month: int) -> str:
    return dates.month_name(year, month, chinese=interface_language() == ZH)


@register.simple_tag
def texts(text: Bilingual, choice: str) -> SafeString:
    """A title in the languages of this choice, each in its own element, with a mark where one
    language stands in for the other."""
    return format_html_join(
        " ",
        '<span class="text" lang="{}">{}</span>{}',
        ((one.html_lang, one.html, missing_mark(one)) for one in text.shown(choice)),
    )


@register.simple_tag
def missing_mark(shown: Shown) -> SafeString:
    """Says which language is missing where this text stands in for it."""
    if not shown.missing:
        return SafeString("")
    said = _("no Chinese yet") if shown.missing == ZH else _("no English yet")
    return format_html(' <span class="mark">{}</span>', said)
