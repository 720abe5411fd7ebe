"""Format texts, days and months in the interface language."""

import datetime
import re

from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from papers.presentation.cards import MarkedText
from papers.search.dictionary import HAN
from papers.text import dates
from papers.text.bilingual import BOTH, EN, HTML_LANG, ZH, Bilingual, Reading, Shown

CHOICE_NAMES = {EN: "EN", ZH: "中文", BOTH: "对照"}
"""The choices of languages as a reader sees them, each in its own language."""
CHOICE_LANG = HTML_LANG | {BOTH: HTML_LANG[ZH]}
_HAN = re.compile(f"[{HAN}]")


def in_interface(text: Bilingual) -> SafeString:
    """Return a text with its ``lang``, in the interface language or else in the other one."""
    (shown,) = text.shown(interface_language())[:1] or (None,)
    if shown is None:
        return SafeString("")
    return format_html('<span lang="{}">{}</span>', shown.html_lang, shown.text)


def short_day(day: datetime.date) -> str:
    """Return a date in short form, in the interface language."""
    return dates.short_day(day, chinese=interface_language() == ZH)


def day_of_month(day: datetime.date) -> str:
    """Return a date without its year, in the interface language."""
    return dates.day_of_month(day, chinese=interface_language() == ZH)


def short_weekday(day: datetime.date) -> str:
    """Return a weekday in short, in the interface language."""
    return dates.short_weekday(day, chinese=interface_language() == ZH)


def month_name(year: int, month: int) -> str:
    """Return month and year, in the interface language."""
    return dates.month_name(year, month, chinese=interface_language() == ZH)


def missing_mark(shown: Shown | MarkedText) -> SafeString:
    """Return a note that names the missing language, if this text replaces it."""
    if not shown.missing:
        return SafeString("")
    said = _("no Chinese yet") if shown.missing == ZH else _("no English yet")
    return format_html(' <span class="mark">{}</span>', said)


def texts(title: Bilingual, reading: Reading) -> SafeString:
    """Return a title in the reader's languages, each in its own element.

    A note follows if a language is missing and the other one replaces it.
    """
    # Safe: a title is rendered as HTML. (``format_html`` is slow for a hundred titles.)
    return SafeString(
        " ".join(
            f'<span class="text" lang="{one.html_lang}">{one.html}</span>{missing_mark(one)}'
            for one in reading.titles(title)
        )
    )


def lang_of(typed: str) -> str:
    """Return the ``lang`` of a text that a reader typed: Chinese if it has a Chinese character."""
    return HTML_LANG[ZH if _HAN.search(typed) else EN]


def interface_language() -> str:
    """Return ``en`` or ``zh``, the language of the site's own words."""
    return ZH if (get_language() or "").startswith("zh") else EN
