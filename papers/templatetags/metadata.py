"""Tags for feeds, citations and metadata of a page."""

import json
import re

from django import template
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext

from papers.citations import bibtex
from papers.citations.formats import CITATIONS, FORMATS
from papers.citations.reference import Reference
from papers.http.links import absolute, query_string
from papers.models import Paper
from papers.presentation.list_name import name_of_list
from papers.text.bilingual import EN, ZH

register = template.Library()

_CHINESE = re.compile(r"([\u3000-\u303f\u3400-\u9fff\uff00-\uffef]+)")
# Inside a data block these characters must not end the block.
_NOT_IN_HTML = {ord(character): f"\\u{ord(character):04X}" for character in "<>&"}


@register.simple_tag(takes_context=True)
def list_query(context: template.Context, with_lang: bool = True) -> str:
    """Return the query string of this list: all valid filters, without the page number.

    ``with_lang``: also the language of this page's address.
    """
    filters = context["filter"].selection if "filter" in context else {}
    source = {"source": context["request"].GET.get("source")} if "digest" in context else {}
    return query_string(filters | source | (_lang(context) if with_lang else {}))


@register.simple_tag(takes_context=True)
def list_name(context: template.Context) -> str:
    """Return the name of this list as plain text, for those who follow it."""
    named = name_of_list(context["filter"], context.get("topic"), context.get("author"))
    return named or gettext("All papers")


@register.simple_tag(takes_context=True)
def canonical(context: template.Context) -> str:
    """Return the canonical URL of this page; empty for filtered lists.

    It keeps ``lang`` if that is English or Chinese.
    """
    request = context["request"]
    others = request.GET.keys() - {
        "lang",
        "page",
        "list",
    }
    if others or context.get("not_understood"):
        return ""
    lang = _lang(context).get("lang")
    query = {"lang": lang if lang in (EN, ZH) else "", "page": request.GET.get("page", "")}
    return absolute(f"{request.path}{query_string(query)}")


@register.simple_tag
def in_language(paper: Paper, lang: str = "") -> str:
    """Return the URL of a paper's page in one language; without ``lang`` the reader's language."""
    return absolute(f"{paper.get_absolute_url()}{query_string({'lang': lang})}")


@register.filter
def as_bibtex(reference: Reference) -> SafeString:
    """Return the BibTeX entry as HTML, with ``lang`` on each run of Chinese."""
    parts = _CHINESE.split(bibtex.entry(reference).strip())
    return format_html_join(
        "", "{}", ((_in_chinese(part) if place % 2 else part,) for place, part in enumerate(parts))
    )


def _in_chinese(text: str) -> SafeString:
    return format_html('<span lang="zh-Hans">{}</span>', text)


@register.simple_tag
def citation_forms() -> dict[str, str]:
    """Return the names of the citation formats by file extension."""
    return {end: form.name for end, form in CITATIONS.items()}


@register.simple_tag
def export_forms() -> dict[str, str]:
    """Return the names of the data formats by file extension."""
    return {end: form.name for end, form in FORMATS.items()}


@register.simple_tag(takes_context=True)
def book_address(context: template.Context, export_base: str) -> str:
    """Return the address of the book with this list's papers. A day has a book of its own."""
    if "day" in context and "digest" not in context:
        return reverse("day-book", args=[context["day"]])
    return f"{export_base}.epub{list_query(context)}"


@register.filter
def json_ld(reference: Reference) -> SafeString:
    """Return the paper as a ScholarlyArticle (https://schema.org/ScholarlyArticle) in a data block.

    Browsers do not run data blocks, so a policy against inline scripts allows them.
    """
    said = json.dumps(_scholarly_article(reference), ensure_ascii=False)
    # Safe: characters that could end the element are written as JSON escapes.
    return mark_safe(f'<script type="application/ld+json">{said.translate(_NOT_IN_HTML)}</script>')


def _scholarly_article(reference: Reference) -> dict:
    said = {
        "@context": "https://schema.org",
        "@type": "ScholarlyArticle",
        "headline": reference.title,
        "alternativeHeadline": reference.title_zh,
        "author": [{"@type": "Person", "name": name} for name in reference.authors],
        "datePublished": "-".join(reference.submitted),
        "abstract": reference.abstract,
        "keywords": list(reference.topics),
        "identifier": f"arXiv:{reference.arxiv_id}",
        "sameAs": [reference.url, f"https://doi.org/{reference.doi}"],
        "encoding": {
            "@type": "MediaObject",
            "contentUrl": reference.pdf_url,
            "encodingFormat": "application/pdf",
        },
        "publisher": {"@type": "Organization", "name": "arXiv"},
        "url": reference.page,
        "isAccessibleForFree": True,
        "inLanguage": "en",
    }
    return {name: value for name, value in said.items() if value}


@register.filter
def citation_date(reference: Reference) -> str:
    """Return ``2025/01``: an arXiv id gives the month but not the day."""
    return "/".join(reference.submitted)


def _lang(context: template.Context) -> dict[str, str]:
    """Return the language of this page's address, if it is valid."""
    reading = context["request"].reading.from_address
    return {"lang": reading.code} if reading else {}
