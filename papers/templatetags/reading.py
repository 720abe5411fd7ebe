"""Tags and filters for bilingual texts, days and the language toggle."""

import datetime
from collections.abc import Iterable
from functools import cache, lru_cache
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
    CHOICE_LANG,
    CHOICE_NAMES,
    day_of_month,
    in_interface,
    interface_language,
    lang_of,
    missing_mark,
    month_name,
    short_day,
    short_weekday,
    texts,
)
from papers.presentation.glosses import gloss_line
from papers.text import dates
from papers.text.bilingual import BOTH, EN, HTML_LANG, LANGUAGES, ZH, Bilingual, Reading

register = template.Library()

register.filter(in_interface)
register.filter(lang_of)
register.filter(short_day)
register.filter(day_of_month)
register.filter(short_weekday)
register.simple_tag(month_name)
register.simple_tag(missing_mark)
register.simple_tag(texts)
register.simple_tag(gloss_line)

CHOICE_LABELS = {EN: _("English"), ZH: _("Chinese"), BOTH: _("Side by side")}
_HERE = "THE-ADDRESS-OF-THIS-PAGE"
_KEY = "THE-KEY"
INTERFACES = {"en": ("English", "en"), "zh-hans": ("中文", "zh-Hans")}


@register.simple_tag(takes_context=True)
def language_toggle(context: template.Context) -> SafeString:
    """Return the language toggle: one choice for all texts, one each for titles and abstracts."""
    request = context["request"]
    toggle = _toggle(request.reading.chosen, interface_language())
    # Safe: the inserted address is quoted and so contains no special characters of HTML.
    return SafeString(toggle.replace(_HERE, quote_plus(request.get_full_path())))


@cache
def _toggle(reading: Reading, interface: str) -> str:
    """Return the toggle for any page, with ``_HERE`` in place of the page's address."""
    return get_template("includes/toggle.html").render(_choices(reading, interface))


def _choices(reading: Reading, interface: str) -> dict:
    def option(choice: str, wanted: Reading) -> dict:
        return {
            "name": CHOICE_NAMES[choice],
            "lang": CHOICE_LANG[choice],
            "label": CHOICE_LABELS[choice],
            "href": _choosing("lang", wanted.code),
            "current": wanted == reading,
        }

    return {
        "options": [option(choice, reading.with_both(choice)) for choice in CHOICE_NAMES],
        "title_options": [option(choice, reading.with_title(choice)) for choice in CHOICE_NAMES],
        "abstract_options": [
            option(choice, reading.with_abstract(choice)) for choice in CHOICE_NAMES
        ],
        "first_options": [
            {
                "name": CHOICE_NAMES[language],
                "lang": HTML_LANG[language],
                "label": CHOICE_LABELS[language],
                "href": _choosing("first", language),
                "current": language == reading.first,
            }
            for language in LANGUAGES
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


@cache
def _choosing(name: str, value: str) -> str:
    """Return the address that sets this choice and returns to the page."""
    return f"{reverse('language')}?{urlencode({name: value})}&next={_HERE}"


@register.simple_tag(takes_context=True)
def interface_link(context: template.Context, language: str) -> str:
    """Return the address that changes the interface language and returns to the page."""
    return _choosing("ui", language).replace(_HERE, quote_plus(context["request"].get_full_path()))


@register.simple_tag
def topic_name(topic: Topic) -> SafeString:
    """Return the topic's name in the interface language, or in the other one."""
    return in_interface(topic.name)


@register.simple_tag
def topic_tag(topic: Topic) -> SafeString:
    """Return the short name of a topic: a theme's name or a category's code (cs.AI)."""
    if topic.kind == Topic.Kind.THEME:
        return topic_name(topic)
    return format_html('<span lang="en" translate="no">{}</span>', topic.code)


@register.simple_tag
def topic_links(topics: Iterable[Topic]) -> SafeString:
    """Return links to the topics of a card, with short names."""
    interface = interface_language()
    return SafeString(
        "".join(_topic_link(one.slug, one.kind, one.name, interface) for one in topics)
    )


@lru_cache(maxsize=1_000)  # a list has a hundred links to few topics
def _topic_link(slug: str, kind: str, name: Bilingual, interface: str) -> SafeString:
    """Return the link in this language, that of the interface."""
    topic = Topic(slug=slug, kind=kind, name_en=name.en, name_zh=name.zh)
    return format_html(
        '<a class="topic" href="{}">{}</a> ', topic.get_absolute_url(), topic_tag(topic)
    )


@register.filter
def one_line_lang(title: Bilingual, reading: Reading) -> str:
    """Return the ``lang`` of the title that this reader sees first."""
    return next((shown.html_lang for shown in reading.titles(title)), HTML_LANG[EN])


@register.filter
def long_day(day: datetime.date) -> SafeString:
    """Return a day in the interface language."""
    if interface_language() == ZH:
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
    """Return the column headings of a month."""
    heads = dates.weekday_heads(chinese=interface_language() == ZH)
    return format_html_join("", '<th scope="col" abbr="{1}">{0}</th>', heads)


@register.simple_tag
def day_cell(day: Day, current: datetime.date | None = None) -> SafeString:
    """Return a day of a calendar, as a link if its page has papers or a note."""
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
    """Return a sentence that names the months without digests."""
    first, last = month_name(*_month(gap.first)), month_name(*_month(gap.last))
    if first == last:
        return translated("%(month)s: no digests") % {"month": first}
    return translated("%(first)s to %(last)s: no digests") % {"first": first, "last": last}


def _month(day: datetime.date) -> tuple[int, int]:
    return day.year, day.month


@register.filter
def day_counts(paper_count: int) -> str:
    """``185 papers``."""
    papers = ngettext("%(number)s paper", "%(number)s papers", paper_count)
    return papers % {"number": grouped(paper_count)}


@register.simple_tag
def author_links(authors: Iterable[tuple[str, str]]) -> SafeString:
    """Return the names of authors as links to their pages."""
    page = _author_page()
    return format_html_join(
        ", ", '<a href="{}">{}</a>', ((page.replace(_KEY, key), name) for name, key in authors)
    )


@cache
def _author_page() -> str:
    """Return the address of an author's page with ``_KEY`` in place of the key.

    Keys are ASCII and need no quoting. A list of papers has a hundred such links, so the address is
    resolved only once.
    """
    return reverse("author", args=[_KEY])
