"""Limit how often one address may request pages that are not cached, or use tools.

The middleware comes after the page cache, so cached pages are not counted. Signed-in users are not
counted either.
"""

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
TOOL_CALLS = 120  # in a minute from one address, where the operator sets no limit


class RateLimitMiddleware:
    """Answer 429 when more than ``RATE_LIMIT`` pages were rendered for an address in one minute."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        limit = _limit(request)
        if limit and times_asked(request) > limit:
            return too_many(request)
        return self.get_response(request)


def _limit(request: HttpRequest) -> int:
    """Return the number of requests in a minute that are answered; 0 for any number."""
    if request.method == "POST" and kind_of(request.path_info) is Kind.API:
        return settings.RATE_LIMIT or TOOL_CALLS
    is_counted = is_anonymous(request) or kind_of(request.path_info) is Kind.MAIL
    return settings.RATE_LIMIT if is_counted else 0


def times_asked(request: HttpRequest, what: str = "asked", window: int = WINDOW) -> int:
    """Return how often this address asked in this window of seconds, this time included."""
    who = hashlib.sha256(client_address(request).encode()).hexdigest()[:24]
    key = f"{what}:{who}:{int(time.time()) // window}"
    if cache.add(key, 1, 2 * window):
        return 1
    try:
        return cache.incr(key)
    except ValueError:  # the key expired in between
        return 1


def too_many(request: HttpRequest, window: int = WINDOW) -> HttpResponse:
    """Return the answer that says when the next window of seconds begins."""
    seconds = window - int(time.time()) % window
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
