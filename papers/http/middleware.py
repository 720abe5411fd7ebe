"""The reader's languages, a clean query, and what the browser may do, for every page."""

from collections.abc import Callable
from urllib.parse import parse_qsl, unquote_plus, urlencode

from django.http import HttpRequest, HttpResponse
from django.utils import translation
from django.utils.cache import patch_vary_headers

from papers.http.language import ReadingRequest, RequestReading
from papers.text.sanitize import clean, is_clean


class LanguageMiddleware:
    """Sets ``request.reading`` and the interface's language (cookie ``ui``, else the browser's).

    Only HTML depends on the reader: feeds and data say their language in their address.
    """

    def __init__(self, get_response: Callable[[ReadingRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: ReadingRequest) -> HttpResponse:
        request.reading = RequestReading(request)
        interface = translation.get_language_from_request(request)
        with translation.override(interface):
            request.LANGUAGE_CODE = interface
            response = self.get_response(request)
        if response.headers.get("Content-Type", "").startswith("text/html"):
            patch_vary_headers(response, ("Accept-Language", "Cookie"))
            response.headers.setdefault("Content-Language", interface)
        return response


class PermissionsMiddleware:
    """Says that no page uses a camera, a place or the like: https://www.w3.org/TR/permissions-policy/"""

    FORBIDDEN = (
        *("accelerometer", "camera", "display-capture", "geolocation", "gyroscope"),
        *("magnetometer", "microphone", "midi", "payment", "usb"),
    )

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        policy = ", ".join(f"{name}=()" for name in self.FORBIDDEN)
        response.headers.setdefault("Permissions-Policy", policy)
        return response


class KnownHostMiddleware:
    """Refuses a Host that is not in ALLOWED_HOSTS, also where the answer would not depend on it.

    Kept pages and static files are answered before Django would look.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.get_host()  # raises DisallowedHost, which becomes a 400
        return self.get_response(request)


class CleanQueryMiddleware:
    """Takes harmful characters out of the query string, before any page, feed or file repeats it.

    XML cannot hold most of them, not even escaped. (NUL stays: every form refuses it by name.)
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
