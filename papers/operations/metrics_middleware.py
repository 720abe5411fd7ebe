"""Count every request, and answer ``/metrics`` to those who may know."""

import ipaddress
import secrets
import time
from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from papers.http.address_kinds import kind_of
from papers.http.page_cache import kept_of
from papers.operations import metrics, request_counts

PASSED_ON = ("X-Forwarded-For", "X-Forwarded-Host", "X-Real-Ip", "Forwarded", "Via")
"""Headers of requests that a proxy passes on: its clients may be anybody."""


class CountingMiddleware:
    """Place it first, so that it counts whatever the others answer."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        started = time.perf_counter()
        response = self.get_response(request)
        seconds = time.perf_counter() - started
        kind = kind_of(request.path_info)
        request_counts.count(kind, response.status_code, seconds, kept_of(request))
        return response


@require_safe
@never_cache
def metrics_page(request: HttpRequest) -> HttpResponse:
    """Answer a request from this machine or with the token; 403 to everybody else."""
    if not (_has_token(request) or _is_of_this_machine(request)):
        return HttpResponse(
            "Only for this machine, or with METRICS_TOKEN.\n",
            status=403,
            content_type="text/plain; charset=utf-8",
        )
    return HttpResponse(metrics.text(), content_type=metrics.CONTENT_TYPE)


def _has_token(request: HttpRequest) -> bool:
    scheme, _, said = request.headers.get("Authorization", "").partition(" ")
    token = settings.METRICS_TOKEN
    return (
        bool(token)
        and scheme.lower() == "bearer"
        and secrets.compare_digest(said.strip().encode(), token.encode())
    )


def _is_of_this_machine(request: HttpRequest) -> bool:
    """Return whether it comes from the loopback interface and not through a proxy there.

    A proxy may say nothing of itself; it then passes on the public host that was asked for.
    """
    if any(name in request.headers for name in PASSED_ON):
        return False
    host = request.META.get("HTTP_HOST", "").rpartition(":")[0] or request.META.get("HTTP_HOST", "")
    return _is_loopback(request.META.get("REMOTE_ADDR", "")) and (
        host == "localhost" or _is_loopback(host.strip("[]"))
    )


def _is_loopback(said: str) -> bool:
    try:
        return ipaddress.ip_address(said).is_loopback
    except ValueError:
        return False
