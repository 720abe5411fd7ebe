"""Tags for feeds, citations and metadata of a page."""

import re
from functools import cache

from django import template
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext

from papers.citations import bibtex
from papers.citations.formats import CITATIONS, FORMATS
from papers.citations.reference import Reference
from papers.http.links import absolute, query_string
from papers.models import Paper, paper_path
from papers.presentation.linked_data import collection_page, data_block, scholarly_article
from papers.presentation.list_name import name_of_list
from papers.text.bilingual import EN, ZH

register = template.Library()

_SOME_ID = "2501.00001"
_CHINESE = re.compile(r"([\u3000-\u303f\u3400-\u9fff\uff00-\uffef]+)")


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
def citation_links(paper: Paper) -> SafeString:
    """Return links to the citation of a paper in each format."""
    # Safe: an arXiv id has no special characters of HTML.
    return SafeString(_citation_links().replace(_SOME_ID, paper.arxiv_id))


@cache
def _citation_links() -> SafeString:
    """Return the links of ``_SOME_ID``: resolving five addresses takes longer than all the rest."""
    return format_html_join(
        "",
        '<a class="button" href="{}" rel="nofollow" translate="no">{}</a> ',
        ((reverse("citation", args=[_SOME_ID, e]), form.name) for e, form in CITATIONS.items()),
    )


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
    """Return what the page of a paper is about, as a data block."""
    return data_block(scholarly_article(reference))


@register.simple_tag(takes_context=True)
def collection_json_ld(context: template.Context, name: str) -> SafeString:
    """Return what a page lists, as a data block: papers, or on a day's page its topics."""
    request = context["request"]
    if "cards" in context:
        items = [paper_path(card.arxiv_id) for card in context["cards"]]
        first = context["paged"].page.start_index()
    else:
        day = context["day"]
        items = [reverse("digest", args=[day, one.topic.slug]) for one in context["sections"]]
        first = 1
    address = absolute(request.get_full_path())
    return data_block(collection_page(name, address, list(map(absolute, items)), first))


@register.filter
def citation_date(reference: Reference) -> str:
    """Return ``2025/01``: an arXiv id gives the month but not the day."""
    return "/".join(reference.submitted)


def _lang(context: template.Context) -> dict[str, str]:
    """Return the language of this page's address, if it is valid."""
    reading = context["request"].reading.from_address
    return {"lang": reading.code} if reading else {}
