"""Tags for what a reader or a program takes along: feeds, citations, metadata."""

import json
import re

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from papers.citations import bibtex
from papers.citations.formats import CITATIONS, FORMATS
from papers.citations.reference import Reference
from papers.http.links import absolute, query_string
from papers.models import Paper
from papers.text.bilingual import EN, ZH

register = template.Library()

_CHINESE = re.compile(r"([\u3000-\u303f\u3400-\u9fff\uff00-\uffef]+)")
# Inside a data block an angle bracket or an ampersand must not end it.
_NOT_IN_HTML = {ord(character): f"\\u{ord(character):04X}" for character in "<>&"}


@register.simple_tag(takes_context=True)
def list_query(context: template.Context) -> str:
    """The query string of exactly this list: what was understood, without the page."""
    filters = context["filter"].active if "filter" in context else {}
    source = {"source": context["request"].GET.get("source")} if "digest" in context else {}
    return query_string(filters | source | _lang(context))


@register.simple_tag(takes_context=True)
def canonical(context: template.Context) -> str:
    """This page's one address: its language where the address says English or Chinese. Empty for a
    page with filters, of which there is no end."""
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
    """The address of a paper's page in one language, or of the page that asks the reader's."""
    return absolute(f"{paper.get_absolute_url()}{query_string({'lang': lang})}")


@register.filter
def as_bibtex(reference: Reference) -> SafeString:
    """The entry, in which each run of Chinese says that it is Chinese."""
    parts = _CHINESE.split(bibtex.entry(reference).strip())
    return format_html_join(
        "", "{}", ((_in_chinese(part) if place % 2 else part,) for place, part in enumerate(parts))
    )


def _in_chinese(text: str) -> SafeString:
    return format_html('<span lang="zh-Hans">{}</span>', text)


@register.simple_tag
def citation_forms() -> dict[str, str]:
    """Names of the forms of citations by the end of their address."""
    return {end: form.name for end, form in CITATIONS.items()}


@register.simple_tag
def export_forms() -> dict[str, str]:
    """The same with the forms of data."""
    return {end: form.name for end, form in FORMATS.items()}


@register.filter
def json_ld(reference: Reference) -> SafeString:
    """The paper as a ScholarlyArticle (https://schema.org/ScholarlyArticle), in a data block: no
    browser runs it, so the policy that forbids inline scripts has nothing against it."""
    said = json.dumps(_scholarly_article(reference), ensure_ascii=False)
    # Safe: what could end the element is written as an escape of JSON's own.
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
    """``2025/01``: arXiv's id says the month and not the day."""
    return "/".join(reference.submitted)


def _lang(context: template.Context) -> dict[str, str]:
    """The language that this page's address says, where it is understood."""
    reading = context["request"].reading.from_address
    return {"lang": reading.code} if reading else {}
