"""``/healthz``, ``/readyz`` and ``/metrics``: for those who watch this process, under any Host."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from papers.operations import health
from papers.operations.metrics_middleware import metrics_page


class HealthMiddleware:
    """Answer before the Host is checked and before any database or cache is used.

    A proxy or a container asks by the address of this process, which need not be in ALLOWED_HOSTS.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return ANSWERS.get(request.path_info, self.get_response)(request)


@require_safe
@never_cache
def healthz(request: HttpRequest) -> HttpResponse:
    """Answer that the process is alive."""
    return HttpResponse("ok\n", content_type="text/plain; charset=utf-8")


@require_safe
@never_cache
def readyz(request: HttpRequest) -> HttpResponse:
    """Report database, migrations, cache and age of the newest digest; 503 if it cannot serve.

    ``?strict`` also reports 503 when a publisher is silent beyond its days: for monitors that wake
    an operator, not for a front that leaves nodes out.
    """
    found = health.findings(strict="strict" in request.GET)
    return HttpResponse(
        "".join(f"{line}\n" for line in health.lines(found)),
        status=200 if health.is_ready(found) else 503,
        content_type="text/plain; charset=utf-8",
    )


ANSWERS: dict[str, Callable[[HttpRequest], HttpResponseBase]] = {
    "/healthz": healthz,
    "/readyz": readyz,
    "/metrics": metrics_page,
}
