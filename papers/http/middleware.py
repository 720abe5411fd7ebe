"""Middleware for languages, the query string, host names and browser permissions."""

from collections.abc import Callable
from functools import cache
from urllib.parse import parse_qsl, unquote_plus, urlencode

from csp.constants import HEADER
from csp.middleware import CSPMiddleware
from csp.utils import build_policy
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils import translation
from django.utils.cache import patch_vary_headers

from papers.http.language import ReadingRequest, RequestReading
from papers.text.sanitize import clean, is_clean


class LanguageMiddleware:
    """Set ``request.reading`` and the interface language (cookie ``ui``, or else the browser's).

    Only HTML depends on the reader; feeds and data have their language in the address.
    """

    def __init__(self, get_response: Callable[[ReadingRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: ReadingRequest) -> HttpResponse:
        request.reading = RequestReading(request)
        interface = request.reading.interface
        with translation.override(interface):
            request.LANGUAGE_CODE = interface
            response = self.get_response(request)
        if response.headers.get("Content-Type", "").startswith("text/html"):
            patch_vary_headers(response, ("Accept-Language", "Cookie"))
            response.headers.setdefault("Content-Language", interface)
        return response


class PolicyMiddleware(CSPMiddleware):
    """Set the Content-Security-Policy. All pages have the same one, so it is built once."""

    def process_response(
        self, request: HttpRequest, response: HttpResponseBase
    ) -> HttpResponseBase:
        if settings.DEBUG:  # Django's error pages have inline styles
            return super().process_response(request, response)
        response.headers.setdefault(HEADER, _policy())
        return response


@cache
def _policy() -> str:
    return build_policy()


class PermissionsMiddleware:
    """Forbid camera, location and similar features: https://www.w3.org/TR/permissions-policy/"""

    FORBIDDEN = (
        *("accelerometer", "camera", "display-capture", "geolocation", "gyroscope"),
        *("magnetometer", "microphone", "midi", "payment", "usb"),
    )
    POLICY = ", ".join(f"{name}=()" for name in FORBIDDEN)

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        response.headers.setdefault("Permissions-Policy", self.POLICY)
        return response


class KnownHostMiddleware:
    """Refuse a Host that is not in ALLOWED_HOSTS, even if the response does not depend on it.

    Cached pages and static files are answered before Django would check the host.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.get_host()  # raises DisallowedHost, which becomes a 400
        return self.get_response(request)


class CleanQueryMiddleware:
    """Remove harmful characters from the query string before a page, feed or file repeats it.

    XML cannot contain most of them, even escaped. NUL stays, because every form reports it by name.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        query = request.META.get("QUERY_STRING", "")
        if "%" in query and not is_clean(unquote_plus(query)):
            pairs = parse_qsl(query, keep_blank_values=True)
            cleaned = [(_without_harm(name), _without_harm(value)) for name, value in pairs]
            request.META["QUERY_STRING"] = urlencode(cleaned)
        return self.get_response(request)


def _without_harm(text: str) -> str:
    return "\x00".join(clean(part) for part in text.split("\x00"))
