"""Files at well-known addresses: robots.txt, sitemaps, OpenSearch, security.txt and others."""

import datetime
import json
from collections.abc import Iterator

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.cache import patch_cache_control
from django.views.decorators.http import require_safe

from papers.feeds import sitemap
from papers.http.links import absolute
from papers.http.parameters import of_program, understands
from papers.http.responses import opened

TRUSTED_FOR = datetime.timedelta(days=180)  # of security.txt; RFC 9116: less than a year
PLAIN = "text/plain; charset=utf-8"
# Fetch the next paper when the reader is about to open it. It is not rendered beforehand: its
# script would mark it as read.
SPECULATION_RULES = {
    "prefetch": [{"where": {"selector_matches": "[rel=next], [rel=prev]"}, "eagerness": "moderate"}]
}


@understands(of_program())
@require_safe
def sitemap_index(request: HttpRequest) -> StreamingHttpResponse:
    return _sitemap(sitemap.index())


@understands(of_program())
@require_safe
def sitemap_pages(request: HttpRequest) -> StreamingHttpResponse:
    return _sitemap(sitemap.pages())


@understands(of_program())
@require_safe
def sitemap_papers(request: HttpRequest, number: int) -> StreamingHttpResponse:
    if number > sitemap.last_number():
        raise Http404("No such file.")
    return _sitemap(sitemap.papers(number))


def _sitemap(written: Iterator[str]) -> StreamingHttpResponse:
    return opened(StreamingHttpResponse(written, content_type=sitemap.CONTENT_TYPE))


@understands(of_program())
@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """Return robots.txt.

    Crawlers find every paper through the sitemap; they are kept out of filtered lists, which have
    no end.
    """
    return opened(
        render(request, "robots.txt", {"sitemap": absolute("/sitemap.xml")}, content_type=PLAIN)
    )


@understands(of_program())
@require_safe
def opensearch(request: HttpRequest) -> HttpResponse:
    """Return the OpenSearch description, with which browsers add this site as a search engine.

    Specification: https://github.com/dewitt/opensearch
    """
    answer = render(
        request,
        "opensearch.xml",
        {"site_url": settings.SITE_URL},
        content_type="application/opensearchdescription+xml; charset=utf-8",
    )
    return opened(answer)


@understands(of_program())
@require_safe
def speculation_rules(request: HttpRequest) -> HttpResponse:
    """Return which links a browser may fetch early, for the header ``Speculation-Rules``.

    Specification: https://html.spec.whatwg.org/multipage/speculative-loading.html
    """
    response = HttpResponse(
        json.dumps(SPECULATION_RULES), content_type="application/speculationrules+json"
    )
    patch_cache_control(response, public=True, max_age=24 * 60 * 60)
    return response


@understands(of_program())
@require_safe
def security(request: HttpRequest) -> HttpResponse:
    """Return security.txt: the contact for reporting a vulnerability (RFC 9116).

    Without a configured contact the address is a 404.
    """
    if not settings.CONTACT:
        raise Http404("No contact is set.")
    contact = settings.CONTACT
    is_address = "@" in contact and not contact.startswith(("mailto:", "https:"))
    expires = timezone.now().replace(hour=0, minute=0, second=0, microsecond=0) + TRUSTED_FOR
    lines = [
        f"Contact: {'mailto:' if is_address else ''}{contact}",
        f"Expires: {expires.astimezone(datetime.UTC):%Y-%m-%dT%H:%M:%SZ}",
        "Preferred-Languages: en, zh",
        f"Canonical: {absolute('/.well-known/security.txt')}",
    ]
    return opened(HttpResponse("\n".join(lines) + "\n", content_type=PLAIN))
