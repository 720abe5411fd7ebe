"""Requests that ask for the same become the same, before anything looks at them.

What is left of a reader's request is what kept pages are kept by: parameters that the address
understands, in one order, and the two cookies of a reader's choice. So a page cannot depend on
anything else, nor hold what the visitor before wrote behind the address.
"""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest
from django.http.response import HttpResponseBase

from papers.http.compression import encodings
from papers.http.language import COOKIE
from papers.http.parameters import parameters_at
from papers.http.visitors import is_anonymous, is_for_readers


class CanonicalRequestMiddleware:
    """Stands before whatever reads the query string or a cookie."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        _take_encodings(request)
        if is_for_readers(request):
            _understand_query(request)
        if is_anonymous(request):
            _forget_who_asks(request)
        return self.get_response(request)


def _take_encodings(request: HttpRequest) -> None:
    """Also for those parts of Django and whitenoise that read no weights (``gzip;q=0``)."""
    if offered := request.META.get("HTTP_ACCEPT_ENCODING"):
        request.META["HTTP_ACCEPT_ENCODING"] = ", ".join(encodings(offered))


def _understand_query(request: HttpRequest) -> None:
    if not request.META.get("QUERY_STRING"):
        return
    if (parameters := parameters_at(request.path_info)) is not None:
        request.META["QUERY_STRING"] = parameters.canonical(request.GET)
        del request.GET  # it is read again when it is next asked for


def _forget_who_asks(request: HttpRequest) -> None:
    """Without the signed cookie a session counts for nothing on public pages."""
    chosen = (COOKIE, settings.LANGUAGE_COOKIE_NAME)
    known = {name: request.COOKIES[name] for name in chosen if name in request.COOKIES}
    request.COOKIES = known
