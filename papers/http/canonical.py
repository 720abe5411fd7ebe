"""Rewrite requests for the same page to one form before anything reads them.

A reader's request keeps only what is part of the page cache's key: the parameters that the address
understands, in a fixed order, and the cookies of a reader's choices. A page thus cannot depend
on anything else, or show what another visitor put in the address.
"""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest
from django.http.response import HttpResponseBase

from papers.http.compression import encodings
from papers.http.language import COOKIE, FIRST_COOKIE
from papers.http.parameters import parameters_at
from papers.http.visitors import is_anonymous, is_for_readers


class CanonicalRequestMiddleware:
    """Normalise requests. Place it before anything that reads the query string or a cookie."""

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
    """Drop encodings with weight zero (``gzip;q=0``): parts of Django and WhiteNoise ignore
    weights.
    """
    if offered := request.META.get("HTTP_ACCEPT_ENCODING"):
        request.META["HTTP_ACCEPT_ENCODING"] = ", ".join(encodings(offered))


def _understand_query(request: HttpRequest) -> None:
    if not request.META.get("QUERY_STRING"):
        return
    if (parameters := parameters_at(request.path_info)) is not None:
        request.META["QUERY_STRING"] = parameters.canonical(request.GET)
        del request.GET  # parsed again on the next access


def _forget_who_asks(request: HttpRequest) -> None:
    """Drop all cookies but the reader's choices.

    Public pages ignore a session without the signed staff cookie.
    """
    chosen = (COOKIE, FIRST_COOKIE, settings.LANGUAGE_COOKIE_NAME)
    known = {name: request.COOKIES[name] for name in chosen if name in request.COOKIES}
    request.COOKIES = known
