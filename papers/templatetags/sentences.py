"""An abstract and its translation, sentence by sentence."""

from collections.abc import Iterable

from django import template
from django.utils.html import escape, format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext

from papers.text.bilingual import EN, HTML_LANG, ZH
from papers.text.markup import SafeHtml, without_typed_spaces
from papers.text.sentence_pairs import SentencePair

register = template.Library()


@register.simple_tag
def sentence_rows(pairs: Iterable[SentencePair], first: str) -> SafeString:
    """A row for each pair, with the language ``first`` (en or zh) first. A row can have the focus,
    so that a tap shows which sentences belong together; the keyboard passes it over."""
    languages = (EN, ZH) if first == EN else (ZH, EN)
    missing = {EN: gettext("not in the English"), ZH: gettext("not translated")}
    rows = SafeString("".join(_row(pair, languages, missing) for pair in pairs))
    return format_html('<div class="sentences sentences-{}">{}</div>', first, rows)


def _row(pair: SentencePair, languages: tuple[str, str], missing: dict[str, str]) -> str:
    texts = {EN: pair.english_html, ZH: without_typed_spaces(pair.chinese_html)}
    cells = [_sentence(language, texts[language], missing[language]) for language in languages]
    look = "pair pair-last" if pair.ends_paragraph else "pair"
    return f'<div class="{look}" tabindex="-1">{"".join(cells)}</div>'


def _sentence(language: str, text: SafeHtml, missing: str) -> str:
    """Return one cell. Avoids ``format_html``, which is slow for hundreds of sentences."""
    if text:
        return f'<p lang="{HTML_LANG[language]}">{text}</p>'
    return f'<p><span class="absent">{escape(missing)}</span></p>'
