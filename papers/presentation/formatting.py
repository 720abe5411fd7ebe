"""Texts, days and months in the language of the interface."""

import datetime

from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from papers.presentation.cards import MarkedText
from papers.text import dates
from papers.text.bilingual import EN, ZH, Bilingual, Shown


def in_interface(text: Bilingual) -> SafeString:
    """A text in the interface's language, or in the one that it has, with its ``lang``."""
    (shown,) = text.shown(interface_language())[:1] or (None,)
    if shown is None:
        return SafeString("")
    return format_html('<span lang="{}">{}</span>', shown.html_lang, shown.text)


def short_day(day: datetime.date) -> str:
    return dates.short_day(day, chinese=interface_language() == ZH)


def month_name(year: int, month: int) -> str:
    return dates.month_name(year, month, chinese=interface_language() == ZH)


def missing_mark(shown: Shown | MarkedText) -> SafeString:
    """Says which language is missing where this text stands in for it."""
    if not shown.missing:
        return SafeString("")
    said = _("no Chinese yet") if shown.missing == ZH else _("no English yet")
    return format_html(' <span class="mark">{}</span>', said)


def interface_language() -> str:
    """``en`` or ``zh``: the language of what the site itself says."""
    return ZH if (get_language() or "").startswith("zh") else EN
