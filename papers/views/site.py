"""Pages about the site itself, and the reader's choice of languages."""

import datetime
from urllib.parse import quote, urlencode

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse, QueryDict
from django.templatetags.static import static
from django.utils.decorators import method_decorator
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from papers.http import language
from papers.http.parameters import of_program, understands
from papers.models import Source
from papers.operations.status import status
from papers.presentation.charts import monthly_shares
from papers.text import bilingual
from papers.views.page import Page

A_YEAR = datetime.timedelta(days=365)


class About(Page):
    template_name = "papers/about.html"

    def get_context_data(self, **kwargs) -> dict:
        return super().get_context_data(
            sources=Source.objects.all(), contact=settings.CONTACT, **kwargs
        )


@method_decorator(never_cache, name="dispatch")
class StatusPage(Page):
    """``/status/``: how the data are. Never kept, because a look that brings nothing counts too."""

    template_name = "papers/status.html"

    def get_context_data(self, **kwargs) -> dict:
        found = status()
        return super().get_context_data(
            status=found,
            months=found.months[::-1],
            chart=monthly_shares((one.month, one.sound / one.papers) for one in found.months),
            **kwargs,
        )


@understands(of_program())
@require_safe
@never_cache
def status_json(request: HttpRequest) -> HttpResponse:
    """Return the same for programs."""
    return JsonResponse(status().as_json(), json_dumps_params={"ensure_ascii": False})


@understands(of_program())
@require_safe
def manifest(request: HttpRequest) -> HttpResponse:
    """Return the web app manifest, with which a phone installs the site as an app."""
    icons = [
        {"src": static("img/icon.svg"), "type": "image/svg+xml", "sizes": "any"},
        {"src": static("img/icon-192.png"), "type": "image/png", "sizes": "192x192"},
        {"src": static("img/icon-512.png"), "type": "image/png", "sizes": "512x512"},
        {
            "src": static("img/icon-512.png"),
            "type": "image/png",
            "sizes": "512x512",
            "purpose": "maskable",
        },
    ]
    return JsonResponse(
        {
            "name": settings.SITE_NAME,
            "short_name": settings.SITE_NAME,
            "start_url": "/",
            "display": "minimal-ui",
            "background_color": "#fbfaf6",
            "theme_color": "#fbfaf6",
            "icons": icons,
        },
        content_type="application/manifest+json",
    )


@require_safe
@never_cache
def set_language(request: HttpRequest) -> HttpResponse:
    """Save ``lang`` (titles and abstracts), ``first`` (the language that comes first) and ``ui``
    (the interface) in cookies; redirect back.
    """
    response = HttpResponseRedirect(_way_back(request.GET.get("next", "/")))
    if reading := bilingual.Reading.parse(request.GET.get("lang", "")):
        _remember(response, language.COOKIE, reading.code)
    if (first := request.GET.get("first", "")) in bilingual.LANGUAGES:
        _remember(response, language.FIRST_COOKIE, first)
    if (interface := request.GET.get("ui", "")) in dict(settings.LANGUAGES):
        _remember(response, settings.LANGUAGE_COOKIE_NAME, interface)
    return response


def _remember(response: HttpResponse, name: str, value: str) -> None:
    response.set_cookie(
        name,
        value,
        max_age=A_YEAR,
        secure=settings.SITE_URL.startswith("https://"),
        httponly=True,
        samesite="Lax",
    )


def _way_back(target: str) -> str:
    """Return a path of this site without ``lang``, which would override the new choice."""
    is_ours = url_has_allowed_host_and_scheme(target, allowed_hosts=None)
    if not (is_ours and target.startswith("/")):
        return "/"
    path, _, place = target.partition("#")
    path, _, query = path.partition("?")
    kept = [
        (name, value)
        for name, values in QueryDict(query).lists()
        for value in values
        if name != "lang"
    ]
    way = f"{path}?{urlencode(kept)}" if kept else path
    return f"{way}#{quote(place)}" if place else way
