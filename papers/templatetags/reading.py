"""Tags and filters for text in two languages, for days and for the reader's choice."""

import datetime
from collections.abc import Iterable
from functools import cache
from urllib.parse import quote_plus, urlencode

from django import template
from django.template.loader import get_template
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as translated
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from papers.models import Topic
from papers.presentation.calendars import Day, Gap, State
from papers.presentation.formatting import (
    in_interface,
    interface_language,
    missing_mark,
    month_name,
    short_day,
)
from papers.text import dates
from papers.text.bilingual import BOTH, EN, HTML_LANG, ZH, Bilingual, Reading

register = template.Library()

register.filter(in_interface)
register.filter(short_day)
register.simple_tag(month_name)
register.simple_tag(missing_mark)

CHOICE_NAMES = {EN: "EN", ZH: "中文", BOTH: "对照"}
CHOICE_LABELS = {EN: _("English"), ZH: _("Chinese"), BOTH: _("Side by side")}
_HERE = "THE-ADDRESS-OF-THIS-PAGE"
_KEY = "THE-KEY"
INTERFACES = {"en": ("English", "en"), "zh-hans": ("中文", "zh-Hans")}


@register.simple_tag(takes_context=True)
def language_toggle(context: template.Context) -> SafeString:
    """The choice of reading language: three words, and titles and abstracts apart."""
    request = context["request"]
    toggle = _toggle(request.reading.chosen, interface_language())
    # Safe: what is put in is quoted for an address, and so holds no character of HTML's own.
    return SafeString(toggle.replace(_HERE, quote_plus(request.get_full_path())))


@cache
def _toggle(reading: Reading, interface: str) -> str:
    """The same at every address, with ``_HERE`` where it says where to come back to."""
    return get_template("includes/toggle.html").render(_choices(reading, interface))


def _choices(reading: Reading, interface: str) -> dict:
    def option(choice: str, wanted: Reading) -> dict:
        return {
            "name": CHOICE_NAMES[choice],
            "lang": "en" if choice == EN else "zh-Hans",
            "label": CHOICE_LABELS[choice],
            "href": _choosing("lang", wanted.code),
            "current": wanted == reading,
        }

    return {
        "options": [option(choice, Reading(choice, choice)) for choice in CHOICE_NAMES],
        "title_options": [option(choice, reading.with_title(choice)) for choice in CHOICE_NAMES],
        "abstract_options": [
            option(choice, reading.with_abstract(choice)) for choice in CHOICE_NAMES
        ],
        "interface_options": [
            {
                "name": name,
                "lang": lang,
                "label": name,
                "href": _choosing("ui", code),
                "current": lang == HTML_LANG[interface],
            }
            for code, (name, lang) in INTERFACES.items()
        ],
        "is_pair": reading.title != reading.abstract,
    }


def _choosing(name: str, value: str) -> str:
    """The address that sets this choice and comes back."""
    return f"{reverse('language')}?{urlencode({name: value})}&next={_HERE}"


@register.simple_tag(takes_context=True)
def interface_link(context: template.Context, language: str) -> str:
    """The address that changes the interface's language and comes back here."""
    return _choosing("ui", language).replace(_HERE, quote_plus(context["request"].get_full_path()))


@register.simple_tag
def topic_name(topic: Topic) -> SafeString:
    """The topic's name in the interface's language, or in the one that it has."""
    return in_interface(topic.name)


@register.simple_tag
def topic_tag(topic: Topic) -> SafeString:
    """The topic as short as a card wants it: a theme's name, a category's code (cs.AI)."""
    if topic.kind == Topic.Kind.THEME:
        return topic_name(topic)
    return format_html('<span lang="en" translate="no">{}</span>', topic.code)


@register.simple_tag
def topic_links(topics: Iterable[Topic]) -> SafeString:
    """The topics of a card, each as short as a card wants it."""
    return format_html_join(
        "",
        '<a class="topic" href="{}">{}</a> ',
        ((one.get_absolute_url(), topic_tag(one)) for one in topics),
    )


@register.filter
def one_line_lang(text: Bilingual, choice: str) -> str:
    """The ``lang`` of the text that this reader sees first."""
    return next((shown.html_lang for shown in text.shown(choice)), HTML_LANG[EN])


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
        weekday, date = dates.day_in_chinese(day)
        form = '<span lang="zh-Hans">{date} <span class="weekday">{weekday}</span></span>'
    else:
        weekday, date = dates.day_in_english(day)
        form = '<span lang="en"><span class="weekday">{weekday},</span> {date}</span>'
    return format_html(form, date=date, weekday=weekday)


@register.filter
def grouped(number: int) -> str:
    """``13318`` → ``13,318``, in both languages."""
    return f"{number:,}"


@register.simple_tag
def weekday_heads() -> SafeString:
    """The heads of a month's columns."""
    heads = dates.weekday_heads(chinese=interface_language() == ZH)
    return format_html_join("", '<th scope="col" abbr="{1}">{0}</th>', heads)


@register.simple_tag
def day_cell(day: Day, current: datetime.date | None = None) -> SafeString:
    """A day of a calendar: a link where there is something to find or to explain."""
    if day.state == State.NONE:
        return format_html('<span class="cell cell-none">{}</span>', day.date.day)
    look = f"shade-{day.shade}" if day.state == State.READ else f"cell-{day.state}"
    return format_html(
        '<a class="cell {}" href="{}"{} title="{}">{}</a>',
        look,
        reverse("day", args=[day.date]),
        SafeString(' aria-current="date"') if day.date == current else "",
        translated("%(day)s: %(what)s") % {"day": short_day(day.date), "what": _said_of(day)},
        day.date.day,
    )


def _said_of(day: Day) -> str:
    if day.state == State.FAILED:
        return translated("all digests empty")
    if day.state == State.MISSING:
        return translated("no digest")
    papers = ngettext("%(number)s new paper", "%(number)s new papers", day.papers)
    chinese = translated("%(number)s with Chinese") % {"number": grouped(day.chinese)}
    return translated("%(papers)s, %(chinese)s") % {
        "papers": papers % {"number": grouped(day.papers)},
        "chinese": chinese,
    }


@register.simple_tag
def gap_text(gap: Gap) -> str:
    """Says which months have no digest."""
    first, last = month_name(*_month(gap.first)), month_name(*_month(gap.last))
    if first == last:
        return translated("%(month)s: no digests") % {"month": first}
    return translated("%(first)s to %(last)s: no digests") % {"first": first, "last": last}


def _month(day: datetime.date) -> tuple[int, int]:
    return day.year, day.month


@register.filter
def day_counts(paper_count: int, topic_count: int) -> str:
    """``185 papers · 7 topics``."""
    papers = ngettext("%(number)s paper", "%(number)s papers", paper_count)
    topics = ngettext("%(number)s topic", "%(number)s topics", topic_count)
    return (
        f"{papers % {'number': grouped(paper_count)}} · {topics % {'number': grouped(topic_count)}}"
    )


@register.simple_tag
def author_links(authors: Iterable[tuple[str, str]]) -> SafeString:
    """Names that lead to their authors' pages."""
    page = _author_page()
    return format_html_join(
        ", ", '<a href="{}">{}</a>', ((page.replace(_KEY, key), name) for name, key in authors)
    )


@cache
def _author_page() -> str:
    """The address of an author's page with ``_KEY`` for the key, which is ASCII: a list of papers
    has a hundred of them."""
    return reverse("author", args=[_KEY])


@register.simple_tag
def texts(text: Bilingual, choice: str) -> SafeString:
    """A title in the languages of this choice, each in its own element, with a mark where one
    language stands in for the other."""
    return format_html_join(
        " ",
        '<span class="text" lang="{}">{}</span>{}',
        ((one.html_lang, one.html, missing_mark(one)) for one in text.shown(choice)),
    )
