"""How often one address may ask for what is not kept: it stands behind the page cache, and so sees
only what has to be made. Whoever has signed in is not counted."""

import hashlib
import time
from collections.abc import Callable

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.cache import add_never_cache_headers

from papers.http.address_kinds import Kind, kind_of
from papers.http.client_ip import client_address
from papers.http.responses import problem
from papers.http.visitors import is_anonymous

WINDOW = 60  # seconds


class RateLimitMiddleware:
    """Answers 429 to an address for which ``RATE_LIMIT`` pages were made in this minute."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if settings.RATE_LIMIT and is_anonymous(request) and _asked(request) > settings.RATE_LIMIT:
            return _too_many(request)
        return self.get_response(request)


def _asked(request: HttpRequest) -> int:
    """How often this address has asked in this minute, this time included."""
    who = hashlib.sha256(client_address(request).encode()).hexdigest()[:24]
    key = f"asked:{who}:{int(time.time()) // WINDOW}"
    if cache.add(key, 1, 2 * WINDOW):
        return 1
    try:
        return cache.incr(key)
    except ValueError:  # it was thrown away between the two
        return 1


def _too_many(request: HttpRequest) -> HttpResponse:
    seconds = WINDOW - int(time.time()) % WINDOW
    in_english = f"Too many requests from your address; try again in {seconds} seconds."
    in_chinese = f"访问过于频繁，请在 {seconds} 秒后再试。"
    if kind_of(request.path_info) is Kind.API:
        answer: HttpResponse = problem(429, in_english)
    else:
        answer = HttpResponse(
            f"{in_english}\n{in_chinese}\n", status=429, content_type="text/plain; charset=utf-8"
        )
    answer.headers["Retry-After"] = str(seconds)
    add_never_cache_headers(answer)
    return answer
